"""Refusals about shifts: each says what to do next."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class SchemeMissing(DomainError):
    message = _("Say first on which days and at which times this workshop is on duty.")


class ShiftsBeyondMidnight(DomainError):
    message = _("These shifts would end after midnight: begin earlier, or take fewer or shorter.")


class NobodyToPlan(DomainError):
    message = _("No host's term reaches into these weeks; the office appoints one first.")


class PlanChanged(DomainError):
    message = _(
        "Terms, absences or shifts have changed since this was shown; look at the new plan, then"
        " carry it out."
    )


class NotYourShift(DomainError):
    message = _("This shift is somebody else's by now; load the page again.")


class ShiftBegun(DomainError):
    message = _("This shift has begun already and cannot be given away any more.")


class ShiftArranged(DomainError):
    message = _("This shift is on offer already; take that back first.")


class OfferOver(DomainError):
    message = _("This offer no longer holds; load the page again.")


class BusyThen(DomainError):
    message = _("%(name)s is on duty elsewhere at that time; choose another shift or person.")


class NotHostThen(DomainError):
    message = _("%(name)s does not host this workshop on that day; choose somebody else.")


class CheckInTooEarly(DomainError):
    message = _("Check in from %(minutes)s minutes before the shift begins.")


class CheckInTooLate(DomainError):
    message = _("This shift ended without a check-in and counts as missed; your office was told.")


class AbsenceOutOfOrder(DomainError):
    message = _("An absence ends on or after its first day; choose a later last day.")
