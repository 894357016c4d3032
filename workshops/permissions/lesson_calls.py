"""Who may call a host on a lesson, read the call and answer it (R40)."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from accounts.models import User
from organisations.enums import Level
from organisations.models import Organisation
from workshops.enums.gatherings import LessonCallState
from workshops.models import LessonCall
from workshops.permissions.seats import hosts

SCHOOL_KEEPERS = (Role.PRINCIPAL, Role.ADMINISTRATOR)


def calling_school(user: Any) -> Organisation | None:
    """The school for which the user calls: the own one, else the one that the user heads."""
    if not user.is_authenticated:
        return None
    if user.school_id is not None:
        return user.school
    held = (one for one in user.current_appointments if one.role in SCHOOL_KEEPERS)
    return next((one.organisation for one in held if one.organisation.level == Level.SCHOOL), None)


def can_see_call(user: Any, call: LessonCall) -> bool:
    if not user.is_authenticated:
        return False
    return LessonCall.objects.visible_to(user).filter(pk=call.pk).exists()


def keeps_call(user: User, call: LessonCall) -> bool:
    """The school's side: who asked, and whoever heads that school."""
    return call.asked_by_id == user.pk or user.serves(SCHOOL_KEEPERS, call.school)


def can_accept_call(user: User, call: LessonCall) -> bool:
    """A host of the workshop to which it was put; nobody guides the own lesson."""
    return call.asked_by_id != user.pk and hosts(user, call.workshop)


def guides_call(user: User, call: LessonCall) -> bool:
    """The host who took it on."""
    return call.state == LessonCallState.ACCEPTED and call.host_id == user.pk


def can_write_in_call(user: User, call: LessonCall) -> bool:
    """Both sides, while it is open; any host of the workshop may ask back before taking it on."""
    return call.is_open and (
        keeps_call(user, call) or guides_call(user, call) or can_accept_call(user, call)
    )
