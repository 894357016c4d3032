from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from workshops.policy import REASON_LENGTH


class Signature(models.Model):
    """Who took a step, when, under which name and for which unit, as both stood that day."""

    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=80)
    signed_at = models.DateTimeField(default=timezone.now)
    words = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        abstract = True
