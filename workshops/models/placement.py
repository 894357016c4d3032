from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisations.models import Organisation
from programmes.models import Programme
from workshops.enums.seats import PlacementState
from workshops.models.workshop import READERS
from workshops.policy import SEAT_LIMIT

if TYPE_CHECKING:
    from accounts.models import User


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user: User) -> PlacementQuerySet:
        """Those of the units in the user's scope."""
        return self.filter(user.scope("organisation", *READERS))


class Placement(models.Model):
    """One placing of everybody without a seat below ``organisation``: tried, then carried out.

    ``field`` "" places all subjects, "subject:primary:chinese" or "topic:…" one. ``minimum`` is
    how many people a county (or city) needs for workshops of its own. The same roster, options
    and ``seed`` give the same workshops; ``digest`` names what the preview found, and only that
    is carried out.

    Source: R30, A11.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="placements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    field = models.CharField(max_length=60, blank=True)
    minimum = models.PositiveSmallIntegerField()
    cap = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=40)
    state = models.CharField(
        max_length=10, choices=PlacementState, default=PlacementState.ASKED, db_default="asked"
    )
    preview = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="placement_cap_within_limit", condition=Q(cap__range=(1, SEAT_LIMIT))
            ),
            models.CheckConstraint(
                name="placement_done_with_date",
                condition=Q(state=PlacementState.DONE, done_at__isnull=False)
                | ~Q(state=PlacementState.DONE) & Q(done_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id} {self.field} {self.state}"
