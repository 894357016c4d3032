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


class OutcomeFromSeminar(DomainError):
    message = _(
        "A seminar carries this activity out and says how it went; undo the link first, then note"
        " it yourself."
    )


class ActivityCarriedOut(DomainError):
    message = _("“%(title)s” carries this activity out already; undo that link first.")


class SeminarTaken(DomainError):
    message = _(
        "This seminar carries out “%(title)s”; undo that link first or choose another seminar."
    )


class NoSeminarOfTheFamily(DomainError):
    message = _(
        "Only an offline seminar of this workshop or one of its sub-workshops carries out its"
        " plan; choose one of those. Trainings and study groups do not."
    )
