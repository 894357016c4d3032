"""The headline of the space: what do I do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.wording import hours
from credits.enums import RegistrationState
from programmes.enums import EnrolmentState

if TYPE_CHECKING:
    from space.domain.owed import Owed
    from space.queries import Year


@dataclass(frozen=True)
class Answer:
    """A sentence for the heading, one of explanation, and the one warm button."""

    headline: str
    text: str = ""
    label: str = ""
    url: str = ""


def answer_of(year: Year | None, first: Owed | None, desk: str | None = None) -> Answer:
    """What stands on top of the page of a person in ``year``; ``desk`` is an officer's."""
    if year is None:
        return Answer(
            _("No programme year is under way"),
            _("As soon as the province opens the next year, it stands here."),
        )
    if not year.is_approved:
        return _before_approval(year) if year.enrolment or not desk else _of_an_officer(desk)
    if year.requirement.complete:
        return _complete(year)
    missing = hours(year.requirement.missing)
    if first is None:
        return Answer(
            _("%(hours)s class hours to go, nothing to do right now") % {"hours": missing}
        )
    return Answer(
        _("%(hours)s class hours to go, next: %(task)s") % {"hours": missing, "task": first.task}
    )


def _complete(year: Year) -> Answer:
    """Everything is done: where the registration stands, and the certificate."""
    registration = year.registration
    state = registration.state if registration else None
    certificate = getattr(registration, "certificate", None)
    headline = _("All %(hours)s class hours are done") % {"hours": hours(year.requirement.needed)}
    if state == RegistrationState.REGISTERED and certificate is not None:
        return Answer(
            _("Your credits are registered, the certificate is ready"),
            _("Anyone can check it by its number and your name, or by its code."),
            _("Open the certificate"),
            reverse("credits:certificate", kwargs={"pk": certificate.pk}),
        )
    if state == RegistrationState.CONFIRMED:
        return Answer(headline, _("Your school has confirmed them; the county now reviews."))
    if state == RegistrationState.REVOKED:
        text = _("Reason: %(reason)s. Your hours stay on record; ask your county what to do.")
        return Answer(
            _("Your registration was revoked"),
            text % {"reason": registration.reason.rstrip("。.")},
            _("See what happened"),
            reverse("credits:registration", kwargs={"pk": registration.pk}),
        )
    if state == RegistrationState.RETURNED:
        text = _("The registration was returned: %(reason)s. Your school sees to it.")
        return Answer(headline, text % {"reason": registration.reason.rstrip("。.")})
    return Answer(
        headline, _("Your school now confirms them, then the county reviews and registers.")
    )


def _of_an_officer(desk: str) -> Answer:
    return Answer(
        _("Your work waits at your desk"),
        _("You hold an appointment and do not take part in this year's study yourself."),
        _("Go to the desk"),
        desk,
    )


def _before_approval(year: Year) -> Answer:
    enrolment_url = reverse("programmes:enrolment")
    state = year.enrolment.state if year.enrolment else None
    if state == EnrolmentState.ENTERED:
        return Answer(
            _("Check your enrolment and confirm it"),
            _(
                "Your school has entered you. Study counts once you have confirmed and the "
                "county has approved."
            ),
            _("Check and confirm"),
            enrolment_url,
        )
    if state == EnrolmentState.CONFIRMED:
        return Answer(
            _("Confirmed: now the county approves your enrolment"),
            _("There is nothing to do for you. You will find a message here when it is done."),
        )
    if state == EnrolmentState.RETURNED:
        return Answer(
            _("Your enrolment went back to your school"),
            _("Reason: %(reason)s. Your school mends it and asks you again.")
            % {"reason": year.enrolment.return_reason},
        )
    return Answer(
        _("You are not enrolled in this year's programme"),
        _("Enrolment goes through your school: ask its administrator to enter you."),
    )
