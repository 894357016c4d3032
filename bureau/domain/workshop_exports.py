"""The activity of every workshop below a unit, to Excel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import policy
from bureau.domain.export_kinds import BATCH, ExportKind, Report, register_export
from bureau.models import ExportFile
from organisations.enums import Level
from organisations.queries import reach
from workshops.models import Workshop
from workshops.permissions.activity import can_export_activity
from workshops.queries.titles import field_of, title_of

COUNTS = ("active", "posts", "waiting", "overdue", "reports")


def headers(_export: ExportFile) -> list[str]:
    return [
        _("Code"),
        _("Unit"),
        _("Level"),
        _("Workshop"),
        _("Subject or topic"),
        _("Members"),
        _("Seats"),
        _("Wrote this week"),
        _("Posts this week"),
        _("Open questions"),
        _("Unanswered for 48 hours"),
        _("Reports"),
    ]


def rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """A line per workshop, from the top down, as last counted."""
    found = Workshop.objects.with_place().filter(
        reach(export.organisation, "organisation"), programme=export.programme
    )
    ordered = found.select_related("last_week").order_by(
        "organisation__level", "organisation__code", "field", "number"
    )
    levels, total = dict(Level.choices), found.count()
    for done, one in enumerate(ordered.iterator(chunk_size=BATCH), start=1):
        if done % policy.PROGRESS_EVERY == 0:
            report(done, max(total, done), "writing the result")
        one.programme = export.programme  # one rule pack for all rows
        unit, week = one.organisation, getattr(one, "last_week", None)
        counts = [getattr(week, name, 0) for name in COUNTS]
        place = [unit.code, unit.name, str(levels[unit.level])]
        yield [*place, title_of(one), field_of(one), one.taken, one.cap, *counts]


WORKSHOP_ACTIVITY = register_export(
    ExportKind(
        key="workshop_activity",
        title=gettext_lazy("Activity of the workshops"),
        help=gettext_lazy("Members, posts, unanswered questions and reports of every workshop."),
        headers=headers,
        widths=[14, 28, 12, 36, 24, *([14] * 7)],
        rows=rows,
        allows=can_export_activity,
    )
)
