"""What the inbox says about lessons."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import NoticeText, Parameters, last_day_in_words


def unfinished_in_words(parameters: dict[str, Any]) -> Parameters:
    """What is left and until when, naming only what is left."""
    left = []
    if reviews := parameters.get("reviews"):
        words = ngettext("%(count)s drawn review", "%(count)s drawn reviews", reviews)
        left.append(words % {"count": reviews})
    if national := parameters.get("national"):
        words = ngettext("%(count)s national lesson", "%(count)s national lessons", national)
        left.append(words % {"count": national})
    both = gettext("%(reviews)s and %(lessons)s")
    words = both % {"reviews": left[0], "lessons": left[1]} if len(left) == 2 else "".join(left)
    return {"left": words, **last_day_in_words(parameters)}


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
    "lessons.release_asked": NoticeText(
        title=_("%(school)s asks you to open the lesson “%(title)s” to the public."),
    ),
    "lessons.research_noted": NoticeText(
        title=_("%(by)s noted your research lesson “%(title)s”."),
    ),
    "lessons.report_filed": NoticeText(
        title=_("A lesson of %(school)s was reported: “%(title)s”."),
    ),
    "lessons.report_upheld": NoticeText(
        title=_("Your report about “%(title)s” was upheld."),
        body="%(why)s",
    ),
    "lessons.report_dismissed": NoticeText(
        title=_("Your report about “%(title)s” was not upheld."),
        body="%(why)s",
    ),
    "lessons.barred": NoticeText(
        title=_("A report about “%(title)s” (%(school)s) was upheld: it counts at no level."),
        body="%(why)s",
    ),
    "lessons.drawn": NoticeText(
        title=_("Your lessons to review are drawn: %(lessons)s lessons."),
        body=_("Everybody can check the draw; your receipt says how."),
    ),
    "lessons.draw_supplement": NoticeText(
        title=_("Your lessons to review have changed."),
        body=_("Supplement %(number)s of the draw says why; what you reviewed is kept."),
    ),
    "lessons.unfinished": NoticeText(
        title=_("Still to finish: %(left)s. Last day: %(day)s"),
        body=_("What is finished later gives no hours for this programme."),
        prepare=unfinished_in_words,
    ),
    "lessons.released": NoticeText(
        title=_("The lesson “%(title)s” is open to the public."),
    ),
    "lessons.release_withdrawn": NoticeText(
        title=_("The lesson “%(title)s” is no longer open to the public."),
        body="%(why)s",
    ),
}
