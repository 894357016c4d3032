"""How trainings and seminars say no."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class MeetingOutOfOrder(DomainError):
    message = _("It ends after it begins; choose a later end.")


class GatheringOver(DomainError):
    message = _("This is over or was called off; look for another date.")


class NotInvited(DomainError):
    message = _("You are not on its list; ask those who announced it.")


class CapacityBelowPlaces(DomainError):
    message = _("Place %(places)s is taken and nobody loses a place; choose at least as many.")


class TooManyMeetings(DomainError):
    message = _("At most %(meetings)s meetings belong to one training; announce another.")


class NotHeldYet(DomainError):
    message = _("It has not begun yet; write the minutes afterwards.")


class CodeWrong(DomainError):
    message = _("This code does not hold; type the one that stands on the screen now.")


class NotSignInTime(DomainError):
    message = _(
        "One checks in from %(minutes)s minutes before it begins until shortly after its end;"
        " whoever keeps the list can enter you later."
    )


class StillWaiting(DomainError):
    message = _("You are on the waiting list and all places are taken; ask whoever keeps the list.")


class NobodyToRank(DomainError):
    message = _("There is no host in your reach today; appoint hosts first.")


class NoHostToCall(DomainError):
    message = _(
        "Neither your county nor its city or the province has a host of this subject today; ask"
        " your county's office to appoint one."
    )


class LessonCallMoved(DomainError):
    message = _("This call was taken, given back or closed in the meantime; load the page again.")


class VisitInThePast(DomainError):
    message = _("This day is over; choose today or a later one.")
