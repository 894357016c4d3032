from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.enums import PEOPLE_READERS, Role
from organisations.models import Organisation

if TYPE_CHECKING:
    from accounts.models.user import User


def holds_on_sql(appointment: str, day: str) -> str:
    """A SQL condition: the alias ``appointment`` holds on ``day``. The rule of ``current``."""
    return (
        f"{appointment}.ended_at IS NULL AND {appointment}.starts_on <= {day}"
        f" AND ({appointment}.ends_on IS NULL OR {appointment}.ends_on >= {day})"
    )


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self) -> AppointmentQuerySet:
        """Those that hold today."""
        today = timezone.localdate()
        holds = Q(ends_on=None) | Q(ends_on__gte=today)
        return self.filter(holds, ended_at=None, starts_on__lte=today)

    def standing(self) -> AppointmentQuerySet:
        """Those that hold today or will: not ended, and their last day is not over."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), ended_at=None)

    def visible_to(self, user: User) -> AppointmentQuerySet:
        """The user's own, and those in the reach of officers who work with people."""
        return self.filter(Q(user=user) | user.scope("organisation", *PEOPLE_READERS))


class Appointment(models.Model):
    """A role that a person holds in an organisation and everything below it, dated.

    ``ends_on`` is the last day foreseen; ``ended_at`` the moment at which somebody ended it,
    from which on it opens nothing, whatever the dates say.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments")
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="appointment_once_per_role_and_organisation",
                fields=["user", "role", "organisation"],
                condition=Q(ends_on=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="appointment_dates_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="appointment_at")]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"
