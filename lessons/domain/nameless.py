"""Files of a lesson for a reviewer who is not told whose lesson it is."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from lessons.models import Material
from lessons.queries.anonymity import names_of
from videos.domain.confinement import ConfinedProgramFailed, Limits, run_confined

CLEANER = Path(__file__).parent / "confined" / "nameless.py"
CLEANABLE = ("docx", "pptx", "pdf")
LARGEST = 50 * 2**20
LIMITS = Limits(cpu_seconds=60, memory_bytes=1536 * 2**20, file_bytes=2 * LARGEST)
SECONDS = 90


def can_be_nameless(material: Material) -> bool:
    """Whether the file is of a kind and size of which a copy without names is made."""
    return _kind(material) in CLEANABLE and material.size_bytes <= LARGEST


def nameless_copy(material: Material) -> bytes | None:
    """The file without its properties; None when it names its people or its school all the same.

    Made anew at each request, in a confined process.
    """
    if not can_be_nameless(material):
        return None
    kind, names = _kind(material), json.dumps(names_of(material.lesson))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / f"given.{kind}", Path(folder) / f"copy.{kind}"
        with material.file.open("rb") as original, source.open("wb") as copy:
            shutil.copyfileobj(original, copy)
        try:
            run_confined(
                [sys.executable, "-I", CLEANER, source, kind, target, names],
                LIMITS,
                seconds=SECONDS,
                folder=Path(folder),
            )
        except ConfinedProgramFailed:
            return None
        return target.read_bytes()


def _kind(material: Material) -> str:
    return material.file.name.rpartition(".")[2].lower()
