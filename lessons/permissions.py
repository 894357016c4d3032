"""Who may see, keep, choose and rule on a lesson. What may happen is in ``lessons.domain``."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from accounts.models import User
from lessons.enums import LessonState
from lessons.models import Lesson
from lessons.models.lesson import DESK_READERS
from lessons.queries.national import national_lines
from organisations.enums import Level
from organisations.models import Organisation
from programmes.queries import current_programme, enrolment_of

DESK_KEEPERS = (Role.PRINCIPAL, Role.ADMINISTRATOR)
NATIONAL = "lessons.national"
"""The audience of a national lesson; its key is the lesson's number."""

AUDIENCE = "lessons.lesson"
"""Whoever may open a lesson's page may watch its recording, and whoever is to review it; asked at
every request of a file."""
PROVINCE_ROLES = (Role.PROJECT_OFFICER, Role.ADMINISTRATOR)


def can_open(user: Any, lesson: Lesson) -> bool:
    """Whether the lesson's page and recording are open to the user (see ``visible_to``).

    What needs no look into the database is answered without one.
    """
    if user.is_authenticated and (
        user.pk in (lesson.teacher_id, lesson.created_by_id)
        or user.serves(Role.PRINCIPAL, lesson.school)
        or (lesson.state != LessonState.DRAFT and user.serves(DESK_READERS, lesson.school))
    ):
        return True
    return Lesson.objects.visible_to(user).filter(pk=lesson.pk).exists()


def audience_of(lesson_id: int) -> str:
    """What a signed address of the lesson's recording is bound to."""
    return f"{AUDIENCE}:{lesson_id}"


def may_watch(user: Any, key: str) -> bool:
    """The audience ``AUDIENCE``, as it is asked at each request."""
    return Lesson.objects.filter(pk=key).watchable_by(user).exists()


def may_have_original(user: Any, key: str) -> bool:
    """The recording as it came from the camera, for those who keep the lesson."""
    lesson = Lesson.objects.select_related("school").filter(pk=key).first()
    return lesson is not None and user.is_authenticated and can_keep(user, lesson)


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


def can_open_desk(user: Any) -> bool:
    """Whoever reads the lessons of at least one school by office."""
    return user.is_authenticated and bool(user.appointed_paths(*DESK_READERS))


def can_begin_for(user: User, school: Organisation) -> bool:
    """Begin a lesson on behalf of somebody of the school (R42, R43)."""
    return can_keep_desk(user, school)


def can_move(user: User, lesson: Lesson, state: str) -> bool:
    """Take the lesson to ``state``: its keepers, for the choice the school.

    A proposed lesson is taken back by its keepers, too; the school needs a reason.
    """
    if state == LessonState.CHOSEN:
        return can_choose(user, lesson)
    return can_keep(user, lesson)


def can_file_consent(user: User, lesson: Lesson) -> bool:
    """The school's own principal or administrator, who holds the pupils' consent on paper."""
    return any(
        appointment.role in DESK_KEEPERS and appointment.organisation_id == lesson.school_id
        for appointment in user.current_appointments
    )


def can_approve_release(user: User, lesson: Lesson) -> bool:
    """An officer of a level above the school (A15: also the unit that acts as its county)."""
    return serves_from_above(user, lesson.school)


def can_withdraw_release(user: User, lesson: Lesson) -> bool:
    """The teacher, the school and the level above, each alone."""
    return (
        lesson.teacher_id == user.pk
        or can_file_consent(user, lesson)
        or can_approve_release(user, lesson)
    )


def serves_from_above(user: User, school: Organisation) -> bool:
    """Administrators and project officers of the units above the school."""
    return any(
        appointment.role in PROVINCE_ROLES
        and appointment.organisation.level < Level.SCHOOL
        and (
            school.path.startswith(appointment.organisation.path)
            or school.acting_county_id == appointment.organisation_id
        )
        for appointment in user.current_appointments
    )


def can_report(user: Any, lesson: Lesson) -> bool:
    """Whoever may open the lesson reports under the own name; ask that before (R56)."""
    return user.is_authenticated and lesson.teacher_id != user.pk


def can_rule(user: Any) -> bool:
    """Rule on reports and hints: officers of a level above the schools."""
    return user.is_authenticated and any(
        appointment.role in PROVINCE_ROLES and appointment.organisation.level < Level.SCHOOL
        for appointment in user.current_appointments
    )


def can_keep_curriculum(user: Any) -> bool:
    """The project office and the province's administrators keep the tables of contents."""
    return can_run_province(user)


def can_answer_reviews(user: User, lesson: Lesson) -> bool:
    """The lesson's author, who reads, thanks and answers."""
    return lesson.teacher_id == user.pk


def can_read_reviews(user: User, lesson: Lesson) -> bool:
    """The author and the team, and who keeps the school's desk."""
    if can_keep(user, lesson):
        return True
    return lesson.members.filter(user=user).exists()


def can_comment(user: User, lesson: Lesson) -> bool:
    """Colleagues of the school while the lesson is shown, and those who keep it (R41)."""
    if can_keep(user, lesson):
        return True
    return (
        user.school_id is not None
        and lesson.viewers.filter(organisation_id=user.school_id, ended_at=None).exists()
    )


def can_push(user: User, city: Organisation) -> bool:
    """Push lessons of the city's schools to the province: its administrators (R46)."""
    return city.level == Level.CITY and user.serves(Role.ADMINISTRATOR, city)


def can_push_by_list(user: User, city: Organisation) -> bool:
    """The city's own administrators, who answer for the list that they send (R48)."""
    return any(
        appointment.role == Role.ADMINISTRATOR and appointment.organisation_id == city.pk
        for appointment in user.current_appointments
    )


def can_push_any(user: Any) -> bool:
    """Whether the user pushes for at least one city."""
    return user.is_authenticated and any(
        appointment.role == Role.ADMINISTRATOR and appointment.organisation.level <= Level.CITY
        for appointment in user.current_appointments
    )
