"""The hosts that a unit would list today, those that a version names, and the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from workshops.enums.hosting import OPEN_LIST_STATES, ListState, Qualification
from workshops.enums.seats import WorkshopKind
from workshops.models import Host, ListEntry, ListVersion

if TYPE_CHECKING:
    from programmes.models import Programme


@dataclass(frozen=True)
class ListRow:
    """One host of a list."""

    term: int
    person: int
    field: str
    name: str
    unit: str
    qualification: str
    starts_on: date
    ends_on: date | None

    @property
    def key(self) -> tuple[int, str]:
        return self.person, self.field

    @property
    def qualification_label(self) -> str:
        return str(Qualification(self.qualification).label)

    @property
    def line(self) -> str:
        """The row as it is hashed."""
        ends = self.ends_on.isoformat() if self.ends_on else ""
        days = (self.starts_on.isoformat(), ends)
        parts = (self.field, self.name, self.unit, self.qualification, *days, str(self.term))
        return "\t".join(parts)


@dataclass(frozen=True)
class Difference:
    """What a list has that an earlier one has not, the other way round, and what changed."""

    added: list[ListRow]
    ended: list[ListRow]
    changed: list[tuple[ListRow, ListRow]]

    def __bool__(self) -> bool:
        return bool(self.added or self.ended or self.changed)


def current_rows(programme: Programme, organisation: Organisation) -> list[ListRow]:
    """The subject hosts of the unit's own workshops today, in the order of stage × subject.

    One query.
    """
    terms = (
        Host.objects.current()
        .filter(workshop__programme=programme, workshop__organisation=organisation)
        .filter(workshop__kind=WorkshopKind.SUBJECT)
        .select_related("user__school")
        .annotate(field=F("workshop__field"))
    )
    rows = [
        ListRow(
            term=one.pk,
            person=one.user_id,
            field=one.field,
            name=one.user.real_name,
            unit=one.user.school.name if one.user.school else "",
            qualification=one.qualification,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
        )
        for one in terms
    ]
    turn = _order(programme)
    return sorted(rows, key=lambda row: (turn.get(row.field, len(turn)), row.name, row.term))


def entries_of(version: ListVersion | None) -> list[ListRow]:
    """The frozen rows of a version, in their order. One query."""
    if version is None:
        return []
    entries = ListEntry.objects.filter(version=version).order_by("position")
    names = ("term", "person", "field", "name", "unit", "qualification", "starts_on", "ends_on")
    return [ListRow(*values) for values in entries.values_list(*names)]


def difference(rows: Iterable[ListRow], earlier: Iterable[ListRow]) -> Difference:
    """Compared by person and subject."""
    new, old = {one.key: one for one in rows}, {one.key: one for one in earlier}
    return Difference(
        added=[row for key, row in new.items() if key not in old],
        ended=[row for key, row in old.items() if key not in new],
        changed=[
            (old[key], row) for key, row in new.items() if key in old and old[key].line != row.line
        ],
    )


def filed_before(version: ListVersion) -> ListVersion | None:
    """The last version that was filed before this one."""
    earlier = ListVersion.objects.filed().filter(
        host_list=version.host_list_id, number__lt=version.number
    )
    return earlier.order_by("-number").first()


def reviewing_unit(version: ListVersion) -> Organisation | None:
    """For whom a version waits: the unit above, then the province. None: for nobody."""
    unit = version.host_list.organisation
    if version.state == ListState.SENT:
        return unit.parent
    if version.state == ListState.FORWARDED and unit.parent is not None:
        return unit.parent.parent
    return None


def steps_of(version: ListVersion) -> set[ListState]:
    """What the unit for which it waits can do: only the province files."""
    reviewer = reviewing_unit(version)
    if reviewer is None:
        return set()
    forward = ListState.FILED if reviewer.level == Level.PROVINCE else ListState.FORWARDED
    return {forward, ListState.RETURNED}


def units_below(organisation: Organisation) -> QuerySet[Organisation]:
    """The cities and counties below a unit that exist today."""
    return Organisation.objects.current(timezone.localdate()).filter(
        path__startswith=organisation.path,
        level__in=(Level.CITY, Level.COUNTY),
        level__gt=organisation.level,
    )


def units_with_lists(programme: Programme, organisation: Organisation) -> QuerySet[Organisation]:
    """Those units with ``newest`` (key), ``number``, ``stands`` (state), ``sent_at`` of their
    newest version, ``filed`` (a version was filed) and ``hosts`` of today. One query."""
    versions = ListVersion.objects.filter(
        host_list__programme=programme, host_list__organisation=OuterRef("pk")
    ).order_by("-number")
    terms = Host.objects.current().filter(
        workshop__programme=programme,
        workshop__kind=WorkshopKind.SUBJECT,
        workshop__organisation=OuterRef("pk"),
    )
    counted = terms.order_by().values("workshop__organisation").annotate(n=Count("pk"))
    return units_below(organisation).annotate(
        newest=Subquery(versions.values("pk")[:1]),
        number=Subquery(versions.values("number")[:1]),
        stands=Subquery(versions.values("state")[:1]),
        sent_at=Subquery(versions.values("sent_at")[:1]),
        filed=Exists(versions.filter(state=ListState.FILED)),
        hosts=Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0),
    )


def waiting_for(unit: Organisation, programme: Programme) -> list[ListVersion]:
    """The versions that wait for this very unit, the oldest first. One query."""
    rows = ListVersion.objects.filter(host_list__programme=programme)
    sent = Q(state=ListState.SENT, host_list__organisation__parent=unit)
    passed = Q(state=ListState.FORWARDED, host_list__organisation__parent__parent=unit)
    found = rows.filter(sent | passed).select_related("host_list__organisation__parent")
    return list(found.order_by("sent_at", "pk"))


MISSING = Q(filed=False) & (Q(stands=None) | ~Q(stands__in=OPEN_LIST_STATES))
"""Never filed and nothing on its way."""


def narrowed(units: QuerySet[Any], show: str) -> QuerySet[Any]:
    """``show``: "missing", "waiting", "filed" or all."""
    if show == "missing":
        return units.filter(MISSING)
    if show == "waiting":
        return units.filter(stands__in=OPEN_LIST_STATES)
    return units.filter(filed=True) if show == "filed" else units


def list_sums(units: QuerySet[Organisation]) -> dict[str, int]:
    """How many units stand where. One query."""
    return units.aggregate(
        units=Count("pk"),
        missing=Count("pk", filter=MISSING),
        waiting=Count("pk", filter=Q(stands__in=OPEN_LIST_STATES)),
        with_filed=Count("pk", filter=Q(filed=True)),
    )


def _order(programme: Programme) -> dict[str, int]:
    fields = [
        f"subject:{stage}:{subject.key}"
        for stage, subjects in rule_pack_of(programme).stage_subjects.items()
        for subject in subjects
    ]
    return {field: turn for turn, field in enumerate(fields)}
