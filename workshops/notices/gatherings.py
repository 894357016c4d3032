"""What the inbox says about trainings and seminars."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.wording import moment
from notifications.domain.texts import NoticeText, last_day_in_words


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
    "workshops.lesson_call_asked": NoticeText(
        title=_("%(school)s asks for guidance on a lesson: %(title)s"),
        body=_("Accept the call, write your advice, and say when you come."),
    ),
    "workshops.lesson_call_accepted": NoticeText(
        title=_("%(name)s guides you on “%(title)s”."),
    ),
    "workshops.lesson_call_returned": NoticeText(
        title=_("%(name)s gave your call on “%(title)s” back; the other hosts see it."),
    ),
    "workshops.lesson_call_visit": NoticeText(
        title=_("The host comes for “%(title)s” on %(day)s."),
        prepare=last_day_in_words,
    ),
    "workshops.lesson_call_word": NoticeText(
        title=_("%(name)s wrote on the lesson “%(title)s”."),
    ),
    "workshops.lesson_call_done": NoticeText(
        title=_("The guidance on “%(title)s” is complete; read what came of it."),
    ),
    "workshops.lesson_call_withdrawn": NoticeText(
        title=_("%(school)s withdrew its call on “%(title)s”."),
    ),
    "workshops.grouped": NoticeText(
        title=_("You belong to the study group “%(group)s” of your school."),
        body=_("Read its plan and take part; it gives no hours of the year's study."),
    ),
}
