"""Who opens and leads study groups of a school (R21)."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from organisations.enums import Level
from organisations.models import Organisation
from workshops.models import Workshop
from workshops.permissions.seats import hosts

KEEPERS = (Role.PRINCIPAL, Role.ADMINISTRATOR)


def grouping_school(user: Any) -> Organisation | None:
    """The school that the user heads and for which the user opens groups."""
    held = (one for one in user.current_appointments if one.role in KEEPERS)
    return next((one.organisation for one in held if one.organisation.level == Level.SCHOOL), None)


def can_take_lead(user: Any, group: Workshop) -> bool:
    """Whoever heads the school; its county reads and leads nothing."""
    school = grouping_school(user)
    return group.is_group and school is not None and school.pk == group.organisation_id


def can_choose_people(user: Any, group: Workshop) -> bool:
    """Who leads the group, and whoever heads the school."""
    return group.is_group and (hosts(user, group) or can_take_lead(user, group))
