"""Who may see, lead and come to a training or seminar (R37)."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from organisations.enums import Level
from workshops.models import Gathering
from workshops.models.workshop import READERS
from workshops.permissions.seats import can_keep_office, can_run
from workshops.queries.standing import standing_of


def can_see_gathering(user: Any, gathering: Gathering) -> bool:
    """Whether a training or seminar is shown to the user (see ``visible_to``)."""
    if not user.is_authenticated:
        return False
    return Gathering.objects.visible_to(user).filter(pk=gathering.pk).exists()


def can_lead(user: Any, gathering: Gathering) -> bool:
    """Move, call off, keep the list: a training's own office; a seminar's hosts and office."""
    if gathering.is_training:
        return can_keep_office(user, gathering.organisation)
    return can_run(user, gathering.workshop)


def can_come(user: User, gathering: Gathering) -> bool:
    """Sign up: hosts who are invited to a training; people of the seminar's workshop."""
    if gathering.is_training:
        return gathering.attendees.filter(user=user).exists()
    standing = standing_of(user, gathering.workshop)
    return standing.member or standing.host


def can_read_priority(user: Any) -> bool:
    """The province's officers and auditors; everybody else sees the own place only (R68)."""
    return user.is_authenticated and any(
        one.role in READERS and one.organisation.level == Level.PROVINCE
        for one in user.current_appointments
    )
