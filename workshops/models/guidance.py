"""What a workshop plans for the year, version by version, and what came of it (R38)."""

from __future__ import annotations

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from workshops.enums.guidance import ActivityMode
from workshops.models.gathering import Gathering
from workshops.models.workshop import Workshop


class GuidancePlanQuerySet(models.QuerySet["GuidancePlan"]):
    def published(self) -> GuidancePlanQuerySet:
        return self.filter(published_at__isnull=False)


class GuidancePlan(models.Model):
    """A version of the guidance plan of a family; ``workshop`` is its main one.

    Versions are numbered from 1 when they are published and never change afterwards. The one
    without a number is being written; there is one such draft at most. ``saves`` counts how
    often it was saved, so that two hosts do not write over each other.

    Source: R38.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="guidance_plans")
    number = models.PositiveSmallIntegerField(null=True)
    aims = models.TextField(blank=True)
    saves = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    objects = GuidancePlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="guidance_version_once", fields=["workshop", "number"]),
            models.UniqueConstraint(
                name="guidance_one_draft", fields=["workshop"], condition=Q(number=None)
            ),
            models.CheckConstraint(
                name="guidance_numbered_when_published",
                condition=Q(number=None, published_at=None)
                | Q(number__gte=1, published_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="guidance_version_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__number__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.workshop_id} v{self.number}"


class GuidanceActivity(models.Model):
    """One line of a version: what, online or offline, on which day, led by whom.

    ``key`` stays the same from version to version.
    """

    plan = models.ForeignKey(GuidancePlan, models.CASCADE, related_name="activities")
    key = models.UUIDField(default=uuid4)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    mode = models.CharField(max_length=8, choices=ActivityMode)
    on = models.DateField()
    leader = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="guidance_activity_once", fields=["plan", "key"]),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="guidance_activity_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF (SELECT number FROM workshops_guidanceplan WHERE id = OLD.plan_id) > 0
                    THEN RAISE EXCEPTION 'a published plan does not change'
                         USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]
        ordering = ["on", "position"]

    def __str__(self):
        return self.title


class ActivityOutcome(models.Model):
    """What came of a planned activity, by its key: it took place on a day, or it did not."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="guidance_outcomes")
    key = models.UUIDField()
    took_place_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="guidance_outcome_once", fields=["workshop", "key"]),
            models.CheckConstraint(
                name="guidance_outcome_or_a_reason",
                condition=Q(took_place_on__isnull=False) | ~Q(note=""),
            ),
        ]

    def __str__(self):
        return f"{self.key}"


class ActivityGathering(models.Model):
    """The seminar that carries a planned activity out, whatever the version of the plan.

    One seminar per activity of a family and one activity per seminar. What came of the activity
    is read from the seminar and its lists, never copied; the row goes when the link is undone.

    Source: R38.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField()
    gathering = models.OneToOneField(Gathering, models.PROTECT, related_name="activity")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="activity_carried_out_once", fields=["workshop", "key"]),
        ]

    def __str__(self):
        return f"{self.key}@{self.gathering_id}"
