"""What the inbox says about courses."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.wording import hours
from notifications.domain.texts import NoticeText, last_day_in_words


def _chosen(parameters):
    chosen, needed = (Decimal(str(parameters[key])) for key in ("chosen", "needed"))
    return last_day_in_words(parameters) | {"chosen": hours(chosen), "needed": hours(needed)}


NOTICES = {
    "courses.unfinished_required": NoticeText(
        title=_("Required courses not finished: %(courses)s. Last day: %(day)s"),
        body=_("What is finished later gives no hours for this programme."),
        prepare=last_day_in_words,
    ),
    "courses.unfinished_elective": NoticeText(
        title=_("Electives not finished: %(courses)s. Last day: %(day)s"),
        body=_("What is finished later gives no hours for this programme."),
        prepare=last_day_in_words,
    ),
    "courses.returned_required": NoticeText(
        title=_("Homework to revise: %(homework)s. Hand it in again by %(day)s"),
        body=_("The marker has written what is missing."),
        prepare=last_day_in_words,
    ),
    "courses.returned_elective": NoticeText(
        title=_("Homework to revise: %(homework)s. Hand it in again by %(day)s"),
        body=_("The marker has written what is missing."),
        prepare=last_day_in_words,
    ),
    "courses.unchosen": NoticeText(
        title=_("Electives chosen: %(chosen)s / %(needed)s class hours. Choose the rest"),
        body=_("Last day: %(day)s."),
        prepare=_chosen,
    ),
    "courses.school_topics": NoticeText(
        title=_("%(school)s has not chosen its topics. Last day: %(day)s"),
        body=_("Until it has, its teachers cannot choose electives."),
        prepare=last_day_in_words,
    ),
    "courses.county_topics": NoticeText(
        title=_("Schools that have not chosen their topics: %(schools)s. Last day: %(day)s"),
        body=_("Until they have, their teachers cannot choose electives."),
        prepare=last_day_in_words,
    ),
    "courses.unmarked": NoticeText(
        title=_("Homework waiting for your mark: %(homework)s"),
        body=_("Credits are registered until %(day)s; what is not marked by then is missing."),
        prepare=last_day_in_words,
    ),
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
