"""Lesson plans: what they say, and which others say the same (R56)."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from lessons.domain.copies import note_plan_copies
from lessons.domain.sketches import sketch_of
from lessons.models import Material
from videos.domain.confinement import ConfinedProgramFailed, Limits, run_confined

READER = Path(__file__).parent / "confined" / "plan_text.py"
READABLE = ("docx", "pdf")
LIMITS = Limits(cpu_seconds=60, memory_bytes=1024 * 2**20, file_bytes=2**20)
SECONDS = 90


def read_plan(material_id: int) -> dict:
    """Keep the text of a plan with its sketch and note near copies. Safe to repeat.

    A file that cannot be read (an old Word format, a scan, a broken file) is left without text:
    it is not compared, and that is all. Returns: the job's result.
    """
    material = Material.objects.select_related("lesson").filter(pk=material_id).first()
    if material is None:
        return {}
    text = text_of(material)
    with transaction.atomic():
        Material.objects.filter(pk=material.pk).update(text=text, sketch=sketch_of(text))
        material.refresh_from_db()
        found = note_plan_copies(material) if material.sketch else 0
    return {"sentence": _("Compared with all plans of all years."), "found": found}


def text_of(material: Material) -> str:
    """What the document says, read in a confined process; empty when it cannot be read."""
    kind = material.file.name.rpartition(".")[2]
    if kind not in READABLE:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{kind}"
        with material.file.open("rb") as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        try:
            return run_confined(
                [sys.executable, "-I", READER, path, kind],
                LIMITS,
                seconds=SECONDS,
                folder=Path(folder),
            )
        except ConfinedProgramFailed:
            return ""
