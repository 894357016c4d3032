"""Who may ask what about people. Rights are today's appointments, nothing else (R62)."""

from __future__ import annotations

from accounts.enums import PEOPLE_KEEPERS, PEOPLE_READERS, Role
from accounts.models import Appointment, User
from organisations.enums import Level
from organisations.models import Organisation

GRANTS: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.PROJECT_OFFICER: frozenset(
        {Role.PROJECT_OFFICER, Role.PRINCIPAL, Role.EDITOR, Role.MARKER}
    ),
    Role.PRINCIPAL: frozenset({Role.MARKER}),
}


def can_open_people(user: User) -> bool:
    """Administrators, project officers, principals and auditors work with lists of people."""
    return bool(user.appointed_paths(*PEOPLE_READERS))


def can_manage_people(user: User, organisation: Organisation) -> bool:
    """Enter people at ``organisation`` and hand out its activation codes."""
    return user.serves(PEOPLE_KEEPERS, organisation)


def can_read_phones(user: User, person: User) -> bool:
    """See a phone number in full: oneself, and those who keep the person's record."""
    return user.pk == person.pk or can_change_person(user, person)


def can_change_person(user: User, person: User) -> bool:
    """Change, move or deactivate a person, or hand out a way to their password.

    The person's unit lies in the user's reach, and so does every appointment of the person:
    whoever can set another's password can be that other. Nobody does it to themselves.
    """
    if user.pk == person.pk:
        return False
    standing = person.standing_appointments
    if not all(can_appoint(user, one.role, one.organisation) for one in standing):
        return False
    if person.school:
        return can_manage_people(user, person.school)
    return bool(standing) or _serves_the_province(user)


def can_move_person(user: User, person: User, school: Organisation) -> bool:
    """Move a person: the user keeps the record now, and would keep it there."""
    return can_change_person(user, person) and can_manage_people(user, school)


def can_appoint(user: User, role: str, organisation: Organisation) -> bool:
    """Give or end ``role`` at ``organisation``: only what one's own role grants, at or below."""
    granting = [mine for mine, given in GRANTS.items() if role in given]
    return user.serves(granting, organisation)


def can_appoint_anyone(user: User, organisation: Organisation) -> list[str]:
    """The roles the user may give at ``organisation``."""
    return [role for role in Role.values if can_appoint(user, role, organisation)]


def can_end_appointment(user: User, appointment: Appointment) -> bool:
    """End an appointment that one could have given, but not one's own."""
    return appointment.user_id != user.pk and can_appoint(
        user, appointment.role, appointment.organisation
    )


def _serves_the_province(user: User) -> bool:
    """Somebody who belongs nowhere belongs to the province's administrators."""
    return any(
        one.role == Role.ADMINISTRATOR and one.organisation.level == Level.PROVINCE
        for one in user.current_appointments
    )
