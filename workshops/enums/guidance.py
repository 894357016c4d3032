"""The words of guidance plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityMode(models.TextChoices):
    """How an activity of the guidance plan is held (R38: regular online and offline guidance)."""

    ONLINE = "online", _("online")
    OFFLINE = "offline", _("offline")
