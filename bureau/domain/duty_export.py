"""Coverage of duty to Excel: a line per workshop of the year (R38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from bureau import policy
from bureau.domain.export_kinds import BATCH, ExportKind, Report, register_export
from bureau.models import ExportFile
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.phases import BEIJING
from workshops.queries.duty_coverage import FamilyLine, family_lines
from workshops.queries.duty_report import families_below, workshops_of
from workshops.queries.titles import title_of

WIDTHS = [36, 20, 10, 10, 10, 10, 12, 22, 16, 22]


def duty_headers(_export: ExportFile) -> list[str]:
    return [
        _("Workshop"),
        _("Unit"),
        _("Shifts"),
        _("Checked in"),
        _("Late"),
        _("Missed"),
        _("Hours served"),
        _("Unanswered for 48 hours"),
        _("Handed on"),
        _("Answered by the next"),
    ]


def is_above_schools(user: User, organisation: Organisation) -> bool:
    """Officers of a county or above."""
    return organisation.level < Level.SCHOOL and user.serves(policy.OFFICERS, organisation)


def duty_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """From the first day of the year until now."""
    programme = export.programme
    if programme is None:
        return
    now = timezone.now()
    span = (datetime.combine(programme.starts_on, time.min, tzinfo=BEIJING), now)
    families = families_below(export.requested_by, programme, export.organisation)
    lines = family_lines(families, span, now)
    for start in range(0, len(lines), BATCH):
        yield from _batch(lines[start : start + BATCH])
        report(min(start + BATCH, len(lines)), len(lines), "writing the result")


def _batch(lines: list[FamilyLine]) -> Iterator[list[Any]]:
    workshops = workshops_of(lines)
    for line in lines:
        workshop, counts = workshops[line.workshop], line.coverage
        yield [
            title_of(workshop),
            workshop.organisation.name,
            counts.planned,
            counts.there,
            counts.late,
            counts.missed,
            round(counts.hours, 1),
            counts.overdue,
            counts.handed,
            counts.answered,
        ]


DUTY = register_export(
    ExportKind(
        key="duty_coverage",
        title=gettext_lazy("Coverage of duty"),
        help=gettext_lazy(
            "Every workshop of the year with its shifts, check-ins and questions that wait."
        ),
        headers=duty_headers,
        widths=WIDTHS,
        rows=duty_rows,
        allows=is_above_schools,
    )
)
