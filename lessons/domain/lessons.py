"""A lesson's form: begun, saved as often as one likes, never overwritten unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from core.wording import moment
from lessons.enums import Curriculum, LessonState, NodeKind
from lessons.errors import (
    LessonBarred,
    LessonChangedElsewhere,
    LessonLocked,
    NodeUnfit,
    TeacherElsewhere,
)
from lessons.models import CurriculumNode, Lesson
from notifications.domain.notify import notify
from programmes.queries import enrolment_of

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Organisation
    from programmes.models import Programme

OPEN_STATES = (LessonState.DRAFT, LessonState.SHOWN)
STATEMENTS = ("states_timetable", "states_genuine", "states_pupils")
FIELDS = (
    "curriculum",
    "stage",
    "subject",
    "node_id",
    "title",
    "summary",
    "class_name",
    "taught_on",
    "period",
    *STATEMENTS,
)


@transaction.atomic
def begin_lesson(*, teacher: User, school: Organisation, programme: Programme, by: User) -> Lesson:
    """An empty draft of ``teacher``; begun by the school, the teacher is told (R42, R43).

    Stage and subject are those of the teacher's enrolment, to be corrected in the form.
    Raises: TeacherElsewhere.
    """
    if teacher.school_id != school.pk:
        raise TeacherElsewhere(name=teacher.real_name)
    enrolment = enrolment_of(teacher, programme)
    lesson = Lesson.objects.create(
        programme=programme,
        teacher=teacher,
        school=school,
        stage=enrolment.stage if enrolment else "",
        subject=enrolment.subject if enrolment else "",
        created_by=by,
    )
    record_act("lesson.begin", lesson, by=by, to_state=lesson.state)
    if by.pk != teacher.pk:
        notify(
            [teacher.pk],
            "lessons.begun_for_you",
            {"by": by.real_name},
            reverse("lessons:edit", args=[lesson.pk]),
            key=f"lessons.begun:{lesson.pk}",
        )
    return lesson


@transaction.atomic
def save_lesson(lesson: Lesson, values: dict[str, Any], *, revision: int, by: User) -> Lesson:
    """Keep what the form holds, if it was opened at ``revision``, the newest.

    Safe to repeat: values that are on record already change nothing and refuse nothing.

    Raises: LessonLocked once it is proposed; LessonBarred; LessonChangedElsewhere when another
    window saved in between; NodeUnfit.
    Source: R41, R56, R57.
    """
    lesson = locked_open_lesson(lesson)
    values = _settled(values, lesson)
    changed = [name for name in FIELDS if name in values and values[name] != getattr(lesson, name)]
    if not changed:
        return lesson
    if revision != lesson.revision:
        raise LessonChangedElsewhere(at=moment(lesson.saved_at))
    for name in changed:
        setattr(lesson, name, values[name])
    if set(changed) & set(STATEMENTS):
        lesson.stated_at = timezone.now() if has_stated(lesson) else None
    lesson.revision += 1
    lesson.save()
    record_act("lesson.save", lesson, by=by, to_state=str(lesson.revision), why=" ".join(changed))
    return lesson


def has_stated(lesson: Lesson) -> bool:
    """Whether all that R56 and R57 ask to be said is said."""
    return all(getattr(lesson, name) for name in STATEMENTS)


def locked_open_lesson(lesson: Lesson) -> Lesson:
    """The lesson, held until the transaction ends.

    Raises: LessonLocked unless it may be changed now; LessonBarred after an upheld report.
    """
    held = Lesson.objects.select_for_update(no_key=True, of=("self",))
    lesson = held.select_related("teacher", "school", "programme").get(pk=lesson.pk)
    if lesson.barred_at:
        raise LessonBarred
    if lesson.state not in OPEN_STATES:
        raise LessonLocked(state=LessonState(lesson.state).label)
    return lesson


def _settled(values: dict[str, Any], lesson: Lesson) -> dict[str, Any]:
    """The values with what follows from them: a place answers stage and subject."""
    values = dict(values)
    if "node" in values:
        node = values.pop("node")
        values["node_id"] = node.pk if node else None
        if node is not None:
            _check_node(node, lesson)
            values |= {"stage": node.stage, "subject": node.subject}
            values["title"] = values.get("title", lesson.title) or node.title
    if values.get("curriculum") == Curriculum.SCHOOL_BASED:
        values["node_id"] = None  # what a school makes itself stands in no textbook
    return values


def _check_node(node: CurriculumNode, lesson: Lesson) -> None:
    if node.kind != NodeKind.LESSON or not (node.is_open or node.pk == lesson.node_id):
        raise NodeUnfit
