"""Everything about the code that a machine can judge without running it."""

import os
import subprocess
import sys
import time

from config.launch.places import PYTHON, ROOT, VENV

BIN = VENV / "bin"
TYPED_ROOMS = (
    "*/domain",
    "*/queries.py",
    "*/queries",
    "*/permissions.py",
    "*/permissions",
    "*/policy.py",
)


def commands() -> dict[str, list]:
    """What is checked, each by one command that fails when something is wrong."""
    typed = sorted(str(path.relative_to(ROOT)) for room in TYPED_ROOMS for path in ROOT.glob(room))
    return {
        "Format": [BIN / "ruff", "format", "--check", "--quiet", "."],
        "Lint": [BIN / "ruff", "check", "--quiet", "."],
        "Templates": [BIN / "djhtml", "--check", "--tabwidth", "2", "templates"],
        "Floors and rooms": [BIN / "lint-imports"],
        "Types": [BIN / "mypy", *typed],
        "Models and migrations agree": [PYTHON, "manage.py", "makemigrations", "--check", "-v1"],
        "Migrations are safe to run": [PYTHON, "-m", "config.launch.migrations"],
        "Translations": [PYTHON, "-m", "config.launch.translations"],
    }


def main(names: list[str]) -> int:
    """Run all checks, or those whose names begin with one of ``names``."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    failed = []
    for title, command in commands().items():
        if names and not title.lower().startswith(tuple(map(str.lower, names))):
            continue
        started_at = time.monotonic()
        done = subprocess.run(
            list(map(str, command)), cwd=ROOT, capture_output=True, text=True, errors="replace"
        )
        verdict = "fails" if done.returncode else "passes"
        print(f"  {title} {verdict} ({time.monotonic() - started_at:.1f} s)", flush=True)
        if done.returncode:
            failed.append(title)
            print(done.stdout + done.stderr, flush=True)
    print(f"Failed: {', '.join(failed)}." if failed else "All checks pass.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
