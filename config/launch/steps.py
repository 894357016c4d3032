"""One step of setting up: shown with its seconds, skipped when its inputs have not changed."""

import hashlib
import os
import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path

from config.launch.places import LOGS, ROOT

NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "NewConnectionError",
    "ConnectTimeoutError",
    "Max retries exceeded",
    "Read timed out",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "ProxyError",
)
DISK_FULL = ("No space left on device", "ENOSPC", "Disk quota exceeded")


class SetupError(Exception):
    """Setting up cannot go on; the message is one sentence that says what to do."""


@contextmanager
def step(title: str):
    """Show ``title`` and, when the step is done, the seconds it took."""
    print(f"  {title} … ", end="", flush=True)
    started_at = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started_at:.1f} s", flush=True)


def digest(*parts: str | Iterable[Path]) -> str:
    """One value for texts and for the names and contents of files."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            total.update(part.encode())
            continue
        for path in sorted(part):
            total.update(os.path.relpath(path, ROOT).encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def unless_done(stamp: Path | None, inputs: str, title: str, work: Callable[[], None]) -> bool:
    """Do ``work`` unless ``stamp`` says it was done with the same inputs.

    Returns: whether it was done now.
    """
    if stamp and stamp.exists() and stamp.read_text() == inputs:
        return False
    if stamp:
        stamp.unlink(missing_ok=True)
    with step(title):
        work()
    if stamp:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(inputs)
    return True


def run(
    command: list, *, log: str, environment: dict | None = None, output: Path | None = None
) -> None:
    """Run ``command`` quietly; what it says goes to a log file, its result to ``output``.

    Raises: SetupError with the reason in one sentence.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    with open(path, "wb") as said, open(output or os.devnull, "wb") as result:
        code = subprocess.run(
            list(map(str, command)),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=result if output else said,
            stderr=said,
            env={**os.environ, **(environment or {})},
        ).returncode
    if code:
        raise SetupError(_reason(path))


def _reason(path: Path) -> str:
    text = path.read_text(errors="replace")
    if any(sign in text for sign in DISK_FULL):
        return "The disk is full: free at least 3 GB and start again."
    if any(sign in text for sign in NO_NETWORK):
        return (
            "A package registry does not answer: check the network, or set PIP_INDEX_URL and "
            "NPM_CONFIG_REGISTRY to mirrors that do, and start again."
        )
    last = [line.strip() for line in text.splitlines() if line.strip()][-1:]
    return f"{last[0] if last else 'No output.'} The whole output is in {path}."
