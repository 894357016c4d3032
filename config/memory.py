"""Folders in memory for what a test run throws away again. Standard library only."""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - private folders, owner checked
NEEDED_BYTES = 2_000_000_000


def is_roomy() -> bool:
    """Whether this machine lends memory as a folder, and enough of it."""
    return os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > NEEDED_BYTES


def in_memory(folder: Path) -> Path:
    """``folder``, made a link into memory where there is room. Safe to repeat, also at once.

    A database is a thousand files: making and deleting them costs a busy disk a second, memory
    a tenth. What lies on disk already stays there; after a restart the folder is empty again.
    """
    if not folder.is_dir() and is_roomy():
        home = MEMORY / f"yanxiu-{os.getuid()}-{_digest(folder)}"
        home.mkdir(mode=0o700, exist_ok=True)
        if not home.is_symlink() and home.stat().st_uid == os.getuid():
            folder.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                folder.symlink_to(home)
    return folder


def _digest(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:12]
