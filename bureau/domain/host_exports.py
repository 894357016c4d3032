"""The hosts' results to Excel: the list that their office ranks by."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.domain.export_kinds import BATCH, ExportKind, Report, register_export
from bureau.models import ExportFile
from organisations.enums import Level
from organisations.models import Organisation
from workshops.enums.assessment import Counted, Grade
from workshops.models import Assessment
from workshops.queries.assessment import ranked
from workshops.queries.titles import title_of


def above_schools(_user: Any, organisation: Organisation) -> bool:
    """Only units that have workshops of their own assess hosts."""
    return organisation.level < Level.SCHOOL


def host_headers(_export: ExportFile) -> list[str]:
    return [
        _("Unit"),
        _("Acts from"),
        _("Acts until"),
        _("Rank"),
        _("Name"),
        _("School"),
        _("Workshop"),
        _("Points"),
        _("Grade reached"),
        _("State"),
        _("Decision taken"),
        *(str(kind.label) for kind in Counted),
    ]


def host_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """The results of every assessment of the year below the organisation, list by list."""
    assessments = (
        Assessment.objects.visible_to(export.requested_by)
        .filter(programme=export.programme, organisation__path__startswith=export.path)
        .select_related("organisation")
        .order_by("organisation__path", "pk")
    )
    done = 0
    for assessment in assessments:
        for result in ranked(assessment, {}).iterator(chunk_size=BATCH):
            done += 1
            yield _line(assessment, result)
        report(done, done, "writing the result")


def _line(assessment: Assessment, result: Any) -> list[Any]:
    decision = getattr(result, "decision", None)
    return [
        assessment.organisation.name,
        assessment.starts_on.isoformat(),
        assessment.ends_on.isoformat(),
        result.place,
        result.user.real_name,
        result.user.school.name if result.user.school else "",
        title_of(result.workshop),
        float(Decimal(result.total)),
        str(Grade(result.grade).label),
        assessment.get_state_display(),
        decision.get_verdict_display() if decision else "",
        *(result.counts.get(kind, 0) + result.adjusted.get(kind, 0) for kind in Counted.values),
    ]


HOSTS = register_export(
    ExportKind(
        key="hosts",
        title=gettext_lazy("Results of the hosts"),
        help=gettext_lazy("Every assessed host with rank, points, grade and every count."),
        headers=host_headers,
        widths=[20, 12, 12, 8, 14, 28, 32, 8, 10, 14, 14] + [16] * 10,
        rows=host_rows,
        allows=above_schools,
    )
)
