"""Seats: every way to one leads through here, under the lock of the family's main row."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from core.domain.audit import record_act, record_each
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from workshops.domain.rooms import open_room
from workshops.enums.seats import Leaving, Way, WorkshopKind, WorkshopState
from workshops.errors.seats import (
    HostsHere,
    InvitationOver,
    NobodyToMove,
    NotEnrolledHere,
    NotYourField,
    SeatedElsewhere,
    WorkshopClosed,
    WorkshopFull,
)
from workshops.models import Host, Invitation, Membership, Workshop
from workshops.queries.seats import Room, emptiest_room, lowest_free_seat, room_in, rooms_of
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User

FREE = """
UPDATE workshops_membership held
   SET left_at = %(now)s, left_by_id = %(by)s, leaving = %(leaving)s
  FROM workshops_workshop room,
       unnest(%(people)s::bigint[], %(mains)s::bigint[]) AS one (person, main)
 WHERE held.teacher_id = one.person AND held.left_at IS NULL AND room.id = held.workshop_id
   AND one.main = CASE WHEN room.number = 1 THEN room.id ELSE room.parent_id END
RETURNING held.id, held.workshop_id, held.seat
"""


@transaction.atomic
def join_workshop(
    workshop: Workshop,
    *,
    teacher: User,
    by: User | None,
    way: str = Way.PAGE,
    exactly: bool = False,
) -> Membership:
    """Give ``teacher`` a seat in ``workshop`` or, when it is full, in its emptiest sibling.

    Safe to repeat: who already sits in the family keeps the seat held. When all of the family
    are full another sub-workshop is opened and the hosts are told. ``exactly``: this workshop
    or none. The teacher's enrolment is locked first, then the family's main row: one person's
    two clicks wait for each other, and nobody races for a last seat.

    Raises: NotEnrolledHere; NotYourField; SeatedElsewhere; HostsHere; WorkshopClosed;
    WorkshopFull when ``exactly`` and no seat is free.
    Source: R30, A11.
    """
    enrolment = locked_enrolment(teacher, workshop)
    require_field(enrolment, workshop)
    main = lock_family(workshop)
    if held := seat_in_field(teacher, workshop):
        if held.workshop_id == workshop.pk or (held.workshop.main_id == main.pk and not exactly):
            return held
        raise SeatedElsewhere(workshop=title_of(held.workshop))
    _refuse_hosts(teacher, workshop, main)
    room = _room_for(workshop, main, exactly=exactly, by=by)
    return _sit(room, main, teacher, way=way, by=by)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, teacher: User) -> Membership:
    """Take a seat where a host invites to; full there, in a sub-workshop of it.

    Safe to repeat. Raises: InvitationOver, and what ``join_workshop`` raises.
    """
    if not invitation.holds:
        raise InvitationOver
    return join_workshop(invitation.workshop, teacher=teacher, by=teacher, way=Way.INVITATION)


@transaction.atomic
def leave_workshop(membership: Membership, *, by: User, leaving: str = Leaving.LEFT) -> bool:
    """Free a seat; the row stays as history. Safe to repeat. Returns: whether it was held."""
    lock_family(Workshop.objects.get(pk=membership.workshop_id))
    return _rise(membership, by=by, leaving=leaving)


@transaction.atomic
def move_member(membership: Membership, target: Workshop, *, by: User) -> Membership:
    """Move somebody into ``target``, this one or none; the old seat is freed with it.

    Safe to repeat. Both families are locked in the order of their keys, so two moves that
    cross wait instead of blocking each other.

    Raises: NobodyToMove; NotYourField; WorkshopClosed; WorkshopFull (the old seat is kept).
    """
    lock_families({Workshop.objects.get(pk=membership.workshop_id).main_id, target.main_id})
    held = Membership.objects.current().filter(pk=membership.pk).first()
    if held is None:
        return _moved_already(membership, target)
    if held.workshop_id == target.pk:
        return held
    if (held.programme_id, held.field) != (target.programme_id, target.field):
        raise NotYourField
    main = Workshop.objects.get(pk=target.main_id)
    room = _room_for(target, main, exactly=True, by=by)
    if not _rise(held, by=by, leaving=Leaving.MOVED):  # withdrew at this very moment
        raise NobodyToMove
    return _sit(room, main, held.teacher, way=Way.MOVE, by=by)


def locked_enrolment(teacher: User, workshop: Workshop) -> Enrolment:
    """The teacher's approved place in the year, locked until the transaction ends.

    Raises: NotEnrolledHere.
    """
    rows = Enrolment.objects.select_for_update(no_key=True)
    found = rows.filter(user=teacher, programme=workshop.programme_id).first()
    if found is None or found.state != EnrolmentState.APPROVED:
        raise NotEnrolledHere
    return found


def require_field(enrolment: Enrolment, workshop: Workshop) -> None:
    """Raises: NotYourField unless the enrolment is of the workshop's stage and subject, or of a
    stage to which its topic is offered."""
    if workshop.kind == WorkshopKind.SUBJECT:
        fits = (enrolment.stage, enrolment.subject) == (workshop.stage, workshop.subject)
    else:
        topic = rule_pack_of(workshop.programme).topic(workshop.topic)
        fits = topic is not None and enrolment.stage in topic.stages
    if not fits:
        raise NotYourField


def lock_family(workshop: Workshop) -> Workshop:
    """The main row of the workshop's family, locked until the transaction ends."""
    return Workshop.objects.select_for_update(no_key=True).get(pk=workshop.main_id)


