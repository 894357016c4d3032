from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardState(models.TextChoices):
    """A manual award waits for a second person."""

    PROPOSED = "proposed", _("waits for a second person")
    APPROVED = "approved", _("hours given")
    REFUSED = "refused", _("not given")
    WITHDRAWN = "withdrawn", _("taken back by its author")


NEXT_AWARD_STATES = {
    AwardState.PROPOSED: {AwardState.APPROVED, AwardState.REFUSED, AwardState.WITHDRAWN},
    AwardState.APPROVED: set(),
    AwardState.REFUSED: set(),
    AwardState.WITHDRAWN: set(),
}


class DisputeState(models.TextChoices):
    OPEN = "open", _("waits for an answer")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("taken back by its author")


NEXT_DISPUTE_STATES = {
    # From open to open: nobody answered in time and the unit above took over.
    DisputeState.OPEN: {DisputeState.OPEN, DisputeState.ANSWERED, DisputeState.WITHDRAWN},
    DisputeState.ANSWERED: {DisputeState.OPEN, DisputeState.CLOSED},
    DisputeState.CLOSED: set(),
    DisputeState.WITHDRAWN: set(),
}


class DisputeOutcome(models.TextChoices):
    NONE = "", _("none yet")
    GRANTED = "granted", _("the teacher is right")
    REFUSED = "refused", _("the hours stand as they are")


class RegistrationState(models.TextChoices):
    PROPOSED = "proposed", _("waits for the school")
    CONFIRMED = "confirmed", _("waits for the county")
    RETURNED = "returned", _("given back")
    REGISTERED = "registered", _("registered")
    REVOKED = "revoked", _("revoked")


NEXT_REGISTRATION_STATES = {
    RegistrationState.PROPOSED: {RegistrationState.CONFIRMED, RegistrationState.RETURNED},
    RegistrationState.CONFIRMED: {RegistrationState.REGISTERED, RegistrationState.RETURNED},
    RegistrationState.RETURNED: {RegistrationState.PROPOSED},
    RegistrationState.REGISTERED: {RegistrationState.REVOKED},
    RegistrationState.REVOKED: set(),
}
