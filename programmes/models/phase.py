from __future__ import annotations

from django.conf import settings
from django.db import models

from organisations.models import Organisation
from programmes.enums import PhaseKey
from programmes.models.programme import Programme


class Phase(models.Model):
    """A window of the programme year; both days belong to it, until 24:00 Beijing time (A6).

    ``opens_on`` or ``closes_on`` may be absent: no beginning, or open for good.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    key = models.CharField(max_length=24, choices=PhaseKey)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="phase_once_per_programme", fields=["programme", "key"]),
            models.CheckConstraint(
                name="phase_dates_in_order",
                condition=models.Q(opens_on=None)
                | models.Q(closes_on=None)
                | models.Q(closes_on__gte=models.F("opens_on")),
            ),
        ]

    def __str__(self):
        return self.get_key_display()


class PhaseExtensionQuerySet(models.QuerySet["PhaseExtension"]):
    def within_paths(self, paths: list[str]) -> PhaseExtensionQuerySet:
        """Those of units in the subtrees ``paths``, the latest granted first."""
        found = models.Q(pk__in=[])
        for path in paths:
            found |= models.Q(organisation__path__startswith=path)
        return self.filter(found).order_by("-granted_at")


class PhaseExtension(models.Model):
    """A later last day of a phase for one organisation and everything below it."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="extensions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    closes_on = models.DateField()
    reason = models.CharField(max_length=200)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    objects = PhaseExtensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="extension_once_per_phase_and_organisation",
                fields=["phase", "organisation"],
            ),
            models.CheckConstraint(name="extension_has_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self):
        return f"{self.phase} · {self.organisation} · {self.closes_on}"
