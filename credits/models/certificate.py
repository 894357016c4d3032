from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from credits.models.registration import Registration

if TYPE_CHECKING:
    from accounts.models import User


class CertificateSeries(models.Model):
    """How many certificates a year has issued; its row lock hands out the next numbers."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.year} {self.last}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: User) -> CertificateQuerySet:
        """One's own, and those of the schools whose hours one may read."""
        return self.filter(registration__in=Registration.objects.visible_to(user))


class Certificate(models.Model):
    """What was printed when a person's credits were registered, for anyone to check.

    ``printed`` holds every field of the page; number, token and what is printed never change.
    The number counts within the year and ends in two check digits (ISO 7064, mod 97-10). The
    token in the QR address cannot be guessed; the number can, so it opens nothing alone.
    """

    registration = models.OneToOneField(Registration, models.PROTECT, related_name="certificate")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=20, unique=True)
    token = models.UUIDField(unique=True)
    printed = models.JSONField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoke_reason = models.CharField(max_length=200, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="certificate_number_once", fields=["year", "sequence"]),
            models.CheckConstraint(
                name="certificate_revoked_with_reason",
                condition=Q(revoked_at=None, revoked_by=None, revoke_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason="")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="certificate_is_frozen",
                fields=[
                    "registration",
                    "user",
                    "year",
                    "sequence",
                    "number",
                    "token",
                    "printed",
                    "issued_at",
                ],
            ),
            pgtrigger.Protect(name="certificate_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.number

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None
