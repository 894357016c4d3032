"""The host's side of a call: accepting, a day for the visit, the outcome."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.domain.lesson_calls.moving import lock_call, move_call
from workshops.enums.gatherings import LessonCallState
from workshops.errors.gatherings import LessonCallMoved, VisitInThePast
from workshops.errors.talk import TextMissing
from workshops.models import LessonCall

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def accept_call(call: LessonCall, *, by: User) -> LessonCall:
    """Take the call on. Its row is locked, so that of two hosts one takes it.

    Safe to repeat for who has taken it.

    Raises: LessonCallMoved when another host has it or the school withdrew it.
    Source: R40.
    """
    held = lock_call(call)
    if held.state == LessonCallState.ACCEPTED and held.host_id == by.pk:
        return held
    held = move_call(call, LessonCallState.ACCEPTED, by=by)
    held.host = by
    held.save()
    _tell_school(held, "workshops.lesson_call_accepted", {"name": by.real_name})
    return held


@transaction.atomic
def give_back_call(call: LessonCall, *, by: User) -> LessonCall:
    """Let another host of the workshop take it.

    Raises: LessonCallMoved.
    """
    held = move_call(call, LessonCallState.ASKED, by=by)
    held.host = held.visit_on = None
    held.save()
    _tell_school(held, "workshops.lesson_call_returned", {"name": by.real_name})
    return held


@transaction.atomic
def set_visit(call: LessonCall, visit_on: date, *, by: User) -> LessonCall:
    """Say on which day the host comes; the school is told.

    Raises: VisitInThePast; LessonCallMoved while nobody has taken it or when it is over.
    """
    if visit_on < timezone.localdate():
        raise VisitInThePast
    held = lock_call(call)
    if held.state != LessonCallState.ACCEPTED:
        raise LessonCallMoved
    before, held.visit_on = held.visit_on, visit_on
    held.save()
    record_act("workshops.set_visit", held, by=by, from_state=str(before or ""))
    _tell_school(held, "workshops.lesson_call_visit", {"last_day": visit_on.isoformat()})
    return held


@transaction.atomic
def finish_call(call: LessonCall, outcome: str, *, by: User) -> LessonCall:
    """Write down what came of it; the call is over.

    Raises: TextMissing; LessonCallMoved.
    Source: R40.
    """
    if not outcome.strip():
        raise TextMissing
    held = move_call(call, LessonCallState.DONE, by=by)
    held.outcome = outcome.strip()
    held.save()
    _tell_school(held, "workshops.lesson_call_done", {"name": by.real_name})
    return held


def _tell_school(call: LessonCall, kind: str, words: dict[str, str]) -> None:
    notify(
        [call.asked_by_id],
        kind,
        {"title": call.title} | words,
        reverse("workshops:lesson_call", args=[call.pk]),
        key=f"{kind}:{call.pk}:{timezone.now().timestamp()}",
    )
