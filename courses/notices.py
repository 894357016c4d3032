"""What the inbox says about courses."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText

NOTICES = {
    "courses.further_attempt_asked": NoticeText(
        title=_("A teacher has used every attempt at “%(course)s” and asks for a further one."),
    ),
    "courses.further_attempt_granted": NoticeText(
        title=_("You have one further attempt at the test of “%(course)s”."),
        body=_("Reason: %(reason)s"),
    ),
    "courses.further_attempt_refused": NoticeText(
        title=_("A further attempt at the test of “%(course)s” was refused."),
        body=_("Reason: %(reason)s"),
    ),
    "courses.homework_accepted": NoticeText(
        title=_("Your homework for “%(course)s” is accepted."),
    ),
    "courses.homework_returned": NoticeText(
        title=_("Your homework for “%(course)s” came back: read why, revise, hand it in again."),
    ),
}
