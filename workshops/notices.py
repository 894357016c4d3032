"""What the inbox says about workshops."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText

NOTICES = {
    "workshops.room_opened": NoticeText(
        title=_("All seats were taken, so “%(workshop)s” was opened."),
        body=_("New members go there; you host it, too, and may move members between the two."),
    ),
}
