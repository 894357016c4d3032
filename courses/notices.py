"""What the inbox says about courses."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText

NOTICES = {
    "courses.homework_accepted": NoticeText(
        title=_("Your homework for “%(course)s” is accepted."),
    ),
    "courses.homework_returned": NoticeText(
        title=_("Your homework for “%(course)s” came back: read why, revise, hand it in again."),
    ),
}
