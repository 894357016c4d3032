"""Why the tree refuses a change."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class DayInFuture(DomainError):
    message = _("The day cannot lie in the future: enter the change on the day it takes effect.")


class DayBeforeLastChange(DomainError):
    message = _("The last change here took effect on %(day)s: choose that day or a later one.")


class OrganisationClosed(DomainError):
    message = _("“%(name)s” no longer exists: choose its successor.")


class WrongLevel(DomainError):
    message = _("“%(name)s” cannot stand below “%(parent)s”: choose a unit of a higher level.")


class ActingCountyMissing(DomainError):
    message = _("A school directly below a city must name the unit acting as its county.")


class ActingCountyElsewhere(DomainError):
    message = _("The unit acting as county must be the city itself or one of its counties.")


class ActsForSchools(DomainError):
    message = _(
        "“%(name)s” acts as county for %(count)s city-run schools: "
        "name another unit for them first."
    )


class StillHasChildren(DomainError):
    message = _("“%(name)s” still has %(count)s units below it: move or close them first.")


class StillHasPeople(DomainError):
    message = _(
        "%(count)s people still belong to “%(name)s”: move them, or merge it into another unit."
    )


class NotMergeable(DomainError):
    message = _("Only two existing units of the same level can be merged: choose another unit.")


class BelowItself(DomainError):
    message = _("A unit cannot be moved below itself: choose another unit.")


class CodeTaken(DomainError):
    message = _("The code %(code)s already belongs to “%(name)s”: check the code.")


class CodeInvalid(DomainError):
    message = _("A code has 2 to 20 digits or capital letters: check it for spaces or signs.")


class NameInvalid(DomainError):
    message = _("A name has 2 to 80 characters: enter the full name as on the seal.")


class ReasonMissing(DomainError):
    message = _("Say why in a few words: the reason stands in the history.")
