"""Who may ask for what about hours, credits and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from credits.enums import AwardState, DisputeState, RegistrationState
from credits.models import (
    Certificate,
    HourDispute,
    LedgerEntry,
    ManualAward,
    Registration,
)
from credits.models.scope import OFFICERS, READERS, reviewing_unit
from organisations.enums import Level

if TYPE_CHECKING:
    from organisations.models import Organisation

SCHOOL_ROLES = (*OFFICERS, Role.PRINCIPAL)


def officer_paths(user: User) -> list[str]:
    """Subtrees that the user administers from county level or above."""
    return [
        appointment.organisation.path
        for appointment in user.current_appointments
        if appointment.role in OFFICERS and appointment.organisation.level <= Level.COUNTY
    ]


def serves_units(user: User, *units: Organisation) -> bool:
    """An officer of one of ``units`` or of something above it, county level or higher."""
    paths = officer_paths(user)
    return any(unit.path.startswith(path) for unit in units for path in paths)


def can_read_hours_of(user: User, person: User) -> bool:
    """One's own hours, and those of the people whose hours one reads."""
    if user.pk == person.pk:
        return True
    school = person.school
    return school is not None and (
        user.serves(READERS, school) or user.serves(READERS, reviewing_unit(school))
    )


def can_open_desk(user: User) -> bool:
    """Whoever reads hours in some subtree has the desk of awards, disputes and credits."""
    return bool(user.appointed_paths(*READERS))


# Ledger


def can_reverse(user: User, entry: LedgerEntry) -> bool:
    """The county or above takes hours back, never one's own."""
    school = entry.user.school
    if user.pk == entry.user_id or school is None or entry.reverses_id is not None:
        return False
    return serves_units(user, school, reviewing_unit(school))


# Manual awards


def can_propose_awards(user: User) -> bool:
    return bool(officer_paths(user) or user.appointed_paths(Role.PRINCIPAL))


def can_propose_award_for(user: User, person: User) -> bool:
    """The principal, or the county and above; never for oneself."""
    school = person.school
    if user.pk == person.pk or school is None:
        return False
    is_principal = user.serves(Role.PRINCIPAL, school)
    return is_principal or serves_units(user, school, reviewing_unit(school))


def can_decide_award(user: User, award: ManualAward) -> bool:
    """A second person of the county or above."""
    if user.pk in (award.user_id, award.proposed_by_id) or award.state != AwardState.PROPOSED:
        return False
    return serves_units(user, award.school, award.county)


def can_withdraw_award(user: User, award: ManualAward) -> bool:
    return user.pk == award.proposed_by_id and award.state == AwardState.PROPOSED


# Hour disputes


def can_answer_dispute(user: User, dispute: HourDispute) -> bool:
    """An officer of the unit that owes the answer, or of one above it."""
    is_open = dispute.state == DisputeState.OPEN
    return is_open and user.pk != dispute.user_id and serves_units(user, dispute.handler)


def can_go_up(user: User, dispute: HourDispute) -> bool:
    """The teacher goes one level up, once an answer came or its day has passed."""
    waits = dispute.state == DisputeState.ANSWERED or dispute.is_overdue
    return user.pk == dispute.user_id and waits and dispute.handler.parent_id is not None


def can_accept_answer(user: User, dispute: HourDispute) -> bool:
    return user.pk == dispute.user_id and dispute.state == DisputeState.ANSWERED


def can_withdraw_dispute(user: User, dispute: HourDispute) -> bool:
    return user.pk == dispute.user_id and dispute.state == DisputeState.OPEN


# Registrations


def confirmable_by(user: User) -> QuerySet[Registration]:
    """What waits for the school and may be confirmed by ``user``: nobody's own."""
    return _waiting(user, RegistrationState.PROPOSED, user.appointed_paths(*SCHOOL_ROLES))


def registrable_by(user: User) -> QuerySet[Registration]:
    """What waits for the county and may be registered by ``user``: nobody's own, and none
    that ``user`` has confirmed."""
    waiting = _waiting(user, RegistrationState.CONFIRMED, officer_paths(user))
    return waiting.exclude(confirmed_by=user)


def can_confirm_any(user: User) -> bool:
    return bool(user.appointed_paths(*SCHOOL_ROLES))


def can_register_any(user: User) -> bool:
    return bool(officer_paths(user))


def can_return_registration(user: User, registration: Registration) -> bool:
    """Whoever has the next step may give it back instead."""
    if user.pk == registration.user_id:
        return False
    if registration.state == RegistrationState.PROPOSED:
        units = (registration.school, registration.county)
        return any(user.serves(SCHOOL_ROLES, unit) for unit in units)
    is_waiting = registration.state == RegistrationState.CONFIRMED
    return is_waiting and serves_units(user, registration.school, registration.county)


def can_propose_again(user: User, registration: Registration) -> bool:
    units = (registration.school, registration.county)
    is_returned = registration.state == RegistrationState.RETURNED
    return is_returned and any(user.serves(SCHOOL_ROLES, unit) for unit in units)


def can_revoke(user: User, registration: Registration) -> bool:
    """The county or above, never one's own."""
    if user.pk == registration.user_id or registration.state != RegistrationState.REGISTERED:
        return False
    return serves_units(user, registration.school, registration.county)


def can_revoke_certificate(user: User, certificate: Certificate) -> bool:
    return can_revoke(user, certificate.registration)


def _waiting(user: User, state: str, paths: list[str]) -> QuerySet[Registration]:
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(school__path__startswith=path) | Q(county__path__startswith=path)
    return Registration.objects.filter(within, state=state).exclude(user=user)
