"""The counts of lessons and reviews of every unit below, to Excel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import policy
from bureau.domain.export_kinds import BATCH, ExportKind, Report, register_export
from bureau.domain.lesson_progress import COUNTS
from bureau.models import ExportFile, UnitLessons
from organisations.enums import Level
from organisations.queries import reach


def headers(_export: ExportFile) -> list[str]:
    return [
        _("Code"),
        _("Unit"),
        _("Level"),
        _("Owe a research lesson"),
        _("Have given one"),
        _("Lessons shown"),
        _("Lessons chosen"),
        _("Reviews drawn"),
        _("Reviews finished"),
        _("Owe national lessons"),
        _("Have finished them"),
    ]


def rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """The unit itself and all below it, from the top down, as last counted."""
    counted = UnitLessons.objects.filter(
        reach(export.organisation, "organisation"), programme=export.programme
    )
    counted = counted.select_related("organisation")
    ordered = counted.order_by("organisation__level", "organisation__code")
    levels, total = dict(Level.choices), counted.count()
    for done, row in enumerate(ordered.iterator(chunk_size=BATCH), start=1):
        if done % policy.PROGRESS_EVERY == 0:
            report(done, max(total, done), "writing the result")
        unit = row.organisation
        counts = [getattr(row, name) for name in COUNTS]
        yield [unit.code, unit.name, str(levels[unit.level]), *counts]


LESSON_PROGRESS = register_export(
    ExportKind(
        key="lesson_progress",
        title=gettext_lazy("Figures of lessons and reviews"),
        help=gettext_lazy("Research lessons, chosen lessons, reviews and national study by unit."),
        headers=headers,
        widths=[14, 28, 12, *([14] * len(COUNTS))],
        rows=rows,
    )
)
