"""Both catalogues hold every message of the code, translated and compiled."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from config.launch.places import PYTHON, ROOT

LANGUAGES = ("zh_Hans", "en")
LEFT_OUT = ("var", ".venv", "node_modules", ".git", "__pycache__", ".mypy_cache", ".ruff_cache")


def main() -> int:
    if not shutil.which("xgettext"):
        sys.exit(
            "The translations cannot be checked: install gettext (Debian: apt install gettext)."
        )
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        extracted = extract(Path(folder) / "project")
        for language in LANGUAGES:
            faults += faults_of(language, extracted / "locale")
    print("\n".join(faults[:50]))
    return int(bool(faults))


def extract(copy: Path) -> Path:
    """Run makemessages on a copy, so that the catalogues here stay as they are."""
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    for language in LANGUAGES:
        (copy / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    command = [PYTHON, "manage.py", "makemessages", "--no-wrap", "--no-location", "-v0"]
    command += [f"-l{language}" for language in LANGUAGES]
    subprocess.run(
        list(map(str, command)),
        cwd=copy,
        check=True,
        env={**os.environ, "YANXIU_VAR": str(ROOT / "var"), "PYTHONPATH": str(copy)},
    )
    return copy


def faults_of(language: str, fresh: Path) -> list[str]:
    """One sentence per message that is missing, untranslated or not compiled."""
    inside = Path(language) / "LC_MESSAGES" / "django.po"
    kept = ROOT / "locale" / inside
    if not kept.exists():
        return [f"{language}: there is no catalogue; run makemessages and compilemessages."]
    used = {key(entry) for entry in polib.pofile(str(fresh / inside)) if not entry.obsolete}
    here = polib.pofile(str(kept))
    known = {key(entry) for entry in here if entry.translated()}
    faults = [f"{language}: not translated: {text!r}" for _context, text in sorted(used - known)]
    compiled = kept.with_suffix(".mo")
    if not compiled.exists() or texts(polib.mofile(str(compiled))) != texts(here):
        faults.append(f"{language}: the compiled catalogue is out of date; run compilemessages.")
    return faults


def key(entry: polib._BaseEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def texts(catalogue: polib._BaseFile) -> dict:
    return {
        key(entry): (entry.msgstr, tuple(entry.msgstr_plural.values()))
        for entry in catalogue.translated_entries()
    }


if __name__ == "__main__":
    sys.exit(main())
