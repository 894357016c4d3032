"""Refusals about guidance plans: each says what to do next."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NoLastDay(DomainError):
    message = _("The province has set no last day yet; once it has, you can remind.")


class PlanUnfinished(DomainError):
    message = _(
        "A plan has aims and at least one activity with its day; complete it, then publish."
    )


class TooManyActivities(DomainError):
    message = _("A plan holds at most %(most)s activities; put some together.")


class ActivityUnknown(DomainError):
    message = _("This activity is not in the plan any more; load the page again.")


class OutcomeUnclear(DomainError):
    message = _("Say on which day it took place, or why it did not.")
