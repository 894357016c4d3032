"""The priority list for the national training, to Excel: the version that holds (R37)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.domain.export_kinds import BATCH, ExportKind, Report, register_export
from bureau.domain.pool_exports import is_office
from bureau.models import ExportFile
from organisations.enums import Level
from workshops.queries.priority import latest_list


def priority_headers(_export: ExportFile) -> list[str]:
    return [
        _("No."),
        _("Name"),
        _("Account"),
        _("School"),
        _("Hosts at"),
        _("Level"),
        _("Trainings attended"),
        _("Host since"),
        _("Within the places"),
    ]


def priority_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """The newest version, frozen as it is; neither ID numbers nor phones are in it."""
    found = latest_list(export.programme, export.organisation) if export.programme else None
    if found is None:
        return
    lines = found.lines.select_related("user")
    total, levels = lines.count(), dict(Level.choices)
    for line in lines.iterator(chunk_size=BATCH):
        if line.rank % BATCH == 0:
            report(line.rank, total, "writing the result")
        yield [
            line.rank,
            line.name,
            line.user.username,
            line.school,
            line.unit,
            str(levels[line.level]),
            line.trainings,
            line.host_since.isoformat(),
            "" if found.quota is None else _("yes") if line.rank <= found.quota else _("reserve"),
        ]


PRIORITY = register_export(
    ExportKind(
        key="priority",
        title=gettext_lazy("Priority list for the national training"),
        help=gettext_lazy("The newest version that was issued, without ID numbers and phones."),
        headers=priority_headers,
        widths=[8, 14, 16, 28, 20, 10, 12, 14, 12],
        rows=priority_rows,
        allows=is_office,
    )
)
