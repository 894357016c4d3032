"""Refusals about calls, applications, terms and lists: each says what to do next."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class AlreadyHost(DomainError):
    message = _("%(name)s already hosts this workshop; end that term first.")


class TermEnded(DomainError):
    message = _("This term has ended already; load the page again.")


class TermOutOfOrder(DomainError):
    message = _("A term ends on or after its first day; choose a later last day.")


class CallDaysOutOfOrder(DomainError):
    message = _(
        "The last day is on or after the first, and schools recommend until that day or later;"
        " change the days."
    )


class CallWithoutTopics(DomainError):
    message = _("Say for at least one topic how many hosts you look for.")


class PlacesGivenAway(DomainError):
    message = _("%(taken)s hosts of “%(topic)s” are selected already; keep at least as many.")


class CallClosed(DomainError):
    message = _(
        "One could volunteer from %(first)s to %(last)s; ask the project office for more time."
    )


class RecommendingClosed(DomainError):
    message = _(
        "Schools could recommend until the end of %(last)s; ask the project office for more time."
    )


class NoSchoolToRecommend(DomainError):
    message = _("You belong to no school that could recommend you; ask your county's office.")


class StatementMissing(DomainError):
    message = _("Say in a few sentences why you want to lead this topic and what you bring.")


class ApplicationMoved(DomainError):
    message = _("This application is meanwhile: %(state)s. Load the page again.")


class ApplicationChanged(DomainError):
    message = _("The volunteer changed the text since you read it; read it again, then decide.")


class OwnApplication(DomainError):
    message = _("Nobody decides about their own application; your county's office does.")


class PlacesTaken(DomainError):
    message = _(
        "All %(places)s places of “%(topic)s” are taken; raise the number in the call, or select"
        " fewer."
    )


class WrongWorkshop(DomainError):
    message = _("Choose an open workshop of the topic “%(topic)s”.")


class TooManyAtOnce(DomainError):
    message = _("Select 1 to %(limit)s volunteers at a time.")


class NothingToList(DomainError):
    message = _("%(unit)s has no host of a subject yet; appoint hosts first, then file the list.")


class NothingNewToList(DomainError):
    message = _("Nothing has changed since version %(number)s, which is filed.")


class ListOnItsWay(DomainError):
    message = _(
        "Version %(number)s is still on its way; take it back, or wait until it was looked at."
    )


class ListMoved(DomainError):
    message = _("This list is meanwhile: %(state)s. Load the page again.")
