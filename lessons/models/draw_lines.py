from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from lessons.enums import Rung
from lessons.models.draw import Draw
from lessons.models.outstanding import OutstandingLesson
from organisations.models import Organisation
from programmes.enums import Stage

if TYPE_CHECKING:
    from accounts.models import User


class RosterLineQuerySet(models.QuerySet["RosterLine"]):
    def visible_to(self, user: User) -> RosterLineQuerySet:
        """A person's code is shown to that person only."""
        return self.filter(user=user)


class RosterLine(models.Model):
    """Who a line of the published roster is, and as what the draw last dealt with the person.

    ``missing`` lessons could not be given; they are topped up when more are nominated.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="roster_lines", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    code = models.CharField(max_length=20)
    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    missing = models.PositiveSmallIntegerField(default=0)

    objects = RosterLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="roster_person_once", fields=["user", "draw"]),
            models.UniqueConstraint(name="roster_code_once", fields=["draw", "code"]),
        ]
        indexes = [
            models.Index(fields=["draw"], name="roster_short", condition=Q(missing__gt=0)),
        ]

    def __str__(self):
        return self.code


class PoolLine(models.Model):
    """A lesson that the draw may give to a stage and subject, as it was published.

    ``code`` is the lesson's public code; ``withdrawn_at`` is when a supplement took it out.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="pool_lines", db_index=False)
    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    rung = models.CharField(max_length=14, choices=Rung)
    code = models.CharField(max_length=20)
    lesson = models.ForeignKey(OutstandingLesson, models.PROTECT, related_name="pool_lines")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pool_lesson_once_per_group", fields=["draw", "stage", "subject", "code"]
            ),
        ]

    def __str__(self):
        return f"{self.stage}/{self.subject} {self.code}"
