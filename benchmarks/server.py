"""The web server under measurement, and the CPU time that it and its database have spent."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from config.launch.places import LOGS, ROOT

TICKS = os.sysconf("SC_CLK_TCK")
PORT = 18911


@contextmanager
def serving(environment: dict):
    """One gunicorn process with eight threads; yields the process to measure."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{PORT}"]
    command += [
        "--workers=1",
        "--worker-class=gthread",
        "--threads=8",
        "--no-control-socket",
        "--keep-alive=75",
    ]
    with open(LOGS / "bench-web.log", "wb") as log:
        master = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield _child_of(master)
    finally:
        master.terminate()
        master.wait(30)


def cpu_seconds(pid: int) -> float:
    """CPU time of a process with all its threads."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS


def database_seconds(postmaster: int) -> float:
    """CPU time of the database and of its processes, the living and the ended."""
    fields = _stat(postmaster)
    ended = (int(fields[13]) + int(fields[14])) / TICKS
    return (
        cpu_seconds(postmaster) + ended + sum(_exact(pid) for pid, _stat in _children(postmaster))
    )


def _exact(pid: int) -> float:
    """CPU time of a process of one thread, finer than the clock's ticks where the system can."""
    for read in (_scheduled_seconds, cpu_seconds):
        try:
            return read(pid)
        except OSError:
            continue
    return 0.0  # it ended meanwhile and is counted with the ended ones


def _scheduled_seconds(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _child_of(master) -> int:
    gives_up_at = time.monotonic() + 90
    while time.monotonic() < gives_up_at:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.2)
            continue
        return _children(master.pid)[0][0]
    raise SystemExit(f"The web server does not answer: read {LOGS / 'bench-web.log'}.")


def _children(parent: int) -> list[tuple[int, list[str]]]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = _stat(int(entry.name))
        except OSError:
            continue
        if int(stat[1]) == parent:
            found.append((int(entry.name), stat))
    return found


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
