"""The rota of duty: how a family's hosts take turns, their shifts, who was there (R38)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from workshops.models.workshop import Workshop

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


def _same(field: str) -> Func:
    """A range of one key; stands in for equality, which gist lacks here."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


def _time() -> Func:
    return Func(F("starts_at"), F("ends_at"), function="tstzrange")


class DutyScheme(models.Model):
    """When a family is on duty: the days of the week, and the shifts of such a day.

    ``weekdays`` are 1 (Monday) to 7; with ``working_days_only`` those of them that the calendar of
    working days lets work. A day has ``shifts_a_day`` shifts of ``shift_minutes``, one after the
    other from ``begins_at`` on; they end before midnight.
    """

    workshop = models.OneToOneField(Workshop, models.PROTECT, related_name="duty_scheme")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), size=7)
    working_days_only = models.BooleanField(default=True)
    begins_at = models.TimeField()
    shift_minutes = models.PositiveSmallIntegerField()
    shifts_a_day = models.PositiveSmallIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_days_of_a_week",
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7], weekdays__len__gte=1),
            ),
            models.CheckConstraint(
                name="duty_shift_length", condition=Q(shift_minutes__range=(15, 1440))
            ),
            models.CheckConstraint(
                name="duty_shifts_a_day", condition=Q(shifts_a_day__range=(1, 12))
            ),
        ]

    def __str__(self):
        return f"{self.workshop_id}: {self.weekdays}"


class DutyShiftQuerySet(models.QuerySet["DutyShift"]):
    def visible_to(self, user: User) -> DutyShiftQuerySet:
        """One's own, and those of the families in which the user may open a workshop."""
        seen = Workshop.objects.visible_to(user)
        subs = seen.filter(number__gt=1).values("parent")
        return self.filter(Q(user=user) | Q(workshop__in=seen.values("pk")) | Q(workshop__in=subs))

    def ahead(self, now: datetime) -> DutyShiftQuerySet:
        """Not begun yet."""
        return self.filter(starts_at__gt=now)

    def running(self, now: datetime) -> DutyShiftQuerySet:
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def missed(self, now: datetime) -> DutyShiftQuerySet:
        """Over without anybody having been there."""
        return self.filter(ends_at__lte=now, check_in=None)


class DutyShift(models.Model):
    """A stretch of time in which one host answers for a family, from its start to its end.

    ``workshop`` is the family's main one. Without a ``user`` the shift is open: whoever hosts
    there may take it. One host's shifts never overlap, over all workshops, nor do those of
    one family; both are the database's own rules. ``handed_at``: when its open questions were
    handed on to the next.

    Source: R38.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="shifts", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="shifts", db_index=False
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_at = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True)

    objects = DutyShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_shift_in_order", condition=Q(ends_at__gt=F("starts_at"))
            ),
            ExclusionConstraint(
                name="duty_shifts_of_one_host_never_overlap",
                expressions=[(_same("user"), "&&"), (_time(), "&&")],
                condition=Q(user__isnull=False),
            ),
            ExclusionConstraint(
                name="duty_shifts_of_one_family_follow_each_other",
                expressions=[(_same("workshop"), "&&"), (_time(), "&&")],
            ),
        ]
        indexes = [
            models.Index(fields=["workshop", "starts_at"], name="duty_of_workshop"),
            models.Index(fields=["user", "starts_at"], name="duty_of_user"),
            models.Index(fields=["ends_at"], name="duty_by_end"),
        ]

    def __str__(self):
        return f"{self.workshop_id} {self.starts_at}"


class DutyCheckIn(models.Model):
    """Who was there, and when, by the server's clock; once per shift."""

    shift = models.OneToOneField(DutyShift, models.PROTECT, related_name="check_in")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duty_check_ins"
    )
    at = models.DateTimeField(default=timezone.now)
    late = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.shift_id} {self.at}"


class DutyAbsence(models.Model):
    """Days on which a host takes no shifts anywhere, both included."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    note = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_absence_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.starts_on}"
