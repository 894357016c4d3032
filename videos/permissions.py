"""Who may ask for what. What may happen is decided in ``videos.domain``."""

from typing import Any

from organisations.enums import Level
from videos.models.video import EDITING_ROLES

EDITING = "videos.editing"
"""The audience of those who look after the province's videos."""


def can_edit_videos(user: Any) -> bool:
    """The province's content editors, project officers and administrators."""
    return user.is_authenticated and any(
        appointment.role in EDITING_ROLES and appointment.organisation.level == Level.PROVINCE
        for appointment in user.current_appointments
    )


def edits_videos(user: Any, key: str) -> bool:
    """The audience ``EDITING`` as it is asked at each request; it has no key."""
    return can_edit_videos(user)
