from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models

from core.models.certificate import PRINTED_FIELDS, NumberedCertificate, revoked_with_reason
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


class Certificate(NumberedCertificate):
    """What was printed when a person's credits were registered, for anyone to check."""

    registration = models.OneToOneField(Registration, models.PROTECT, related_name="certificate")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificates")
    check_page = "credits:check_token"

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="certificate_number_once", fields=["year", "sequence"]),
            revoked_with_reason("certificate_revoked_with_reason"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="certificate_is_frozen",
                fields=["registration", "user", *PRINTED_FIELDS],
            ),
            pgtrigger.Protect(name="certificate_stays", operation=pgtrigger.Delete),
        ]
