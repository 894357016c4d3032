"""Why the accounts refuse."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class IdNumberInvalid(DomainError):
    message = _("This is not a valid ID number: check all 18 characters against the card.")


class NameInvalid(DomainError):
    message = _(
        "A name has 2 to 40 letters or Chinese characters, “·” between parts: "
        "enter it as on the ID card."
    )


class PhoneInvalid(DomainError):
    message = _("This is not a mobile number: enter 11 digits, or + and the country code.")


class AccountNameInvalid(DomainError):
    message = _(
        "An account name has 3 to 40 small letters, digits, “.”, “_” or “-”, begins with a "
        "letter or digit and is no phone or ID number: choose another."
    )


class TeacherNumberInvalid(DomainError):
    message = _("A teacher number has 4 to 30 letters and digits: check it for spaces or signs.")


class AlreadyTaken(DomainError):
    message = _("%(field)s already belongs to another person: check it, or look the person up.")


class PersonInactive(DomainError):
    message = _("%(name)s has been deactivated: reactivate the account first.")


class NotYourself(DomainError):
    message = _("This is not done for oneself: ask another administrator.")


class OutOfReach(DomainError):
    message = _("%(name)s holds an appointment beyond yours: ask the administrator of that unit.")


class OrganisationNotOpen(DomainError):
    message = _("“%(name)s” no longer exists: choose its successor.")


class RoleNotAtThisLevel(DomainError):
    message = _("A %(role)s is not appointed at “%(name)s”: choose a unit of a fitting level.")


class AlreadyAppointed(DomainError):
    message = _("%(name)s holds this appointment already: end it first to change its dates.")


class AppointmentEnded(DomainError):
    message = _("This appointment has ended already: nothing is left to end.")


class DatesOutOfOrder(DomainError):
    message = _("The last day lies before the first: correct the dates.")


class ReasonMissing(DomainError):
    message = _("Say why in a few words: the reason stands in the record.")


class CodeRefused(DomainError):
    message = _(
        "Account and code do not go together, or the code has expired: check both, "
        "or ask your school for a new slip."
    )


class WrongPassword(DomainError):
    message = _("This is not your current password: type it once more.")


class TooManyAttempts(DomainError):
    """``retry_after`` says the same in seconds."""

    message = _("Too many attempts: try again at %(time)s.")
    retry_after = 60


class LinkExpired(DomainError):
    message = _("This link is no longer valid: ask for a new one on your profile page.")
