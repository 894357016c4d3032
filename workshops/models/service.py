from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models.certificate import PRINTED_FIELDS, NumberedCertificate, revoked_with_reason
from workshops.models.assessment import HostResult
from workshops.models.workshop import READERS

if TYPE_CHECKING:
    from accounts.models import User


class ServiceSeries(models.Model):
    """How many service certificates a year has issued; its row lock hands out the next numbers."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self):
        return f"{self.year} {self.last}"


class ServiceCertificateQuerySet(models.QuerySet["ServiceCertificate"]):
    def visible_to(self, user: User) -> ServiceCertificateQuerySet:
        """One's own, and those of the units in an officer's or auditor's scope."""
        scope = user.scope("result__assessment__organisation", *READERS)
        return self.filter(Q(user=user) | scope)


class ServiceCertificate(NumberedCertificate):
    """What a volunteer did as host in the time of an assessment, for anyone to check (R36)."""

    result = models.OneToOneField(HostResult, models.PROTECT, related_name="certificate")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="service_certificates"
    )

    check_page = "workshops:service_check"
    first_sequence = 90_000_000

    objects = ServiceCertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="service_number_once", fields=["year", "sequence"]),
            revoked_with_reason("service_revoked_with_reason"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="service_certificate_is_frozen", fields=["result", "user", *PRINTED_FIELDS]
            ),
            pgtrigger.Protect(name="service_certificate_stays", operation=pgtrigger.Delete),
        ]
