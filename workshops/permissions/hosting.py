"""Who may call for hosts, volunteer, recommend, select; who sends and reviews a list (R34, R35)."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from organisations.enums import Level
from organisations.models import Organisation
from workshops.models import HostApplication, HostCall, ListVersion
from workshops.models.workshop import READERS
from workshops.permissions.seats import OFFICERS
from workshops.queries.host_lists import reviewing_unit


def calling_office(user: Any) -> Organisation | None:
    """The province for which the user opens calls and selects; None for everybody else."""
    held = [one.organisation for one in user.current_appointments if one.role in OFFICERS]
    return next((unit for unit in held if unit.level == Level.PROVINCE), None)


def can_select(user: Any, call: HostCall) -> bool:
    """The officers of the province that called."""
    return user.is_authenticated and user.serves(OFFICERS, call.organisation)


def can_volunteer(user: Any) -> bool:
    """Whoever belongs to a school, which then has its say."""
    return user.is_authenticated and user.school_id is not None


def has_a_say(user: Any) -> bool:
    """Principals, and the administrators of counties: they recommend volunteers."""
    return user.is_authenticated and any(
        one.role == Role.PRINCIPAL
        or (one.role == Role.ADMINISTRATOR and one.organisation.level == Level.COUNTY)
        for one in user.current_appointments
    )


def can_recommend(user: Any, application: HostApplication) -> bool:
    """The volunteer's own unit or its county, never the volunteer."""
    mine = HostApplication.objects.recommended_by(user)
    return user.is_authenticated and mine.filter(pk=application.pk).exists()


def can_keep_list(user: Any, unit: Organisation) -> bool:
    """A city's or county's own officers send its list; nobody above does it for them."""
    return unit.level in (Level.CITY, Level.COUNTY) and _is_officer_of(user, unit)


def can_review_list(user: Any, version: ListVersion) -> bool:
    """The officers of the very unit for which the list waits: no level is skipped."""
    unit = reviewing_unit(version)
    return unit is not None and _is_officer_of(user, unit)


def can_see_list(user: Any, unit: Organisation) -> bool:
    """The unit's officers and auditors, and those above it."""
    return unit.level in (Level.CITY, Level.COUNTY) and user.serves(READERS, unit)


def overseen_unit(user: Any) -> Organisation | None:
    """The city or province whose units' lists the user looks at; None below."""
    held = [
        one.organisation
        for one in user.current_appointments
        if one.role in READERS and one.organisation.level < Level.COUNTY
    ]
    return min(held, key=lambda unit: (unit.level, unit.pk), default=None)


def listing_unit(user: Any) -> Organisation | None:
    """The city or county whose own list the user sends or audits."""
    held = [
        one.organisation
        for one in user.current_appointments
        if one.role in READERS and one.organisation.level in (Level.CITY, Level.COUNTY)
    ]
    return min(held, key=lambda unit: (unit.level, unit.pk), default=None)


def can_remind(user: Any, unit: Organisation) -> bool:
    """The officers of the unit above."""
    return unit.level < Level.COUNTY and _is_officer_of(user, unit)


def _is_officer_of(user: Any, unit: Organisation) -> bool:
    return user.is_authenticated and any(
        one.role in OFFICERS and one.organisation_id == unit.pk for one in user.current_appointments
    )
