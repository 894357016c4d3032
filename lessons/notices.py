"""What the inbox says about lessons."""

from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText

NOTICES = {
    "lessons.begun_for_you": NoticeText(
        title=_("%(by)s has begun a lesson for you: check it and complete it."),
    ),
    "lessons.shown": NoticeText(
        title=_("Your lesson “%(title)s” is shown in your school."),
        body=_("%(by)s opened it to your colleagues, who can watch and comment."),
    ),
    "lessons.proposed": NoticeText(
        title=_("Your lesson “%(title)s” is proposed to the school."),
    ),
    "lessons.given_back": NoticeText(
        title=_("Your lesson “%(title)s” came back: read why, revise it, propose it again."),
        body="%(why)s",
    ),
    "lessons.chosen": NoticeText(
        title=_("The school has chosen your lesson “%(title)s”."),
        body=_("It is now the school's entry for the level above."),
    ),
    "lessons.withdrawn": NoticeText(
        title=_("Your lesson “%(title)s” was withdrawn."),
        body="%(why)s",
    ),
    "lessons.review_received": NoticeText(
        title=_("There is a new review of your lesson “%(title)s”."),
    ),
    "lessons.review_answered": NoticeText(
        title=_("The author of a lesson has answered your review."),
    ),
    "lessons.released": NoticeText(
        title=_("The lesson “%(title)s” is open to the public."),
    ),
    "lessons.release_withdrawn": NoticeText(
        title=_("The lesson “%(title)s” is no longer open to the public."),
        body="%(why)s",
    ),
}
