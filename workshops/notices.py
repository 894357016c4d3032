"""What the inbox says about workshops."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText

NOTICES = {
    "workshops.appointed": NoticeText(
        title=_("You are appointed host of “%(workshop)s”."),
        body=_("Open it to see its members, invite colleagues and begin its guide."),
    ),
    "workshops.placed": NoticeText(
        title=_("You have a seat in a workshop of %(place)s: seat %(seat)s."),
        body=_("Your colleagues of the same subject learn there with you."),
    ),
    "workshops.room_opened": NoticeText(
        title=_("All seats were taken, so “%(workshop)s” was opened."),
        body=_("New members go there; you host it, too, and may move members between the two."),
    ),
}
