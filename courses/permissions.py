"""Who may study, choose and see what."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from accounts.models import User
from courses.enums import CourseState
from courses.models import Course, FurtherAttempt, Module, Submission
from courses.policy import ATTEMPT_OFFICERS
from courses.queries.lines import line_of
from organisations.enums import Level
from organisations.models import Organisation
from programmes.models import Enrolment, Programme
from programmes.queries import current_place

MODULES = "courses.module"
"""The audience of a module's video; its key is the module's number."""


def can_study(
    user: User,
    course: Course,
    programme: Programme | None = None,
    enrolment: Enrolment | None = None,
) -> bool:
    """Whether the course is the person's own and its study has begun.

    After the window's end one may go on studying, without hours (R21, A6).
    """
    if programme is None:
        programme, enrolment = current_place(user)
    line = line_of(user, course, programme, enrolment) if programme else None
    return line is not None and line.state not in (CourseState.NOT_OPEN, CourseState.CLOSED)


def studies_module(user: Any, key: str) -> bool:
    """The audience ``MODULES``: who may study the module with this number at this moment."""
    if not user.is_authenticated or not key.isdecimal():
        return False
    module = Module.objects.filter(pk=key, is_open=True).select_related("course").first()
    return module is not None and can_study(user, module.course)


def can_choose_topics(user: User, school: Organisation) -> bool:
    """The school's principal, or who administers the school from above (R16)."""
    return user.serves((Role.PRINCIPAL, Role.ADMINISTRATOR), school)


def can_see_supply(user: User) -> bool:
    """Officers and editors, who build the supply; no personal data is in it (R14, R15)."""
    roles = (Role.PROJECT_OFFICER, Role.ADMINISTRATOR, Role.EDITOR)
    return bool(user.appointed_paths(*roles))


def can_mark(user: User, submission: Submission) -> bool:
    """A marker of the teacher's school or of a unit above it, never one's own work."""
    school = submission.user.school
    return submission.user_id != user.pk and school is not None and user.serves(Role.MARKER, school)


def can_open_further_attempts(user: User) -> bool:
    """Administrators and project officers of a county or above have the desk."""
    return any(
        one.role in ATTEMPT_OFFICERS and one.organisation.level <= Level.COUNTY
        for one in user.current_appointments
    )


def can_decide_further_attempt(user: User, further: FurtherAttempt) -> bool:
    """An office above the teacher's school, the one acting as its county included (A15).

    Never the teacher; not the school either, whose own figures a pass would mend.
    """
    school = further.enrolment.school
    return user.pk != further.asked_by_id and any(
        one.role in ATTEMPT_OFFICERS
        and one.organisation.level <= Level.COUNTY
        and (
            school.path.startswith(one.organisation.path)
            or school.acting_county_id == one.organisation_id
        )
        for one in user.current_appointments
    )


def can_edit_questions(user: User) -> bool:
    """Editors and the project office: nobody who could also sit the test for others."""
    return bool(user.appointed_paths(Role.EDITOR, Role.PROJECT_OFFICER))
