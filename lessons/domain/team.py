"""Who worked on a lesson beside its main teacher (A14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core.domain.audit import record_act
from lessons.domain.lessons import locked_open_lesson
from lessons.enums import TeamRole
from lessons.errors import MemberRefused
from lessons.models import Lesson, LessonMember

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def add_member(lesson: Lesson, person: User, role: str, *, by: User) -> LessonMember:
    """Name somebody in the team, or give the person another role in it.

    Raises: MemberRefused for the teacher; LessonLocked, LessonBarred.
    """
    lesson = locked_open_lesson(lesson)
    if person.pk == lesson.teacher_id:
        raise MemberRefused(name=person.real_name)
    member, _new = LessonMember.objects.update_or_create(
        lesson=lesson, user=person, defaults={"role": TeamRole(role)}
    )
    record_act("lesson.member", lesson, by=by, to_state=f"{person.pk} {role}")
    return member


@transaction.atomic
def remove_member(member: LessonMember, *, by: User) -> None:
    """Take somebody out of the team. Raises: LessonLocked, LessonBarred."""
    lesson = locked_open_lesson(member.lesson)
    record_act("lesson.member_out", lesson, by=by, from_state=f"{member.user_id} {member.role}")
    member.delete()
