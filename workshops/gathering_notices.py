"""What the inbox says about trainings and seminars."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.wording import moment
from notifications.domain.texts import NoticeText


def moment_in_words(parameters: dict[str, Any]) -> dict[str, str]:
    """``prepare``: the stored moment ``at`` as ``moment``, in the reader's words."""
    return {"moment": moment(datetime.fromisoformat(parameters["at"]))}


GATHERING_NOTICES = {
    "workshops.training": NoticeText(
        title=_("You are invited to the training “%(title)s” on %(moment)s."),
        body=_("Say whether you come; there you check in by the code on the screen."),
        prepare=moment_in_words,
    ),
    "workshops.seminar": NoticeText(
        title=_("Seminar of %(workshop)s on %(moment)s: %(title)s"),
        body=_("Sign up while there are places; after that you wait and move up."),
        prepare=moment_in_words,
        optional=_("Seminars of my workshops"),
    ),
    "workshops.moved_up": NoticeText(
        title=_("You moved up: you have place %(place)s at “%(title)s”."),
        body=_("If you cannot come after all, give the place to the next."),
    ),
    "workshops.gathering_moved": NoticeText(
        title=_("“%(title)s” is now on %(moment)s, at %(place)s."),
        prepare=moment_in_words,
    ),
    "workshops.gathering_cancelled": NoticeText(
        title=_("“%(title)s” was called off: %(why)s"),
    ),
}
