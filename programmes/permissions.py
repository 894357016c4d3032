"""Who may ask for what in the programme year."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import User
from organisations.enums import Level
from organisations.models import Organisation
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from programmes.models.enrolment import READERS, EnrolmentQuerySet

SCHOOL_ROLES = (Role.PRINCIPAL, Role.ADMINISTRATOR, Role.PROJECT_OFFICER)
COUNTY_ROLES = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)


def can_read_school_list(user: User, school: Organisation) -> bool:
    """The list of a school: its principal, its administrators above, auditors."""
    return user.serves(READERS, school) or _acts_for(user, school, READERS)


def can_enter_enrolments(user: User, school: Organisation) -> bool:
    """The school enters its people (R28); so may those who administer it."""
    return user.serves(SCHOOL_ROLES, school) or _acts_for(user, school, SCHOOL_ROLES)


def approving_paths(user: User) -> list[str]:
    """Subtrees whose enrolments the user may approve: appointments at county level or above."""
    return _paths(user, COUNTY_ROLES)


def reading_paths(user: User) -> list[str]:
    """Subtrees whose lists the user may read as a county, city or province."""
    return _paths(user, (*COUNTY_ROLES, Role.AUDITOR))


def can_see_approvals(user: User) -> bool:
    return bool(reading_paths(user))


def approvable_by(user: User) -> EnrolmentQuerySet:
    """The enrolments that the user may approve or return, nobody's own (A15 included)."""
    return Enrolment.objects.in_scope(approving_paths(user)).exclude(user=user)


def can_approve(user: User, enrolment: Enrolment) -> bool:
    """The county of the school, or whoever is above it; never for oneself."""
    if user.pk == enrolment.user_id:
        return False
    return _within(approving_paths(user), enrolment.school)


def can_correct(user: User, enrolment: Enrolment) -> bool:
    """Before approval the school; afterwards only those who may approve."""
    if can_approve(user, enrolment):
        return True
    approved = enrolment.state == EnrolmentState.APPROVED
    return not approved and can_enter_enrolments(user, enrolment.school)


def can_withdraw(user: User, enrolment: Enrolment) -> bool:
    return can_correct(user, enrolment)


def can_opt_into_contests(user: User, enrolment: Enrolment) -> bool:
    """The school decides (A10)."""
    return can_enter_enrolments(user, enrolment.school)


def may_receive(user: User, school: Organisation) -> bool:
    """Whether the user may move somebody to ``school``: it must lie in the user's scope too."""
    return can_enter_enrolments(user, school)


def can_set_calendar(user: User) -> bool:
    """The province's project officers and administrators keep the calendar of the year."""
    return any(
        appointment.role in COUNTY_ROLES and appointment.organisation.level == Level.PROVINCE
        for appointment in user.current_appointments
    )


def can_extend_phases(user: User) -> bool:
    """Whether the user administers anything above a school."""
    return bool(approving_paths(user))


def can_extend_phase_for(user: User, organisation: Organisation) -> bool:
    """An administrator or project officer of a superior; never of the unit itself."""
    return any(
        organisation.path.startswith(path) and organisation.path != path
        for path in approving_paths(user)
    )


def _paths(user: User, roles) -> list[str]:
    return [
        appointment.organisation.path
        for appointment in user.current_appointments
        if appointment.role in roles and appointment.organisation.level <= Level.COUNTY
    ]


def _within(paths: list[str], school: Organisation) -> bool:
    acting = school.acting_county
    return any(
        school.path.startswith(path) or (acting is not None and acting.path.startswith(path))
        for path in paths
    )


def _acts_for(user: User, school: Organisation, roles) -> bool:
    acting = school.acting_county
    return acting is not None and _within(_paths(user, roles), acting)
