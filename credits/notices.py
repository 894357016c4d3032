"""What people are told about their hours and credits."""

from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.templatetags.look import class_hours, day
from notifications.domain.texts import NoticeText, last_day_in_words


def _programme(parameters):
    key = "programme_en" if (get_language() or "").startswith("en") else "programme_zh"
    return {"programme": parameters.get(key, "")}


def _hours(parameters):
    return {"hours": class_hours(Decimal(parameters.get("hours", "0")))}


def _due(parameters):
    return {"day": day(date.fromisoformat(parameters["due_on"]))}


NOTICES = {
    "credits.to_confirm": NoticeText(
        title=_("Registrations waiting for your school: %(people)s. Last day: %(day)s"),
        body=_("Confirm them in time; the county has to review them by the same day."),
        prepare=last_day_in_words,
    ),
    "credits.to_register": NoticeText(
        title=_("Registrations waiting for your review: %(people)s. Last day: %(day)s"),
        prepare=last_day_in_words,
    ),
    "credits.answers_due": NoticeText(
        title=_("Answers to teachers due by %(day)s: %(disputes)s"),
        body=_("What is not answered in time goes one level up."),
        prepare=last_day_in_words,
    ),
    "credits.registration_proposed": NoticeText(
        title=_("All hours are there; your school now confirms your credits"),
        body="%(programme)s",
        prepare=_programme,
    ),
    "credits.registration_returned": NoticeText(
        title=_("Your credit registration was returned"),
        body=_("Reason: %(reason)s"),
    ),
    "credits.registered": NoticeText(
        title=_("Your credits are registered and your certificate is ready"),
        body="%(programme)s",
        prepare=_programme,
    ),
    "credits.registration_revoked": NoticeText(
        title=_("Your registered credits and the certificate were revoked"),
        body=_("Reason: %(reason)s"),
    ),
    "credits.hours_reversed": NoticeText(
        title=_("%(hours)s were taken back: %(label)s"),
        body=_("Reason: %(reason)s"),
        prepare=_hours,
    ),
    "credits.award_approved": NoticeText(
        title=_("%(hours)s were given for “%(subject)s”"), prepare=_hours
    ),
    "credits.award_refused": NoticeText(
        title=_("No hours were given for “%(subject)s”"), body=_("Reason: %(reason)s")
    ),
    "credits.dispute_to_answer": NoticeText(
        title=_("A teacher asks about hours: %(subject)s"),
        body=_("The answer is due on %(day)s."),
        prepare=_due,
    ),
    "credits.dispute_answered": NoticeText(
        title=_("Your question about hours is answered: %(subject)s"), body="%(answer)s"
    ),
    "credits.dispute_went_up": NoticeText(
        title=_("Nobody answered in time, so your question went one level up: %(subject)s"),
        body=_("It is now with: %(handler)s"),
    ),
}
