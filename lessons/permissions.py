"""Who may see, keep, choose and rule on a lesson. What may happen is in ``lessons.domain``."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from accounts.models import User
from lessons.models import Lesson
from lessons.queries.national import national_lines
from organisations.enums import Level
from organisations.models import Organisation
from programmes.queries import current_programme, enrolment_of

DESK_KEEPERS = (Role.PRINCIPAL, Role.ADMINISTRATOR)
NATIONAL = "lessons.national"
"""The audience of a national lesson; its key is the lesson's number."""

PROVINCE_ROLES = (Role.PROJECT_OFFICER, Role.ADMINISTRATOR)


def can_open(user: Any, lesson: Lesson) -> bool:
    """Whether the lesson's page and recording are open to the user (see ``visible_to``)."""
    return Lesson.objects.visible_to(user).filter(pk=lesson.pk).exists()


def can_keep(user: User, lesson: Lesson) -> bool:
    """Edit the lesson: its teacher, and the school on the teacher's behalf (R42, R43)."""
    return lesson.teacher_id == user.pk or can_keep_desk(user, lesson.school)


def can_keep_desk(user: User, school: Organisation) -> bool:
    """Run the school's lesson desk: the principal, or who administers the school from above."""
    return user.serves(DESK_KEEPERS, school)


def can_choose(user: User, lesson: Lesson) -> bool:
    """Choose for the school; nobody chooses the own lesson."""
    return lesson.teacher_id != user.pk and can_keep_desk(user, lesson.school)


def can_run_province(user: User) -> bool:
    """The project office and the province's administrators: national lessons and the draw."""
    return user.is_authenticated and any(
        appointment.role in PROVINCE_ROLES and appointment.organisation.level == Level.PROVINCE
        for appointment in user.current_appointments
    )


def studies_national(user: Any, key: str) -> bool:
    """The audience ``NATIONAL``: to whom the lesson is pushed at this moment, and the office."""
    if not user.is_authenticated or not key.isdecimal():
        return False
    if can_run_province(user):
        return True
    programme = current_programme()
    enrolment = enrolment_of(user, programme) if programme else None
    lines = national_lines(user, enrolment, programme) if enrolment else []
    return any(line.id == int(key) for line in lines)
