"""The words of shifts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SwapState(models.TextChoices):
    """How an offered shift stands; an offer that nobody answered in time has expired."""

    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


class ShiftState(models.TextChoices):
    """How a shift stands at a moment; computed from the clock and the check-in."""

    OPEN = "open", _("open, nobody serves")
    AHEAD = "ahead", _("to come")
    DUE = "due", _("waiting for check-in")
    THERE = "there", _("on duty")
    SERVED = "served", _("served")
    LATE = "late", _("served, late")
    MISSED = "missed", _("missed")
