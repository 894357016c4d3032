"""How fast a file comes in through the product, beside nginx's plain PUT on the same disk.

nginx answers when the bytes are in the system's memory; the product answers each piece when it
is on the disk. So nginx is measured twice: as it is, and until its file is on the disk, too.
``python -m benchmarks.upload editor`` writes the person who sends and prints their headers.
"""

import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.server import PORT, serving
from config.launch.places import LOGS, PYTHON, ROOT, VAR

FOLDER = VAR / "bench-upload"
NGINX_PORT = 18912
MEGABYTE = 1024**2
SIZE = 512 * MEGABYTE
PIECE = 16 * MEGABYTE  # as static/js/videos/upload.js sends
ROUNDS = 3
ALLOWED = 0.8
CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ }}
http {{
  access_log off; client_max_body_size 0; client_body_temp_path {folder}/temp;
  server {{ listen 127.0.0.1:{port}; root {folder}/put; location / {{ dav_methods PUT; }} }}
}}
"""


def measure_upload(environment: dict) -> list[dict]:
    """One row per way of sending; none, with the reason, when nginx is missing."""
    if not shutil.which("nginx"):
        print("upload: skipped, nginx is missing (Debian: apt install nginx)")
        return []
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "put").mkdir(parents=True)
    recording = make_file(FOLDER / "recording.mp4")
    environment = environment | {"UPLOAD_ROOT": str(FOLDER / "parts")}
    command = [PYTHON, "-m", "benchmarks.upload", "editor"]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    headers = json.loads(told.stdout.splitlines()[-1])
    try:
        with nginx(), serving(environment):
            seconds = [play(recording, headers) for _round in range(ROUNDS)]
    finally:
        shutil.rmtree(FOLDER)
    return rows(seconds)


def make_file(path: Path) -> Path:
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypisom" + os.urandom(MEGABYTE - 12))
        for _megabyte in range(SIZE // MEGABYTE - 1):
            file.write(os.urandom(MEGABYTE))
    return path


def play(recording: Path, headers: dict) -> dict[str, float]:
    """Each way once, on a disk that has nothing left to write."""
    ways = {"app": lambda: send_pieces(recording, headers), "nginx": lambda: put(recording)}
    ways["nginx, on the disk"] = lambda: put(recording, to_disk=True)
    spent = {}
    for name, way in ways.items():
        os.sync()
        began = time.monotonic()
        way()
        spent[name] = time.monotonic() - began
        for left in [*(FOLDER / "put").iterdir(), *(FOLDER / "parts").iterdir()]:
            left.unlink()
    return spent


def send_pieces(recording: Path, headers: dict) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    connection.request("POST", "/videos/uploads/", headers={**headers, "Content-Length": "0"})
    answer = connection.getresponse()
    assert answer.status == 201, answer.read()
    answer.read()
    with recording.open("rb") as file:
        for offset in range(0, SIZE, PIECE):
            connection.putrequest("PATCH", answer.headers["Location"])
            piece = {"Upload-Offset": str(offset), "Content-Length": str(PIECE), **headers}
            send(connection, {**piece, "Content-Type": "application/offset+octet-stream"})
            connection.sock.sendfile(file, offset, PIECE)
            done = connection.getresponse()
            assert (done.status, done.read()) == (204, b"")
    connection.close()


def put(recording: Path, *, to_disk: bool = False) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", NGINX_PORT, timeout=120)
    connection.putrequest("PUT", "/recording.mp4")
    send(connection, {"Content-Length": str(SIZE)})
    with recording.open("rb") as file:
        connection.sock.sendfile(file, 0, SIZE)
    done = connection.getresponse()
    assert done.status == 201, done.read()
    connection.close()
    if to_disk:
        with (FOLDER / "put" / "recording.mp4").open("rb") as written:
            os.fsync(written.fileno())


def send(connection, headers: dict) -> None:
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()


@contextmanager
def nginx():
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = FOLDER / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=FOLDER, port=NGINX_PORT, user=user))
    with open(LOGS / "bench-nginx.log", "wb") as log:
        server = subprocess.Popen(["nginx", "-c", configuration], stdout=log, stderr=log)
    try:
        for _try in range(100):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", NGINX_PORT)):
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(10)


def rows(rounds: list[dict[str, float]]) -> list[dict]:
    speed = {
        name: SIZE / MEGABYTE / statistics.median(spent[name] for spent in rounds)
        for name in rounds[0]
    }
    told = [{"name": f"upload, {name}", "megabytes_per_second": speed[name]} for name in speed]
    for name in ("nginx", "nginx, on the disk"):
        # Round by round: both met the same machine.
        share = statistics.median(spent[name] / spent["app"] for spent in rounds)
        told.append({"name": f"upload / {name}", "share": share})
    return told


def write_editor() -> None:
    import django  # noqa: PLC0415 - only this half needs it

    django.setup()
    from tests.videos.upload_server import headers_of  # noqa: PLC0415
    from tests.videos.uploading import make_editor  # noqa: PLC0415

    headers = headers_of(make_editor(username=f"editor{os.getpid()}"))
    metadata = "filename YS5tcDQ=,purpose dmlkZW9zLmNvdXJzZQ=="
    headers |= {"Tus-Resumable": "1.0.0", "Upload-Length": str(SIZE), "Upload-Metadata": metadata}
    print(json.dumps(headers))


if __name__ == "__main__" and sys.argv[1:] == ["editor"]:
    write_editor()
