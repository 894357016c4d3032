"""Keeps programs running: starts them, restarts what dies, ends all of it at the end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 20  # for an orderly end
LONGEST_PAUSE = 5.0


class Program:
    """One supervised program, the leader of a process group of its own."""

    def __init__(self, name: str, command: list, *, log: Path, environment: dict):
        self.name = name
        self._command = list(map(str, command))
        self._log = log
        self._environment = {**os.environ, **environment}
        self._pause = 0.0
        self._started_at = 0.0
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self._started_at = time.monotonic()
        with open(self._log, "ab") as log:
            self.process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    def look_after(self) -> bool:
        """Start it again when it has died, after a pause that grows while it keeps dying.

        Returns: whether it had to be started.
        """
        if self.process is None or self.process.poll() is None:
            return False
        lived = time.monotonic() - self._started_at
        self._pause = 0.0 if lived > 30 else min(LONGEST_PAUSE, self._pause + 0.5)
        if lived < self._pause:
            return False
        self.signal(signal.SIGKILL)  # what its death left behind
        self.start()
        return True

    def signal(self, number: int) -> None:
        """Reach the program and all its children."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None


def supervise(programs: list[Program], *, also: Callable[[], None], until: Callable[[], bool]):
    """Look after ``programs`` and call ``also`` each time, until ``until`` says so."""
    while not until():
        also()
        for program in programs:
            if program.look_after():
                print(f"  {program.name} had ended and was started again", flush=True)
        time.sleep(LOOK_SECONDS)


def end(programs: list[Program]) -> None:
    """Ask all to end, wait for work under way, and insist at last."""
    for program in programs:
        if program.process:
            program.process.terminate()  # the leader ends its own children in order
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < gives_up_at and not all(program.ended() for program in programs):
        time.sleep(0.1)
    for program in programs:
        program.signal(signal.SIGKILL)


def _end_with_parent() -> None:
    """A supervisor that is killed takes its programs along (Linux)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
