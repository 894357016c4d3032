from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a study unit is; both earn by the same single clock."""

    VIDEO = "video", _("video")
    READING = "reading", _("reading")


class VideoState(models.TextChoices):
    RECEIVED = "received", _("received")
    PROCESSING = "processing", _("being prepared")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