def lock_families(mains: set[int]) -> None:
    """The main rows, locked in the order of their keys until the transaction ends."""
    rows = Workshop.objects.select_for_update(no_key=True).filter(pk__in=mains)
    list(rows.order_by("pk").values_list("pk"))


def seat_in_field(teacher: User, workshop: Workshop) -> Membership | None:
    """The seat that the teacher holds for the workshop's subject or topic, wherever it is."""
    held = Membership.objects.current().filter(
        teacher=teacher, programme=workshop.programme_id, field=workshop.field
    )
    return held.first()


def _refuse_hosts(teacher: User, workshop: Workshop, main: Workshop) -> None:
    here = {workshop.pk, main.pk}
    if Host.objects.current().filter(user=teacher, workshop__in=here).exists():
        raise HostsHere


def _room_for(workshop: Workshop, main: Workshop, *, exactly: bool, by: User | None) -> Room:
    """The asked room if it has a seat, else the emptiest, else a new one."""
    if exactly:
        asked = room_in(main.pk, workshop.pk)
        if asked is None or not asked.is_open:
            raise WorkshopClosed
        if not asked.free:
            raise WorkshopFull(cap=asked.cap)
        return asked
    if found := emptiest_room(main.pk):
        return found
    if main.state != WorkshopState.OPEN:
        raise WorkshopClosed
    return open_room(main, rooms_of(main.pk), by=by)


def _sit(room: Room, main: Workshop, teacher: User, *, way: str, by: User | None) -> Membership:
    seat = lowest_free_seat(room)
    if seat is None:
        raise WorkshopFull(cap=room.cap)
    taken = Membership.objects.create(
        workshop_id=room.id,
        programme_id=main.programme_id,
        field=main.field,
        teacher=teacher,
        seat=seat,
        way=way,
        joined_by=by,
    )
    record_act("workshops.join", taken, by=by, to_state=f"{room.id}/{seat}")
    return taken


def free_seats(people: Set[tuple[int, int]], *, by: User, leaving: str) -> None:
    """Free what each person holds in a family, by the keys of both. In two statements at most.

    The families are locked by the caller.
    """
    values: dict[str, Any] = {
        "people": [person for person, _main in people],
        "mains": [main for _person, main in people],
        "now": timezone.now(),
        "by": by.pk,
        "leaving": str(leaving),
    }
    with connection.cursor() as cursor:
        cursor.execute(FREE, values)
        freed = [(key, f"{room}/{seat}", "") for key, room, seat in cursor.fetchall()]
    if freed:
        record_each("workshops.leave", Membership, freed, by=by, why=leaving)


def _rise(membership: Membership, *, by: User, leaving: str) -> bool:
    held = Membership.objects.current().filter(pk=membership.pk)
    if not held.update(left_at=timezone.now(), left_by=by, leaving=leaving):
        return False
    from_state = f"{membership.workshop_id}/{membership.seat}"
    record_act("workshops.leave", membership, by=by, from_state=from_state, why=leaving)
    return True


def _moved_already(membership: Membership, target: Workshop) -> Membership:
    """A repeated move finds the seat that the first one gave."""
    seat = Membership.objects.current().filter(workshop=target, teacher=membership.teacher_id)
    if found := seat.first():
        return found
    raise NobodyToMove
