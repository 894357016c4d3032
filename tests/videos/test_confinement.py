"""What a hostile or broken file can do to the worker: nothing but fail."""

import json
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pytest
from django.conf import settings

from videos.domain.confinement import LAUNCHER, ConfinedProgramFailed, Limits, run_confined

ROOMY = Limits(cpu_seconds=20, memory_bytes=4 * 1024**3, file_bytes=10 * 1024**2)


def confined(code, tmp_path, limits=ROOMY, seconds=20, **options):
    command = [sys.executable, "-I", "-c", code]
    return run_confined(command, limits, seconds=seconds, folder=tmp_path, **options)


def test_it_gives_back_what_was_written(tmp_path):
    heard = []
    assert confined("print(1); print(2)", tmp_path, heard=heard.append) == "1\n2\n"
    assert heard == ["1", "2"]


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("while True: pass", Limits(1, 4 * 1024**3, 1024)),
        ("bytearray(600 * 1024**2)", Limits(20, 500 * 1024**2, 1024)),
        ("open('big', 'wb').write(bytes(2 * 1024**2))", Limits(20, 4 * 1024**3, 1024**2)),
        ("raise SystemExit(3)", ROOMY),
        ("files = [open('/dev/null') for _ in range(100)]", ROOMY),
    ],
    ids=["processor", "memory", "file size", "error", "open files"],
)
def test_it_ends_at_a_limit(tmp_path, code, limits):
    with pytest.raises(ConfinedProgramFailed):
        confined(code, tmp_path, limits)


def test_it_ends_when_its_time_is_over(tmp_path):
    began = time.monotonic()
    with pytest.raises(ConfinedProgramFailed):
        confined("import time; time.sleep(60)", tmp_path, seconds=1)
    assert time.monotonic() - began < 10


def test_whoever_listens_can_stop_it(tmp_path):
    def enough(line):
        raise KeyError(line)

    with pytest.raises(KeyError):
        confined("import time; print('x', flush=True); time.sleep(60)", tmp_path, heard=enough)


def test_it_sees_no_settings_of_the_platform(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert "secret" not in confined("import os; print(dict(os.environ))", tmp_path)


ALONE = "import ctypes; raise SystemExit(-ctypes.CDLL(None).unshare(0x50000000))"


def test_it_has_no_network(tmp_path):
    """Not even this machine's own, where the system lets a process leave it."""
    if subprocess.run([sys.executable, "-I", "-c", ALONE], check=False).returncode:
        pytest.skip("this system lets no process leave its network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        connect = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        socket.create_connection(("127.0.0.1", port), 2).close()  # it can be reached from here
        with pytest.raises(ConfinedProgramFailed):
            confined(connect, tmp_path)


WORKER = """
import sys
from pathlib import Path
from videos.domain.confinement import Limits, run_confined
code = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)"
command = [sys.executable, "-I", "-c", code]
run_confined(command, Limits(9, 2**33, 99), seconds=60, folder=Path(sys.argv[1]))
"""


def test_it_does_not_outlive_a_worker_that_is_killed(tmp_path):
    command = [sys.executable, "-c", WORKER, str(tmp_path)]
    with subprocess.Popen(command, cwd=settings.BASE_DIR) as worker:
        pid = int(when((tmp_path / "pid").read_text))
        worker.kill()
    when(lambda: not is_alive(pid))


def test_it_does_not_begin_when_the_worker_is_gone_already(tmp_path):
    told = json.dumps({**asdict(ROOMY), "parent": 1})
    touch = ["/usr/bin/env", "touch", str(tmp_path / "begun")]
    ended = subprocess.run([sys.executable, "-I", LAUNCHER, told, *touch], check=False)
    assert ended.returncode == 1
    assert not (tmp_path / "begun").exists()


def when(tell, seconds=10):
    """What ``tell`` says as soon as it says anything."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with suppress(FileNotFoundError):
            if said := tell():
                return said
        time.sleep(0.02)
    raise AssertionError("it never came")


def is_alive(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]
    except FileNotFoundError:
        return False
