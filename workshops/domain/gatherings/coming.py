"""Who comes: numbered places, then a waiting list in its order (R37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.enums.gatherings import Answer
from workshops.errors.gatherings import GatheringOver, NotInvited
from workshops.models import Attendee, Gathering, Meeting

if TYPE_CHECKING:
    from accounts.models import User


def lock_gathering(gathering: Gathering) -> Gathering:
    """The row, locked until the transaction ends: places are given under it."""
    return Gathering.objects.select_for_update(no_key=True).get(pk=gathering.pk)


@transaction.atomic
def sign_up(gathering: Gathering, *, user: User) -> Attendee:
    """Give ``user`` the lowest free place or, when all are taken, the end of the waiting list.

    Safe to repeat: who holds a place or waits keeps it. The gathering's row stays locked while a
    place is chosen, so nobody races for the last one.

    Raises: GatheringOver when it was called off or its last meeting is over; NotInvited for a
    training to which the person was not invited.
    Source: R37.
    """
    held = lock_gathering(gathering)
    require_to_come(held)
    attendee = held.attendees.filter(user=user).first()
    if attendee is None and held.is_training:
        raise NotInvited
    if attendee is not None and attendee.answer in (Answer.COMING, Answer.WAITING):
        return attendee
    attendee = attendee or Attendee(gathering=held, user=user)
    _seat(held, attendee)
    attendee.why, attendee.answered_at = "", timezone.now()
    attendee.save()
    record_act("workshops.sign_up", attendee, by=user, to_state=attendee.answer)
    return attendee


@transaction.atomic
def decline(gathering: Gathering, *, user: User, why: str = "") -> Attendee:
    """Say that one does not come, or does not come after all; the first who waits moves up.

    Safe to repeat.

    Raises: GatheringOver; NotInvited when the person was neither invited nor signed up.
    Source: R37.
    """
    held = lock_gathering(gathering)
    require_to_come(held)
    attendee = held.attendees.filter(user=user).first()
    if attendee is None:
        raise NotInvited
    if attendee.answer == Answer.DECLINED:
        return attendee
    before, attendee.answer = attendee.answer, Answer.DECLINED
    attendee.place = attendee.waiting = None
    attendee.why, attendee.answered_at = why.strip()[:200], timezone.now()
    attendee.save()
    record_act("workshops.decline", attendee, by=user, from_state=before, to_state=attendee.answer)
    move_up(held)
    return attendee


def move_up(held: Gathering) -> int:
    """Give every free place to who waits longest, and tell them. The caller holds the lock.

    Returns: persons who moved up.
    """
    moved = 0
    while (first := held.attendees.exclude(waiting=None).order_by("waiting").first()) and (
        place := lowest_free_place(held)
    ):
        first.answer, first.place, first.waiting = Answer.COMING, place, None
        first.save()
        record_act(
            "workshops.move_up", first, by=None, from_state=Answer.WAITING, to_state=Answer.COMING
        )
        _tell_moved_up(held, first)
        moved += 1
    return moved


def lowest_free_place(held: Gathering) -> int | None:
    """None when every place is taken."""
    taken = set(held.attendees.exclude(place=None).values_list("place", flat=True))
    limit = held.capacity or len(taken) + 1
    return next((place for place in range(1, limit + 1) if place not in taken), None)


def require_to_come(held: Gathering) -> None:
    """Raises: GatheringOver when it was called off or its last meeting is over."""
    ends_at = Meeting.objects.filter(gathering=held).aggregate(last=Max("ends_at"))["last"]
    if not held.holds or ends_at <= timezone.now():
        raise GatheringOver


def _seat(held: Gathering, attendee: Attendee) -> None:
    place = lowest_free_place(held)
    if place is not None:
        attendee.answer, attendee.place = Answer.COMING, place
        return
    last = held.attendees.aggregate(last=Max("waiting"))["last"] or 0
    attendee.answer, attendee.waiting = Answer.WAITING, last + 1


def _tell_moved_up(held: Gathering, attendee: Attendee) -> None:
    notify(
        [attendee.user_id],
        "workshops.moved_up",
        {"title": held.title, "place": attendee.place},
        reverse("workshops:gathering", args=[held.pk]),
        key=f"workshops.moved_up:{attendee.pk}:{attendee.answered_at.timestamp()}",
    )
