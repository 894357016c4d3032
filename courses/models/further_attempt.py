from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.course import Course
from courses.policy import ATTEMPT_OFFICERS
from organisations.enums import Level
from programmes.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User


class FurtherAttemptState(models.TextChoices):
    ASKED = "asked", _("waiting for a decision")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("not granted")


# A refusal may be taken back, a granted attempt may not: it may have been sat already.
FURTHER_NEXT_STATES: dict[FurtherAttemptState, set[FurtherAttemptState]] = {
    FurtherAttemptState.ASKED: {FurtherAttemptState.GRANTED, FurtherAttemptState.REFUSED},
    FurtherAttemptState.REFUSED: {FurtherAttemptState.GRANTED},
    FurtherAttemptState.GRANTED: set(),
}


class FurtherAttemptQuerySet(models.QuerySet["FurtherAttempt"]):
    def visible_to(self, user: User) -> FurtherAttemptQuerySet:
        """One's own, and those that an office of county level or above decides on."""
        within = Q(asked_by=user)
        for appointment in user.current_appointments:
            unit = appointment.organisation
            if appointment.role in ATTEMPT_OFFICERS and unit.level <= Level.COUNTY:
                within |= Q(enrolment__school__path__startswith=unit.path)
                within |= Q(enrolment__school__acting_county=unit.pk)
        return self.filter(within)

    def waiting(self) -> FurtherAttemptQuerySet:
        return self.filter(state=FurtherAttemptState.ASKED)

    def granted(self) -> FurtherAttemptQuerySet:
        return self.filter(state=FurtherAttemptState.GRANTED)


class FurtherAttempt(models.Model):
    """A teacher who used every attempt at a test asks for one more; an office decides.

    ``number`` is the attempt that it would open. It is unique, so an attempt is asked for and
    granted once, and what was granted can be counted like the attempts themselves. The teacher
    asks, somebody else decides, and both leave their words.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="further_attempts")
    course = models.ForeignKey(Course, models.PROTECT, related_name="further_attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=8, choices=FurtherAttemptState, default=FurtherAttemptState.ASKED
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    objects = FurtherAttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="further_attempt_once_per_number", fields=["enrolment", "course", "number"]
            ),
            models.CheckConstraint(
                name="further_attempt_not_the_first", condition=Q(number__gte=2)
            ),
            models.CheckConstraint(
                name="further_attempt_decided_with_a_reason",
                condition=Q(state="asked", decided_by=None, decided_at=None, decision_reason="")
                | (
                    Q(state__in=["granted", "refused"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decision_reason="")
                ),
            ),
            models.CheckConstraint(
                name="further_attempt_decided_by_somebody_else",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], name="further_attempt_waiting", condition=Q(state="asked")
            )
        ]
        ordering = ["number"]

    def __str__(self):
        return f"{self.enrolment_id} {self.course_id} {self.number}"
