"""A list of hosts goes from its unit to the one above and on to the province (R35)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Appointment
from core.domain.audit import record_act
from notifications.domain.notify import notify
from organisations.models import Organisation
from programmes.models import Programme
from workshops.enums.hosting import NEXT_LIST_STATES, OPEN_LIST_STATES, ListState
from workshops.errors.hosting import ListMoved, ListOnItsWay, NothingNewToList, NothingToList
from workshops.errors.moderation import ReasonMissing
from workshops.models import HostList, ListEntry, ListSignature, ListVersion
from workshops.policy import REASON_LENGTH
from workshops.queries.host_lists import ListRow, current_rows, reviewing_unit, steps_of

if TYPE_CHECKING:
    from accounts.models import User

OFFICERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)
TOLD = {
    ListState.FORWARDED: "list_forwarded",
    ListState.FILED: "list_filed",
    ListState.RETURNED: "list_returned",
}


def digest_of(rows: Iterable[ListRow]) -> str:
    """The SHA-256 of a list, in hex. ``verify`` makes the same in SQL."""
    lines = (f"{position}\t{row.line}" for position, row in enumerate(rows, 1))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def send_list(
    organisation: Organisation, programme: Programme, *, words: str = "", by: User
) -> ListVersion:
    """Freeze the unit's hosts of today as the next version and send it to the unit above.

    Safe to repeat: the same list on its way stays one version. The list's row is locked, so
    two officers who send at once make one version, too.

    Raises: NothingToList; ListOnItsWay when another one waits; NothingNewToList.
    Source: R35.
    """
    host_list, _new = HostList.objects.get_or_create(programme=programme, organisation=organisation)
    _lock(host_list)
    rows = current_rows(programme, organisation)
    if not rows:
        raise NothingToList(unit=organisation.name)
    digest = digest_of(rows)
    newest = host_list.versions.order_by("-number").first()
    if newest is not None and newest.state in OPEN_LIST_STATES:
        if newest.digest == digest:
            return newest
        raise ListOnItsWay(number=newest.number)
    if newest is not None and newest.state == ListState.FILED and newest.digest == digest:
        raise NothingNewToList(number=newest.number)
    version = _freeze(host_list, newest.number + 1 if newest else 1, rows, digest)
    move_list(version, ListState.SENT, words=words, unit=organisation.name, by=by)
    _tell_reviewers(version, organisation)
    return version


@transaction.atomic
def review_list(version: ListVersion, to: str, *, words: str = "", by: User) -> ListVersion:
    """The unit above passes the list on, the province files it, either returns it with a reason.

    Raises: ReasonMissing; ListMoved when it does not wait for this step any more.
    Source: R35.
    """
    held = locked(version)
    words = words.replace("\x00", "").strip()[:REASON_LENGTH]
    if to == ListState.RETURNED and not words:
        raise ReasonMissing
    reviewer = reviewing_unit(held)
    if reviewer is None or to not in steps_of(held):
        raise ListMoved(state=held.get_state_display())
    move_list(held, to, words=words, unit=reviewer.name, by=by)
    parts = {"by": reviewer.name, "why": words, "number": held.number}
    unit = held.host_list.organisation
    _tell(officers_of([unit.pk]), TOLD[ListState(to)], held, **parts)
    if to == ListState.FORWARDED:
        _tell_reviewers(held, unit)
    return held


@transaction.atomic
def take_back(version: ListVersion, *, by: User) -> None:
    """The unit takes back what nobody above has passed on yet. Raises: ListMoved."""
    held = locked(version)
    move_list(held, ListState.TAKEN_BACK, unit=held.host_list.organisation.name, by=by)


def move_list(held: ListVersion, to: str, *, unit: str, by: User, words: str = "") -> None:
    """Take one step of ``NEXT_LIST_STATES``, sign it and audit it.

    The caller has locked the list. Raises: ListMoved when the step is not open any more.
    """
    before = held.state
    if to not in NEXT_LIST_STATES[before]:
        raise ListMoved(state=held.get_state_display())
    held.state = to
    held.save(update_fields=["state"])
    ListSignature.objects.create(
        version=held, state=to, signed_by=by, name=by.real_name, unit=unit, words=words
    )
    record_act("workshops.move_list", held, by=by, from_state=before, to_state=to, why=words)


def locked(version: ListVersion) -> ListVersion:
    """The version as it stands now, its list locked."""
    _lock(HostList(pk=version.host_list_id))
    places = "host_list__organisation__parent__parent"
    return ListVersion.objects.select_related(places, "host_list__programme").get(pk=version.pk)


def officers_of(units: Iterable[int]) -> set[int]:
    """Who keeps the office of the units themselves."""
    held = Appointment.objects.current().filter(organisation__in=units, role__in=OFFICERS)
    return set(held.values_list("user", flat=True))


def _lock(host_list: HostList) -> None:
    HostList.objects.select_for_update(no_key=True).get(pk=host_list.pk)


def _freeze(host_list: HostList, number: int, rows: Sequence[ListRow], digest: str) -> ListVersion:
    version = ListVersion.objects.create(
        host_list=host_list, number=number, state="", size=len(rows), digest=digest
    )
    ListEntry.objects.bulk_create(
        ListEntry(
            version=version,
            position=position,
            term_id=row.term,
            person_id=row.person,
            field=row.field,
            name=row.name,
            unit=row.unit,
            qualification=row.qualification,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for position, row in enumerate(rows, 1)
    )
    return version


def _tell_reviewers(version: ListVersion, unit: Organisation) -> None:
    reviewer = reviewing_unit(version)
    if reviewer is not None:
        people = officers_of([reviewer.pk])
        _tell(people, "list_to_review", version, unit=unit.name, hosts=version.size)


def _tell(people: Iterable[int], what: str, version: ListVersion, **words: object) -> None:
    url = reverse("workshops:list_version", args=[version.pk])
    key = f"workshops.{what}:{version.pk}:{version.state}"
    notify(people, f"workshops.{what}", words, url, key=key)
