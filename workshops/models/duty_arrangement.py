"""What hosts arrange among themselves about shifts, and what goes from one to the next (R38)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from workshops.enums.duty import SwapState
from workshops.models.duty import DutyShift
from workshops.models.thread import Thread

if TYPE_CHECKING:
    from datetime import datetime


class DutySwapQuerySet(models.QuerySet["DutySwap"]):
    def pending(self, now: datetime) -> DutySwapQuerySet:
        """Offered, and neither shift has begun; an offer expires when one begins."""
        ahead = Q(against=None) | Q(against__starts_at__gt=now)
        return self.filter(ahead, state=SwapState.OFFERED, shift__starts_at__gt=now)


class DutySwap(models.Model):
    """``offered_by`` offers the own ``shift`` to ``to``, maybe for ``against``, a shift of theirs.

    An offer that nobody answered before a shift began has expired by itself. Planning anew may
    drop a shift, and then what was refused or taken back about it; what holds keeps the shift.
    """

    shift = models.ForeignKey(DutyShift, models.CASCADE, related_name="swaps")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="swaps_offered")
    against = models.ForeignKey(DutyShift, models.CASCADE, null=True, related_name="swaps_against")
    state = models.CharField(max_length=10, choices=SwapState, default=SwapState.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = DutySwapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="duty_swap_offered_once",
                fields=["shift"],
                condition=Q(state=SwapState.OFFERED),
            ),
            models.CheckConstraint(name="duty_swap_between_two", condition=~Q(offered_by=F("to"))),
            models.CheckConstraint(
                name="duty_swap_answered_with_date",
                condition=Q(state=SwapState.OFFERED, answered_at=None)
                | ~Q(state=SwapState.OFFERED) & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.shift_id} {self.state}"


class DutyCoverQuerySet(models.QuerySet["DutyCover"]):
    def open(self, now: datetime) -> DutyCoverQuerySet:
        """Still to be taken; who covers may come as long as the shift has not ended."""
        return self.filter(taken_by=None, withdrawn_at=None, shift__ends_at__gt=now)


class DutyCover(models.Model):
    """A shift that any host of the family may take; the first one has it.

    ``asked_by`` keeps the shift until then; nobody asked when a term ended, and the shift
    is open.
    """

    shift = models.ForeignKey(DutyShift, models.CASCADE, related_name="covers")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    why = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = DutyCoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="duty_cover_asked_once",
                fields=["shift"],
                condition=Q(taken_by=None, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="duty_cover_taken_with_date",
                condition=Q(taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False, withdrawn_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.shift_id} {self.asked_at}"


class HandOver(models.Model):
    """A question that was still open when a shift ended, and the shift that it went to."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="hand_overs", db_index=False)
    shift = models.ForeignKey(DutyShift, models.PROTECT, related_name="handed")
    to = models.ForeignKey(DutyShift, models.PROTECT, related_name="taken_over")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="hand_over_once", fields=["thread", "shift"]),
            models.CheckConstraint(name="hand_over_goes_on", condition=~Q(shift=F("to"))),
        ]

    def __str__(self):
        return f"{self.thread_id}: {self.shift_id} -> {self.to_id}"
