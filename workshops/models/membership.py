from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from programmes.models import Programme
from workshops.enums.seats import Leaving, Way
from workshops.models.seat_triggers import SEAT_TRIGGERS
from workshops.models.workshop import Workshop
from workshops.policy import SEAT_LIMIT

if TYPE_CHECKING:
    from accounts.models import User


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        """Seats that are held today; the others are history."""
        return self.filter(left_at=None)

    def visible_to(self, user: User) -> MembershipQuerySet:
        """The user's own, and those of every workshop that the user may open."""
        visible = Workshop.objects.visible_to(user)
        return self.filter(Q(teacher=user) | Q(workshop__in=visible))


class Membership(models.Model):
    """A teacher's numbered seat in a workshop.

    Numbering the seats makes the limit a fact of the schema instead of the outcome of a
    count: there is no seat 301 to give away. ``programme`` and ``field`` repeat the
    workshop's (a composite foreign key holds them to it), so that one person has one seat per
    subject or topic and year. A seat that was left stays as history.
    """

    # The composite foreign key (migration 0002) holds both; further ones would only cost time.
    workshop = models.ForeignKey(
        Workshop,
        models.PROTECT,
        related_name="memberships",
        db_index=False,
        db_constraint=False,
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    field = models.CharField(max_length=60)
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships"
    )
    seat = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=12, choices=Way)
    joined_at = models.DateTimeField(default=timezone.now)
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    leaving = models.CharField(max_length=12, choices=Leaving, blank=True, db_default="")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_seat_within_limit", condition=Q(seat__range=(1, SEAT_LIMIT))
            ),
            models.UniqueConstraint(
                name="membership_one_holder_per_seat",
                fields=["workshop", "seat"],
                condition=Q(left_at=None),
            ),
            models.UniqueConstraint(
                name="membership_one_seat_per_teacher_and_field",
                fields=["teacher", "programme", "field"],
                condition=Q(left_at=None),
            ),
            models.CheckConstraint(
                name="membership_left_for_a_reason",
                condition=Q(left_at=None, leaving="")
                | Q(left_at__gte=F("joined_at")) & ~Q(leaving=""),
            ),
        ]
        triggers = SEAT_TRIGGERS

    def __str__(self):
        return f"{self.workshop_id}/{self.seat}"
