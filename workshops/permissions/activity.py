"""Who sees the activity of which unit."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from organisations.enums import Level
from organisations.models import Organisation
from workshops.models.workshop import READERS
from workshops.permissions.seats import OFFICERS


def can_see_activity(user: Any, unit: Organisation) -> bool:
    """Officers and auditors of a unit and above; a school's principal the own school's numbers."""
    roles = (*READERS, Role.PRINCIPAL) if unit.level == Level.SCHOOL else READERS
    return user.is_authenticated and user.serves(roles, unit)


def can_export_activity(user: Any, unit: Organisation) -> bool:
    """Officers take the figures of a unit above the schools out to Excel."""
    return unit.level < Level.SCHOOL and user.is_authenticated and user.serves(OFFICERS, unit)


def activity_unit_of(user: Any) -> Organisation | None:
    """The highest unit whose activity the user sees; None for everybody else."""
    held = [
        one.organisation
        for one in user.current_appointments
        if can_see_activity(user, one.organisation)
    ]
    return min(held, key=lambda unit: (unit.level, unit.pk), default=None)
