"""A school studies on in groups of its own people (R21)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks

from core.domain.audit import record_act, record_acts
from notifications.domain.notify import notify
from organisations.models import Organisation
from programmes.enums import EnrolmentState
from programmes.models import Enrolment, Programme
from workshops.domain.hosts import appoint_host
from workshops.domain.posts import Writing, start_thread
from workshops.domain.seats import leave_workshop, lock_family
from workshops.enums.hosting import Qualification
from workshops.enums.seats import Leaving, Way, WorkshopKind
from workshops.enums.talk import ThreadKind
from workshops.errors.seats import WorkshopClosed, WorkshopFull
from workshops.models import Host, Membership, Workshop
from workshops.policy import GROUP_PREFIX

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def open_group(
    programme: Programme, school: Organisation, *, name: str, plan: str, token: UUID, by: User
) -> Workshop:
    """Open a study group of ``school`` that ``by`` leads; its plan is its first guide.

    It is a workshop of a topic of its own at the school: the same numbered seats, talk and
    seminars; no hours, no sub-workshops, no one from outside. Safe to repeat with the same
    ``token``.

    Source: R21.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=school.pk)
    topic = f"{GROUP_PREFIX}{token.hex[:24]}"
    known = Workshop.objects.groups().filter(programme=programme, organisation=school, topic=topic)
    if found := known.first():
        return found
    group = Workshop.objects.create(
        programme=programme,
        kind=WorkshopKind.TOPIC,
        topic=topic,
        organisation=school,
        name=name,
        opened_by=by,
    )
    record_act("workshops.open_group", group, by=by, to_state=name)
    lead_group(group, by=by)
    writing = Writing(linebreaks(plan, autoescape=True), token, as_host=True)
    start_thread(group, writing, kind=ThreadKind.GUIDE, title=name, by=by)
    return group


@transaction.atomic
def lead_group(group: Workshop, *, by: User) -> Host:
    """Take the lead of the group, beside those who lead it. Safe to repeat."""
    lock_family(group)
    if held := Host.objects.current().filter(workshop=group, user=by).first():
        return held
    today = timezone.localdate()
    return appoint_host(group, by, qualification=Qualification.OTHER, starts_on=today, by=by)


@transaction.atomic
def choose_people(group: Workshop, people: Collection[int], *, by: User) -> tuple[int, int]:
    """Let the group consist of ``people``: who is new gets the lowest free seats, who is no longer
    chosen gives the own one up. Only people of the school's roster of the year count; leaders have
    no seat. Safe to repeat.

    Enrolments are locked first, then the group, as everywhere (decision 0601).

    Returns: persons who came, persons who left.
    Raises: WorkshopClosed; WorkshopFull.
    Source: R21, R30.
    """
    roster = roster_of(group).select_for_update(no_key=True, of=("self",)).order_by("pk")
    allowed = set(roster.filter(user__in=people).values_list("user", flat=True))
    held_group = lock_family(group)
    if not held_group.is_open:
        raise WorkshopClosed
    seats = {one.teacher_id: one for one in Membership.objects.current().filter(workshop=group)}
    leaders = set(Host.objects.current().filter(workshop=group).values_list("user", flat=True))
    wanted = allowed - leaders
    gone = [one for person, one in seats.items() if person not in wanted]
    for one in gone:
        leave_workshop(one, by=by, leaving=Leaving.LEFT)
    new = sorted(wanted - seats.keys())
    taken = {one.seat for person, one in seats.items() if person in wanted}
    free = [seat for seat in range(1, held_group.cap + 1) if seat not in taken]
    if len(new) > len(free):
        raise WorkshopFull(cap=held_group.cap)
    _seat(held_group, new, free, by=by)
    return len(new), len(gone)


def roster_of(group: Workshop) -> QuerySet[Enrolment]:
    """The enrolments from which a group's people are chosen: the school's of its year."""
    rows = Enrolment.objects.filter(programme=group.programme_id, school=group.organisation_id)
    return rows.exclude(state=EnrolmentState.WITHDRAWN)


def _seat(group: Workshop, people: list[int], free: list[int], *, by: User) -> None:
    made = Membership.objects.bulk_create(
        Membership(
            workshop=group,
            programme_id=group.programme_id,
            field=group.field,
            teacher_id=person,
            seat=seat,
            way=Way.IMPORT,
            joined_by=by,
        )
        for person, seat in zip(people, free, strict=False)
    )
    record_acts("workshops.join", Membership, [one.pk for one in made], by=by)
    notify(
        people,
        "workshops.grouped",
        {"group": group.name},
        reverse("workshops:workshop", args=[group.pk]),
        key=f"workshops.grouped:{group.pk}",
    )
