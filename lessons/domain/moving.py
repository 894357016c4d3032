"""The school life of a lesson: shown, proposed, chosen, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from lessons.domain.audience import close_audience, show_in_school
from lessons.domain.completeness import blocking, in_words, missing_of
from lessons.domain.releases import close_release
from lessons.enums import NEXT_STATES, LessonState
from lessons.errors import (
    LessonBarred,
    LessonIncomplete,
    NotForContests,
    OneLessonPerTeacher,
    OwnLesson,
    StepNotPossible,
    WhyMissing,
)
from lessons.models import Lesson
from lessons.policy import SHORTEST_REASON
from lessons.signals import lesson_moved
from notifications.domain.notify import notify
from programmes.domain.person_types import may_enter_contests
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import enrolment_of

if TYPE_CHECKING:
    from accounts.models import User

NEEDS_COMPLETE = (LessonState.SHOWN, LessonState.PROPOSED, LessonState.CHOSEN)
ONE_CHOSEN = "lesson_one_chosen_per_teacher_and_programme"


@transaction.atomic
def move_lesson(lesson: Lesson, state: str, *, by: User, why: str = "") -> Lesson:
    """Take the lesson to ``state``, write who did it, tell the teacher, open or close it.

    Safe to repeat: a lesson that is there already stays. The lesson's row is locked; that a
    teacher has one chosen lesson a year is the database's own rule (R51).

    Raises: StepNotPossible; LessonIncomplete; LessonBarred; WhyMissing when a proposed lesson
    is given back or a chosen one withdrawn without a reason; OwnLesson, NotForContests,
    OneLessonPerTeacher when it cannot be chosen.
    Source: R41, R42, R51, R56, A10, A14.
    """
    held = Lesson.objects.select_for_update(no_key=True, of=("self",))
    lesson = held.select_related("teacher", "school", "programme").get(pk=lesson.pk)
    before, state, why = LessonState(lesson.state), LessonState(state), why.strip()
    if state == before:
        return lesson
    _check_step(lesson, before, state, by=by, why=why)
    lesson.state, lesson.moved_at = state, timezone.now()
    _save(lesson)
    record_act("lesson.move", lesson, by=by, from_state=before, to_state=state, why=why)
    if state == LessonState.SHOWN:
        show_in_school(lesson, by=by)
    if state == LessonState.WITHDRAWN:
        close_audience(lesson, by=by)
        close_release(lesson, by=by, why=why)
    _tell(lesson, before, by=by, why=why)
    lesson_moved.send(Lesson, lesson=lesson, from_state=before)
    return lesson


def _check_step(
    lesson: Lesson, before: LessonState, state: LessonState, *, by: User, why: str
) -> None:
    if state not in NEXT_STATES[before]:
        raise StepNotPossible(state=before.label)
    if lesson.barred_at and state != LessonState.WITHDRAWN:
        raise LessonBarred
    if _needs_reason(lesson, before, state, by) and len(why) < SHORTEST_REASON:
        raise WhyMissing
    if state in NEEDS_COMPLETE and before != LessonState.PROPOSED:
        _check_complete(lesson, state)
    if state == LessonState.CHOSEN:
        _check_may_be_chosen(lesson, by)


def _needs_reason(lesson: Lesson, before: LessonState, state: LessonState, by: User) -> bool:
    """Giving back and taking away need a reason, unless a draft's own teacher does it."""
    if state == LessonState.WITHDRAWN:
        return before == LessonState.CHOSEN or by.pk != lesson.teacher_id
    return (
        before == LessonState.PROPOSED
        and state == LessonState.SHOWN
        and (by.pk != lesson.teacher_id)
    )


def _check_complete(lesson: Lesson, state: LessonState) -> None:
    lacking = blocking(missing_of(lesson, rule_pack_of(lesson.programme)), state)
    if lacking:
        raise LessonIncomplete(missing=in_words(lacking))


def _check_may_be_chosen(lesson: Lesson, by: User) -> None:
    if by.pk == lesson.teacher_id:
        raise OwnLesson
    _check_complete(lesson, LessonState.CHOSEN)
    enrolment = enrolment_of(lesson.teacher, lesson.programme)
    if enrolment and not may_enter_contests(
        enrolment.person_type, opted_in=enrolment.contest_opt_in
    ):
        raise NotForContests(name=lesson.teacher.real_name)


def _save(lesson: Lesson) -> None:
    try:
        with transaction.atomic():
            lesson.save(update_fields=["state", "moved_at"])
    except IntegrityError as refused:
        if ONE_CHOSEN not in str(refused):
            raise
        other = Lesson.objects.filter(
            teacher=lesson.teacher_id, programme=lesson.programme_id, state=LessonState.CHOSEN
        ).first()
        raise OneLessonPerTeacher(
            name=lesson.teacher.real_name, title=other.title if other else ""
        ) from refused


def _tell(lesson: Lesson, before: LessonState, *, by: User, why: str) -> None:
    """The teacher learns what others did; nobody is told of the own act."""
    kind = {
        (LessonState.PROPOSED, LessonState.SHOWN): "lessons.given_back",
        (LessonState.PROPOSED, LessonState.CHOSEN): "lessons.chosen",
    }.get((before, LessonState(lesson.state)), f"lessons.{lesson.state}")
    if by.pk == lesson.teacher_id or kind == "lessons.draft":
        return
    notify(
        [lesson.teacher_id],
        kind,
        {"title": lesson.title, "by": by.real_name, "why": why},
        reverse("lessons:lesson", args=[lesson.pk]),
        urgent=kind in ("lessons.given_back", "lessons.withdrawn"),
    )
