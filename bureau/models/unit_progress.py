from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bureau.policy import VIEWERS
from organisations.models import Organisation
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User


class UnitProgressQuerySet(models.QuerySet["UnitProgress"]):
    def visible_to(self, user: User) -> UnitProgressQuerySet:
        return self.filter(user.scope("organisation", *VIEWERS))


class UnitProgress(models.Model):
    """Where the people of one organisation stand in a programme, as of ``counted_at``.

    A roll-up of every level, rewritten in one statement every few minutes: a province's board
    reads a dozen rows instead of a million. ``spread`` counts the approved people by earned
    hours that fill the requirement: one number per bucket of a sixth, the last for complete.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    entered = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    approved = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    required_complete = models.PositiveIntegerField()
    all_complete = models.PositiveIntegerField()
    registered = models.PositiveIntegerField()
    required_spread = ArrayField(models.PositiveIntegerField(), size=7)
    spread = ArrayField(models.PositiveIntegerField(), size=7)
    counted_at = models.DateTimeField()

    objects = UnitProgressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="unit_progress_once", fields=["programme", "organisation"]
            ),
            models.CheckConstraint(
                name="unit_progress_complete_within_approved",
                condition=Q(all_complete__lte=F("required_complete"))
                & Q(required_complete__lte=F("approved")),
            ),
        ]

    def __str__(self):
        return f"{self.programme_id}:{self.organisation_id}"
