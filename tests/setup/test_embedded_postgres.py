"""The embedded server's life: cold, warm, killed, raced, far below, as root or not."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config import embedded_postgres, unprivileged

START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from pathlib import Path; from config import embedded_postgres;"
    "print(embedded_postgres.ensure(Path(sys.argv[2]), durable=False))"
)


@pytest.fixture
def base(tmp_path):
    base = tmp_path / "pg"
    yield base
    embedded_postgres.remove(base)


def ensure(base):
    return embedded_postgres.ensure(base, durable=False)


def ask(socket, question):
    with psycopg.connect(host=str(socket), user="app", dbname="app") as connection:
        return connection.execute(question).fetchone()[0]


def pid_file(base):
    return unprivileged.data_home(base.resolve()) / "data" / "postmaster.pid"


def postmaster(base):
    return int(pid_file(base).read_text().split("\n")[0])


def test_a_second_start_finds_the_server_of_the_first(base):
    socket = ensure(base)
    first = postmaster(base)
    started_at = time.monotonic()
    assert ensure(base) == socket
    assert time.monotonic() - started_at < 1
    assert postmaster(base) == first
    assert ask(socket, "SELECT current_database()") == "app"


def test_after_kill_9_it_recovers_with_everything_committed(base):
    socket = embedded_postgres.ensure(base)
    with psycopg.connect(host=str(socket), user="app", dbname="app") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(postmaster(base), signal.SIGKILL)
    started_at = time.monotonic()
    assert ask(embedded_postgres.ensure(base), "SELECT answer FROM kept") == 42
    assert time.monotonic() - started_at < 20


def test_four_processes_at_once_start_one_server(base):
    def start(_number):
        command = [sys.executable, "-c", START, str(settings.BASE_DIR), str(base)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(4) as pool:
        sockets = set(pool.map(start, range(4)))
    assert len(sockets) == 1
    assert ask(sockets.pop().strip(), "SELECT 1") == 1


def test_stop_stops_and_is_safe_to_repeat(base):
    socket = ensure(base)
    embedded_postgres.stop(base)
    assert not embedded_postgres.answers(socket)
    embedded_postgres.stop(base)
    assert ask(ensure(base), "SELECT 1") == 1


def test_a_number_that_another_process_has_now_does_not_count_as_a_running_server(base):
    ensure(base)
    embedded_postgres.stop(base)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pid_file(base).write_text(f"{stranger.pid}\n{base}\n")
        assert ask(ensure(base), "SELECT 1") == 1
        stranger.kill()


def test_a_zombie_does_not_count_as_a_running_server(base):
    ensure(base)
    embedded_postgres.stop(base)
    zombie = subprocess.Popen(["true"])
    time.sleep(0.3)  # it has ended, and nobody has asked how
    pid_file(base).write_text(f"{zombie.pid}\n{base}\n")
    assert ask(ensure(base), "SELECT 1") == 1
    zombie.wait()


def test_a_path_too_long_for_a_socket_and_full_of_odd_letters(tmp_path):
    base = tmp_path / "教师 研修 '平台'" / ("x" * 60) / ("y" * 40) / "pg"
    try:
        socket = ensure(base)
        assert len(os.fsencode(socket)) < 90
        assert socket.stat().st_mode & 0o777 == 0o700
        assert ask(socket, "SELECT 1") == 1
    finally:
        embedded_postgres.remove(base)


def test_it_leaves_the_rights_of_the_folders_above_alone(tmp_path):
    private = tmp_path / "home"
    private.mkdir(mode=0o700)
    try:
        assert ask(ensure(private / "project" / "pg"), "SELECT 1") == 1
        assert private.stat().st_mode & 0o777 == 0o700
    finally:
        embedded_postgres.remove(private / "project" / "pg")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become nobody")
def test_root_without_user_namespaces_runs_it_as_nobody(tmp_path, monkeypatch):
    monkeypatch.setenv("YANXIU_NO_USER_NAMESPACE", "1")
    unprivileged.needs_nobody.cache_clear()
    private = tmp_path / "home"
    private.mkdir(mode=0o700)
    base = private / "pg"
    try:
        assert ask(ensure(base), "SELECT 1") == 1
        assert Path(f"/proc/{postmaster(base)}").stat().st_uid == unprivileged.NOBODY
    finally:
        home = unprivileged.data_home(base.resolve())
        embedded_postgres.remove(base)
        assert not home.exists()
        monkeypatch.undo()
        unprivileged.needs_nobody.cache_clear()
