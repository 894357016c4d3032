from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from workshops.models.workshop import READERS, Workshop

if TYPE_CHECKING:
    from accounts.models import User


class WorkshopWeekQuerySet(models.QuerySet["WorkshopWeek"]):
    def visible_to(self, user: User) -> WorkshopWeekQuerySet:
        """Those of the workshops in an officer's or an auditor's scope."""
        return self.filter(user.scope("workshop__organisation", *READERS))


class WorkshopWeek(models.Model):
    """How a workshop's last seven days went, as of ``counted_at``: a roll-up for the offices.

    ``waiting``: open questions, ``overdue`` those of them older than 48 hours; ``active``:
    persons who wrote; ``reports``: posts that wait for a host because of a report or the word list.
    """

    workshop = models.OneToOneField(
        Workshop, models.CASCADE, primary_key=True, related_name="last_week"
    )
    waiting = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    posts = models.PositiveIntegerField()
    active = models.PositiveIntegerField()
    reports = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    objects = WorkshopWeekQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="workshop_week_overdue_ones_wait",
                condition=models.Q(overdue__lte=models.F("waiting")),
            )
        ]

    def __str__(self):
        return f"{self.workshop_id} {self.counted_at}"
