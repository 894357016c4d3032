from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from workshops.enums.moderation import Sanctioned
from workshops.enums.talk import Outcome
from workshops.models.post import Post
from workshops.models.workshop import Workshop
from workshops.policy import REASON_LENGTH

if TYPE_CHECKING:
    from accounts.models import User


def _person(**fields):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, **fields
    )


class Report(models.Model):
    """Somebody says that a post should not stand; a host decides. Once per reader and post."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="reports", db_index=False)
    reporter = _person()
    why = models.CharField(max_length=REASON_LENGTH)
    reported_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, db_default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = _person(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_once", fields=["post", "reporter"]),
            models.CheckConstraint(name="report_for_a_reason", condition=~Q(why="")),
            models.CheckConstraint(
                name="report_settled_with_outcome",
                condition=Q(settled_at=None, outcome="")
                | Q(settled_at__isnull=False) & ~Q(outcome=""),
            ),
        ]
        indexes = [models.Index(fields=["post"], name="report_open", condition=Q(settled_at=None))]

    def __str__(self):
        return f"{self.post_id} {self.outcome}"


class HidingQuerySet(models.QuerySet["Hiding"]):
    def standing(self) -> HidingQuerySet:
        return self.filter(lifted_at=None)

    def awaiting(self) -> HidingQuerySet:
        """Appealed and not decided."""
        return self.filter(appealed_at__isnull=False, ruled_at=None, lifted_at=None)

    def ruled_by_officers_like(self, user: User, *roles: str) -> HidingQuerySet:
        """Those whose appeal is the user's to decide: the user serves the level above."""
        below = user.scope("post__thread__workshop__organisation__parent", *roles)
        top = user.scope("post__thread__workshop__organisation", *roles)
        province = Q(post__thread__workshop__organisation__parent=None)
        return self.filter(below | top & province)


class Hiding(models.Model):
    """A post that a host has hidden, why, and what came of it: appeal, ruling, lifting.

    A post is hidden at most once at a time; every hiding stays on record.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="hidings", db_index=False)
    hidden_by = _person()
    hidden_at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=REASON_LENGTH)
    appeal = models.CharField(max_length=REASON_LENGTH, blank=True)
    appealed_at = models.DateTimeField(null=True)
    ruled_at = models.DateTimeField(null=True)
    ruled_by = _person(null=True)
    ruling = models.CharField(max_length=REASON_LENGTH, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = _person(null=True)

    objects = HidingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hiding_one_at_a_time", fields=["post"], condition=Q(lifted_at=None)
            ),
            models.CheckConstraint(name="hiding_for_a_reason", condition=~Q(why="")),
            models.CheckConstraint(
                name="hiding_ruled_after_appeal",
                condition=Q(ruled_at=None, ruling="")
                | Q(ruled_at__gte=F("appealed_at")) & ~Q(ruling=""),
            ),
            models.CheckConstraint(
                name="hiding_ruled_by_another",
                condition=Q(ruled_by=None) | ~Q(ruled_by=F("hidden_by")),
            ),
        ]
        indexes = [models.Index(fields=["post", "hidden_at"], name="hiding_of_post")]

    def __str__(self):
        return f"{self.post_id} {self.hidden_at}"


class Sanction(models.Model):
    """A warning, or a time in which somebody may only read in this workshop."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="sanctions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions")
    kind = models.CharField(max_length=8, choices=Sanctioned)
    why = models.CharField(max_length=REASON_LENGTH)
    spoken_by = _person()
    spoken_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="sanction_for_a_reason", condition=~Q(why="")),
            models.CheckConstraint(
                name="sanction_mute_ends",
                condition=Q(kind=Sanctioned.WARNED, until=None)
                | Q(kind=Sanctioned.MUTED, until__gt=F("spoken_at")),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.user_id}@{self.workshop_id}"
