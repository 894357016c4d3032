"""How this app says no."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class AlreadyEnrolled(DomainError):
    message = _(
        "%(name)s is already enrolled at %(school)s. Ask the county to correct the enrolment."
    )


class MoveRefused(DomainError):
    message = _("This enrolment is “%(state)s”, so that is not possible now. Reload the page.")


class ReasonMissing(DomainError):
    message = _("Say why, in one sentence; the person reads it.")


class NotYourEnrolment(DomainError):
    message = _("Only the person enrolled can confirm this.")


class NothingToCorrect(DomainError):
    message = _("Nothing was changed.")
