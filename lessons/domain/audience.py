"""Who may watch a lesson beside those whose task it is: named persons, schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from lessons.models import Lesson, LessonViewer

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Organisation


def show_in_school(lesson: Lesson, *, by: User) -> LessonViewer:
    """Open the lesson to everybody of its school (R41). Safe to repeat."""
    return _name(lesson, by=by, organisation=lesson.school)


def name_viewer(lesson: Lesson, viewer: User, *, by: User) -> LessonViewer:
    """Let one person watch until somebody ends it. Safe to repeat."""
    return _name(lesson, by=by, user=viewer)


def name_school(lesson: Lesson, school: Organisation, *, by: User) -> LessonViewer:
    """Let everybody of ``school`` watch until somebody ends it. Safe to repeat."""
    return _name(lesson, by=by, organisation=school)


@transaction.atomic
def end_viewing(viewer: LessonViewer, *, by: User) -> None:
    """Close the lesson to the person or school from this moment on. Safe to repeat."""
    held = LessonViewer.objects.select_for_update(no_key=True).filter(pk=viewer.pk, ended_at=None)
    for row in held:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        record_act("lesson.viewer_ended", row.lesson, by=by, from_state=str(row))


def close_audience(lesson: Lesson, *, by: User | None) -> None:
    """Nobody named watches any more."""
    ended = lesson.viewers.filter(ended_at=None).update(ended_at=timezone.now())
    if ended:
        record_act("lesson.audience_closed", lesson, by=by, from_state=str(ended))


@transaction.atomic
def _name(lesson: Lesson, *, by: User, **whom: User | Organisation) -> LessonViewer:
    viewer, named = LessonViewer.objects.get_or_create(
        lesson=lesson, ended_at=None, **whom, defaults={"named_by": by}
    )
    if named:
        record_act("lesson.viewer_named", lesson, by=by, to_state=str(viewer))
    return viewer
