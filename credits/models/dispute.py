from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models.guards import append_only
from credits.enums import DisputeOutcome, DisputeState
from credits.models.scope import in_scope
from organisations.models import Organisation
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User


class HourDisputeQuerySet(models.QuerySet["HourDispute"]):
    def visible_to(self, user: User) -> HourDisputeQuerySet:
        """One's own, and those of the schools whose hours one may read."""
        scope = in_scope(user, "school__path", "county__path")
        return self.filter(Q(user=user) | scope)

    def overdue(self) -> HourDisputeQuerySet:
        """Open ones whose answer should have come before today."""
        return self.filter(state=DisputeState.OPEN, due_on__lt=timezone.localdate())


class HourDispute(models.Model):
    """A teacher says that hours are missing, and gets an answer by a named day.

    ``handler`` is the unit that owes the answer: the county first, then one level up each time
    nobody answered in time or the teacher is not satisfied. Nothing hides a dispute when a
    window closes, and its steps are kept.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="hour_disputes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="hour_disputes")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    handler = models.ForeignKey(Organisation, models.PROTECT, related_name="hour_disputes")
    part = models.CharField(max_length=24)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=DisputeState, default=DisputeState.OPEN)
    outcome = models.CharField(max_length=10, choices=DisputeOutcome, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    raised_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    moved_at = models.DateTimeField(default=timezone.now)

    objects = HourDisputeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dispute_open_once_per_subject",
                fields=["programme", "user", "part", "subject"],
                condition=Q(state=DisputeState.OPEN),
            ),
            models.CheckConstraint(
                name="dispute_answered_with_words",
                condition=~Q(state=DisputeState.ANSWERED) | (~Q(answer="") & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="dispute_says_what", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(fields=["handler", "state", "due_on"], name="dispute_handler_due"),
            models.Index(
                fields=["due_on"], name="dispute_open_due", condition=Q(state=DisputeState.OPEN)
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def is_overdue(self) -> bool:
        return self.state == DisputeState.OPEN and self.due_on < timezone.localdate()


class DisputeStep(models.Model):
    """One move of a dispute, readable by both sides for good."""

    dispute = models.ForeignKey(HourDispute, models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DisputeState)
    outcome = models.CharField(max_length=10, choices=DisputeOutcome, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        triggers = append_only("dispute_step")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.dispute_id} {self.state}"
