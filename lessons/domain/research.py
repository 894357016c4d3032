"""Research lessons (R4): noted with who was present, online or in the classroom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from lessons.enums import ObservationMode
from lessons.errors import (
    ObserverRefused,
    ResearchInFuture,
    ResearchLessonDoubled,
    ResearchLessonUnfit,
)
from lessons.models import Lesson, Observer, ResearchLesson
from lessons.policy import SCHOOL_YEAR_BEGINS
from notifications.domain.notify import notify

if TYPE_CHECKING:
    from accounts.models import User


def school_year_of(day: date) -> int:
    """The year in which the school year of ``day`` began: 2016 for May 2017."""
    return day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1


def note_research_lesson(
    *,
    teacher: User,
    title: str,
    class_name: str,
    held_on: date,
    period: int,
    by: User,
    lesson: Lesson | None = None,
) -> ResearchLesson:
    """Note that ``teacher`` gave a research lesson; ``lesson`` is its recording, if there is one.

    Raises: ResearchInFuture; ResearchLessonUnfit when ``lesson`` is somebody else's;
    ResearchLessonDoubled when one is noted for this day and period already.
    Source: R4.
    """
    if held_on > timezone.localdate():
        raise ResearchInFuture
    if lesson is not None and lesson.teacher_id != teacher.pk:
        raise ResearchLessonUnfit
    try:
        with transaction.atomic():
            research = ResearchLesson.objects.create(
                teacher=teacher,
                school_id=teacher.school_id,
                school_year=school_year_of(held_on),
                title=title,
                class_name=class_name,
                held_on=held_on,
                period=period,
                lesson=lesson,
                noted_by=by,
            )
            record_act("research.note", research, by=by, to_state=str(research.school_year))
            _tell(research, by=by)
    except IntegrityError as twice:
        raise ResearchLessonDoubled from twice
    return research


@transaction.atomic
def add_observer(research: ResearchLesson, person: User, mode: str, *, by: User) -> Observer:
    """Note that ``person`` was present. Safe to repeat; another mode replaces the first.

    Raises: ObserverRefused for the teacher.
    """
    if person.pk == research.teacher_id:
        raise ObserverRefused(name=person.real_name)
    observer, _new = Observer.objects.update_or_create(
        research=research, user=person, defaults={"mode": ObservationMode(mode)}
    )
    record_act("research.observer", research, by=by, to_state=f"{person.pk} {mode}")
    return observer


@transaction.atomic
def remove_observer(observer: Observer, *, by: User) -> None:
    """Take back that somebody was present."""
    record_act("research.observer_out", observer.research, by=by, from_state=str(observer.user_id))
    observer.delete()


@transaction.atomic
def remove_research_lesson(research: ResearchLesson, *, by: User) -> None:
    """Take back a note made by mistake, with its observers."""
    record_act("research.remove", research, by=by, from_state=research.title)
    research.delete()


def _tell(research: ResearchLesson, *, by: User) -> None:
    if by.pk != research.teacher_id:
        notify(
            [research.teacher_id],
            "lessons.research_noted",
            {"title": research.title, "by": by.real_name},
            reverse("lessons:research_lesson", args=[research.pk]),
            key=f"lessons.research:{research.pk}",
        )
