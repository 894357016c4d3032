"""Programs that touch foreign bytes run in a process of their own, under limits."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LAUNCHER = Path(__file__).parent / "confined" / "limits.py"
PROBE = Path(__file__).parent / "confined" / "probe.py"


@dataclass(frozen=True)
class Limits:
    """What a confined program may use; memory is address space, of which little is touched."""

    cpu_seconds: int
    memory_bytes: int
    file_bytes: int


class ConfinedProgramFailed(Exception):
    """It ended with an error, ran out of a limit or of time."""


def run_confined(
    command: Sequence[str | Path],
    limits: Limits,
    *,
    seconds: int,
    folder: Path,
    heard: Callable[[str], None] | None = None,
) -> str:
    """Run ``command`` below ``folder`` and return what it wrote; ``heard`` gets each line at once.

    Units: ``seconds`` of wall time, after which it is killed.
    Raises: ConfinedProgramFailed. An exception in ``heard`` kills the program, too.
    """
    told = json.dumps({**asdict(limits), "parent": os.getpid()})
    launch = [sys.executable, "-I", LAUNCHER, told, *command]
    # Errors go to a file, so that a program that writes many can never block on a full pipe.
    with (
        open(folder / "errors.log", "ab") as errors,
        subprocess.Popen(
            [str(part) for part in launch],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
            text=True,
            errors="replace",
        ) as process,
    ):
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            written = _listen(process, heard)
        finally:
            alarm.cancel()
            process.kill()
    if process.returncode:
        raise ConfinedProgramFailed(f"{Path(str(command[0])).name}: {process.returncode}")
    return written


def _listen(process: subprocess.Popen, heard: Callable[[str], None] | None) -> str:
    lines = []
    for line in process.stdout or ():
        lines.append(line)
        if heard:
            heard(line.strip())
    process.wait()
    return "".join(lines)
