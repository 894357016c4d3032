"""Volunteers for topics and the lists of hosts, to Excel (R34, R35)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from bureau import policy
from bureau.domain.export_kinds import BATCH, ExportKind, Report, register_export
from bureau.domain.pool_exports import is_office
from bureau.models import ExportFile
from organisations.enums import Level
from organisations.models import Organisation
from workshops.enums.hosting import ListState, Qualification
from workshops.models import HostApplication, ListEntry, ListVersion
from workshops.queries.titles import named_field, topic_title


def is_above_school(user: User, organisation: Organisation) -> bool:
    """Officers of a county, a city or the province."""
    return organisation.level < Level.SCHOOL and user.serves(policy.OFFICERS, organisation)


def application_headers(_export: ExportFile) -> list[str]:
    return [
        _("Call"),
        _("Topic"),
        _("Name"),
        _("School"),
        _("County"),
        _("City"),
        _("Chosen from"),
        _("State"),
        _("Statement"),
        _("Recommendation"),
        _("Signed by"),
        _("Signed at"),
    ]


def application_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """One line per application of the year with what the school said last."""
    said = {
        "words": F("signatures__words"),
        "name": F("signatures__name"),
        "at": F("signatures__signed_at"),
    }
    school = HostApplication.objects.filter(
        pk=OuterRef("pk"), signatures__state__in=("recommended", "not_recommended")
    ).order_by("-signatures__pk")
    rows: Any = (
        HostApplication.objects.visible_to(export.requested_by)
        .filter(topic__call__programme=export.programme)
        .select_related("topic__call", "applicant", "school__parent__parent")
        .annotate(
            **{
                f"said_{key}": Subquery(school.values(value=field)[:1])
                for key, field in said.items()
            }
        )
        .order_by("topic__call", "topic", "school__path", "pk")
    )
    total = rows.count()
    for done, one in enumerate(rows.iterator(chunk_size=BATCH), start=1):
        if done % policy.PROGRESS_EVERY == 0:
            report(done, max(total, done), "writing the result")
        above = one.school.parent
        county = above if above is not None and above.level == Level.COUNTY else None
        city = county.parent if county is not None else above
        yield [
            one.topic.call.title,
            topic_title(export.programme, one.topic.topic),
            one.applicant.real_name,
            one.school.name,
            county.name if county else "",
            city.name if city else "",
            one.get_qualification_display(),
            one.get_state_display(),
            one.statement,
            one.said_words or "",
            one.said_name or "",
            timezone.localtime(one.said_at).strftime("%Y-%m-%d %H:%M") if one.said_at else "",
        ]


def list_headers(_export: ExportFile) -> list[str]:
    return [
        _("Unit"),
        _("Version"),
        _("State"),
        _("Subject"),
        _("Name"),
        _("School"),
        _("Chosen from"),
        _("First day"),
        _("Last day"),
    ]


def list_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """The rows of every unit's newest version in the reach of the organisation."""
    newest = ListVersion.objects.filter(host_list=OuterRef("version__host_list")).order_by(
        "-number"
    )
    rows = (
        ListEntry.objects.filter(
            version=Subquery(newest.values("pk")[:1]),
            version__in=ListVersion.objects.visible_to(export.requested_by).values("pk"),
            version__host_list__programme=export.programme,
            version__host_list__organisation__path__startswith=export.path,
        )
        .select_related("version__host_list__organisation")
        .order_by("version__host_list__organisation__path", "position")
    )
    total = rows.count()
    for done, one in enumerate(rows.iterator(chunk_size=BATCH), start=1):
        if done % policy.PROGRESS_EVERY == 0:
            report(done, max(total, done), "writing the result")
        yield [
            one.version.host_list.organisation.name,
            one.version.number,
            str(ListState(one.version.state).label),
            named_field(export.programme, one.field),
            one.name,
            one.unit,
            str(Qualification(one.qualification).label),
            one.starts_on.isoformat(),
            one.ends_on.isoformat() if one.ends_on else "",
        ]


HOST_APPLICATIONS = register_export(
    ExportKind(
        key="host_applications",
        title=gettext_lazy("Volunteers as hosts of topics"),
        help=gettext_lazy("Every application of the year with the school's word and its state."),
        headers=application_headers,
        widths=[30, 24, 12, 28, 14, 14, 18, 18, 60, 50, 12, 18],
        rows=application_rows,
        allows=is_office,
    )
)
HOST_LISTS = register_export(
    ExportKind(
        key="host_lists",
        title=gettext_lazy("Lists of hosts"),
        help=gettext_lazy("The newest version of every unit's list of hosts."),
        headers=list_headers,
        widths=[20, 8, 22, 20, 12, 28, 20, 12, 12],
        rows=list_rows,
        allows=is_above_school,
    )
)
