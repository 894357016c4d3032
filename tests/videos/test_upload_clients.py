"""Real clients against the real server, which is killed under them."""

import hashlib
import json
import socket
import subprocess
import time
from urllib.parse import urlsplit

import pytest
import requests
from tusclient.client import TusClient

from config.launch import environment
from tests.videos.upload_server import PLACES, UploadServer, headers_of
from tests.videos.uploading import begin, film, make_editor
from videos.domain.uploads_files import SIP
from videos.models import Upload

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MEGABYTE = 1024**2
CONTENT = film(12 * MEGABYTE)
METADATA = {"filename": "第1课.mp4", "purpose": "videos.course"}


@pytest.fixture(scope="module")
def running(django_db_setup, tmp_path_factory):
    server = UploadServer(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.close()


@pytest.fixture
def server(running, settings):
    settings.MEDIA_ROOT = running.media
    running.wait()
    return running


@pytest.fixture
def editor():
    return make_editor()


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "lesson.mp4"
    path.write_bytes(CONTENT)
    return path


def part(server, upload):
    return server.media / "uploads" / f"{upload.pk.hex}.part"


def until(true, seconds=60):
    gives_up_at = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < gives_up_at
        time.sleep(0.02)


def assert_complete(server):
    """Eager jobs: the digest is there when the last piece is answered."""
    upload = Upload.objects.get()
    assert (upload.state, upload.name) == ("finished", "第1课.mp4")
    assert upload.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert part(server, upload).read_bytes() == CONTENT


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it closes nothing
@pytest.mark.parametrize("checksum", [False, True])
def test_tuspy_goes_on_after_the_server_was_killed(server, editor, recording, checksum):
    client = TusClient(f"{server.url}/videos/uploads/", headers=headers_of(editor))
    uploader = client.uploader(
        str(recording), chunk_size=MEGABYTE, metadata=METADATA, upload_checksum=checksum
    )
    for _piece in range(5):
        uploader.upload_chunk()
    if checksum:
        uploader.upload()
    else:
        server.kill()
        server.start()
        server.wait()
        again = client.uploader(str(recording), chunk_size=MEGABYTE, url=uploader.url)
        assert again.offset == 5 * MEGABYTE
        again.upload()
    assert_complete(server)


def test_tus_js_client_goes_on_while_the_server_is_killed_under_it(server, editor, recording):
    node, _npm = environment._node()  # the one that brought the npm packages
    told = {
        "file": str(recording),
        "endpoint": f"{server.url}/videos/uploads/",
        "headers": headers_of(editor),
        "metadata": METADATA,
        "chunk": 256 * 1024,
    }
    script = "tests/videos/tus_client.js"
    client = subprocess.Popen(
        [node, script, json.dumps(told)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until(lambda: (one := Upload.objects.first()) and arrived(server, one) > MEGABYTE)
    server.kill()
    assert arrived(server, Upload.objects.get()) < len(CONTENT)
    server.start()
    said, complaint = client.communicate(timeout=120)
    assert client.returncode == 0, complaint
    assert json.loads(said)["retries"] > 0
    assert_complete(server)


def arrived(server, upload):
    path = part(server, upload)
    return path.stat().st_size if path.exists() else 0


def open_patch(server, upload, editor, piece, offset=0):
    """A connection on which a whole upload was announced and only ``piece`` has been sent."""
    head = {
        "Host": urlsplit(server.url).netloc,
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": str(offset),
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(CONTENT) - offset),
        **headers_of(editor),
    }
    lines = [f"PATCH /videos/uploads/{upload.pk}/ HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in head.items()]
    connection = socket.create_connection(("127.0.0.1", server.port))
    connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + piece)
    return connection


def patch(server, upload, editor, piece, offset=0):
    headers = headers_of(editor) | {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": str(offset),
        "Content-Type": "application/offset+octet-stream",
    }
    address = f"{server.url}/videos/uploads/{upload.pk}/"
    return requests.patch(address, data=piece, headers=headers, timeout=60)


def test_a_piece_is_kept_as_far_as_it_came_when_the_client_goes_away(server, editor):
    upload = begin(editor, CONTENT)
    connection = open_patch(server, upload, editor, CONTENT[:300_000])
    until(lambda: arrived(server, upload) > 0)
    connection.close()
    until(lambda: patch(server, upload, editor, b"", 300_000).status_code == 204)
    assert part(server, upload).read_bytes() == CONTENT[:300_000]


def test_the_second_of_two_writers_is_refused_until_the_first_falls_silent(server, editor):
    """The line of the first is cut: nothing tells the server so. It waits a second in tests."""
    upload = begin(editor, CONTENT)
    with open_patch(server, upload, editor, CONTENT[:200_000]):
        until(lambda: arrived(server, upload) == 3 * SIP)
        refused = patch(server, upload, editor, CONTENT[3 * SIP :], 3 * SIP)
        assert (refused.status_code, refused.headers["Tus-Resumable"]) == (423, "1.0.0")
        rest = CONTENT[3 * SIP :]
        until(lambda: patch(server, upload, editor, rest, 3 * SIP).status_code == 204)
    assert part(server, upload).read_bytes() == CONTENT


def test_slow_senders_leave_threads_for_everybody_else(server, editor, monkeypatch):
    """As many senders as there are places: the site answers, the next sender is told to wait."""
    uploads = [begin(editor, CONTENT) for _number in range(PLACES + 1)]
    held = [open_patch(server, upload, editor, CONTENT[:SIP]) for upload in uploads[:PLACES]]
    try:
        until(lambda: all(arrived(server, upload) == SIP for upload in uploads[:PLACES]))
        assert requests.get(f"{server.url}/healthz", timeout=10).status_code == 200
        assert patch(server, uploads[-1], editor, CONTENT).status_code == 503
    finally:
        for connection in held:
            connection.close()
