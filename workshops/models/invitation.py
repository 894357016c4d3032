from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from workshops.models.workshop import Workshop


def new_code() -> str:
    """Nothing that one could guess."""
    return secrets.token_urlsafe(12)


class Invitation(models.Model):
    """An address that a host hands to colleagues of the same subject or topic, from anywhere.

    Whoever opens it signed in may take a seat; it opens nothing else, and ends on its last day
    or when the host takes it back.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="invitations")
    code = models.CharField(max_length=24, unique=True, default=new_code)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.workshop_id} · {self.expires_on}"

    @property
    def holds(self) -> bool:
        return self.withdrawn_at is None and self.expires_on >= timezone.localdate()
