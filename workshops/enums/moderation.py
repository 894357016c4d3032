"""The words of the word list, hiding and ruling."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sanctioned(models.TextChoices):
    """What a host can do about a person: say so, or let them only read for a time."""

    WARNED = "warned", _("warned")
    MUTED = "muted", _("may only read")


class Verdict(models.TextChoices):
    """What the word list does with a text that has the word."""

    REFUSE = "refuse", _("refuse the text")
    HOLD = "hold", _("hold it until a host has looked")
    REPORT = "report", _("point it out to the hosts")


class LinkRule(models.TextChoices):
    """What becomes of addresses outside the hosts that are allowed."""

    LEAVING = "leaving", _("shown, with a page that says where one goes")
    REFUSED = "refused", _("refused when written")
