from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from bureau.policy import VIEWERS
from organisations.models import Organisation
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User


class UnitLessonsQuerySet(models.QuerySet["UnitLessons"]):
    def visible_to(self, user: User) -> UnitLessonsQuerySet:
        return self.filter(user.scope("organisation", *VIEWERS))


class UnitLessons(models.Model):
    """Where the lessons of one organisation and its people's reviews stand, as of ``counted_at``.

    A roll-up of every level beside ``UnitProgress``. Research lessons and national study count
    people, the others lessons and reviews.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    research_owing = models.PositiveIntegerField()
    research_given = models.PositiveIntegerField()
    lessons_shown = models.PositiveIntegerField()
    lessons_chosen = models.PositiveIntegerField()
    reviews_due = models.PositiveIntegerField()
    reviews_finished = models.PositiveIntegerField()
    national_owing = models.PositiveIntegerField()
    national_finished = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    objects = UnitLessonsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unit_lessons_once", fields=["programme", "organisation"]),
            models.CheckConstraint(
                name="unit_lessons_done_within_owed",
                condition=Q(research_given__lte=F("research_owing"))
                & Q(reviews_finished__lte=F("reviews_due"))
                & Q(national_finished__lte=F("national_owing")),
            ),
        ]

    def __str__(self):
        return f"{self.programme_id}:{self.organisation_id}"
