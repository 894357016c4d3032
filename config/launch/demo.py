"""The demo: database, migrations, static files, data; then web and workers under supervision."""

import argparse
import fcntl
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from config import embedded_postgres
from config.launch import steps
from config.launch.places import LOGS, NODE_MODULES, PYTHON, ROOT, VAR
from config.launch.supervisor import Program, end, supervise

HOST = "127.0.0.1"
DATABASE = VAR / "pg"
ACCOUNTS = VAR / "demo-accounts.txt"
PID = VAR / "demo.pid"
SETTINGS = "config.settings.demo"
DATABASE_LOOK_SECONDS = 2
START_SECONDS = 90


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fresh", action="store_true", help="start over: delete the demo's data")
    return parser.parse_args(arguments)


def require_free(port: int) -> None:
    """Raises: SetupError when something listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            raise steps.SetupError(
                f"Port {port} is not free: stop what uses it (python3 run.py stop, if it is this "
                f"demo) or choose another with --port."
            ) from None


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    VAR.mkdir(parents=True, exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["YANXIU_COLLECTED"] = "1"
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{options.port}")
    with open(PID, "a+") as pid_file:
        _only_one(pid_file)
        ending = []
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: ending.append(True))
        try:
            return _serve(options, ending)
        finally:
            if not _foreign_database():
                embedded_postgres.stop(DATABASE)
            pid_file.truncate(0)


def _only_one(pid_file) -> None:
    try:
        fcntl.flock(pid_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise steps.SetupError(
            "The demo of this folder runs already: end it with python3 run.py stop."
        ) from None
    pid_file.truncate(0)
    pid_file.write(str(os.getpid()))
    pid_file.flush()
    os.set_inheritable(pid_file.fileno(), False)


def _serve(options: argparse.Namespace, ending: list) -> int:
    prepare(fresh=options.fresh)
    require_free(options.port)
    started = programs(options.port)
    web, *workers = started
    try:
        with steps.step("Web server"):
            web.start()
            wait_until_served(options.port, ending)
        for program in workers:  # they load the same code, so the first page goes before
            program.start()
        if not ending:
            _greet(options.port)
        supervise(started, also=database_keeper(), until=lambda: bool(ending))
    finally:
        print("\nStopping …", flush=True)
        end(started)
    return 0


def prepare(*, fresh: bool = False) -> None:
    """Bring database, static files and data to the state of the code. Safe to repeat."""
    if fresh and not _foreign_database():
        with steps.step("Delete the old data"):
            embedded_postgres.remove(DATABASE)
            shutil.rmtree(VAR / "media", ignore_errors=True)
            ACCOUNTS.unlink(missing_ok=True)
    if not _foreign_database():
        with steps.step("Database"):
            embedded_postgres.ensure(DATABASE)
    installed = (ROOT / "requirements" / "base.txt", NODE_MODULES / ".installed")
    known = steps.digest([installed[0], *ROOT.glob("*/migrations/*.py")])
    steps.unless_done(_stamp("migrated"), known, "Tables", lambda: _manage("migrate"))
    shown = steps.digest(
        [path for path in (*installed, *(ROOT / "static").rglob("*")) if path.is_file()],
        (ROOT / "config" / "settings" / "base.py").read_text(),
    )
    collect = ("collectstatic", "--noinput", "--clear")
    steps.unless_done(VAR / "static.stamp", shown, "Static files", lambda: _manage(*collect))
    steps.unless_done(_stamp("seeded"), "1", "Demo data", _seed)


def programs(port: int, settings: str = SETTINGS) -> list[Program]:
    """Web server, general worker with the clock, and a worker for long transcodes."""
    celery = [PYTHON, "-m", "celery", "-A", "config.celery", "worker", "--loglevel=INFO"]
    celery += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    web = [PYTHON, "-m", "gunicorn", "config.wsgi", f"--bind={HOST}:{port}", "--workers=2"]
    web += [
        "--worker-class=gthread",
        "--threads=16",
        "--graceful-timeout=10",
        "--no-control-socket",
        "--preload",
    ]
    commands = {
        "web": web,
        "worker": [*celery, "-B", "-c2", "-Qdefault", "-ndefault@%h"],
        "transcoder": [*celery, "-c1", "-Qtranscode", "-ntranscode@%h"],
    }
    environment = {"DJANGO_SETTINGS_MODULE": settings, "C_FORCE_ROOT": "1"}
    return [
        Program(name, command, log=LOGS / f"{name}.log", environment=environment)
        for name, command in commands.items()
    ]


def wait_until_served(port: int, ending: list = ()) -> None:
    """Raises: SetupError when the first answer does not come in time."""
    gives_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < gives_up_at and not ending:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    if not ending:
        raise steps.SetupError(f"The web server does not answer: read {LOGS / 'web.log'}.")


def database_keeper():
    """Starts the database again when it has died."""
    looked_at = time.monotonic()

    def look():
        nonlocal looked_at
        if _foreign_database() or time.monotonic() - looked_at < DATABASE_LOOK_SECONDS:
            return
        looked_at = time.monotonic()
        if not embedded_postgres.answers(embedded_postgres.socket_folder(DATABASE.resolve())):
            embedded_postgres.ensure(DATABASE)
            print("  The database had ended and was started again", flush=True)

    return look


def _seed() -> None:
    told = ACCOUNTS.with_suffix(".new")
    steps.run([PYTHON, "manage.py", "seed_demo"], log="seed_demo", output=told)
    told.replace(ACCOUNTS)


def _manage(*arguments: str) -> None:
    steps.run([PYTHON, "manage.py", *arguments], log=arguments[0])


def _stamp(name: str) -> Path | None:
    """Beside the database that it speaks of; of a database elsewhere nothing is known."""
    return None if _foreign_database() else DATABASE / f"{name}.stamp"


def _foreign_database() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def _greet(port: int) -> None:
    print(f"\nYanxiu runs at http://{HOST}:{port}/  (Ctrl-C ends it)\n")
    if ACCOUNTS.exists():
        print(ACCOUNTS.read_text(), flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (steps.SetupError, embedded_postgres.PostgresUnavailable) as reason:
        sys.exit(f"\n{reason}")
