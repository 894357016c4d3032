from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from workshops.enums.gatherings import Answer, Presence, SignInWay
from workshops.models.gathering import Gathering, Meeting

if TYPE_CHECKING:
    from accounts.models import User

WITHIN_CAPACITY = """
    IF NEW.place > (SELECT capacity FROM workshops_gathering WHERE id = NEW.gathering_id)
    THEN RAISE EXCEPTION 'a gathering has no place above its capacity'
         USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    def visible_to(self, user: User) -> AttendeeQuerySet:
        """The user's own, and those of every gathering that the user may see."""
        return self.filter(Q(user=user) | Q(gathering__in=Gathering.objects.visible_to(user)))

    def coming(self) -> AttendeeQuerySet:
        return self.filter(answer=Answer.COMING)


class Attendee(models.Model):
    """A person invited to a gathering or signed up for it, and what the person answered.

    Whoever comes holds a numbered place, so that no place is given twice. Whoever waits holds a
    number of the waiting list and moves up in its order.
    """

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="attendees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="gatherings")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.INVITED)
    place = models.PositiveSmallIntegerField(null=True)
    waiting = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attendee_once", fields=["gathering", "user"]),
            models.UniqueConstraint(
                name="attendee_one_holder_per_place", fields=["gathering", "place"]
            ),
            models.UniqueConstraint(
                name="attendee_one_waits_per_number", fields=["gathering", "waiting"]
            ),
            models.CheckConstraint(
                name="attendee_place_as_answered",
                condition=Q(answer=Answer.COMING, place__gte=1, waiting=None)
                | Q(answer=Answer.WAITING, place=None, waiting__gte=1)
                | Q(answer__in=[Answer.INVITED, Answer.DECLINED], place=None, waiting=None),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="attendee_place_within_capacity",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("place"),
                condition=pgtrigger.Condition("NEW.place IS NOT NULL"),
                func=WITHIN_CAPACITY,
            )
        ]

    def __str__(self):
        return f"{self.user_id}@{self.gathering_id}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> AttendanceQuerySet:
        """The user's own, and those of every gathering that the user may see."""
        seen = Gathering.objects.visible_to(user)
        return self.filter(Q(attendee__user=user) | Q(meeting__gathering__in=seen))

    def present(self) -> AttendanceQuerySet:
        return self.filter(presence=Presence.PRESENT)


class Attendance(models.Model):
    """Whether a person was at a meeting, or why not. At most one row per person and meeting.

    Whoever counts training attendance counts the rows ``present()`` whose meeting belongs to a
    training that was not called off (``queries.gatherings.training_record``).

    Source: R3, R37.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    attendee = models.ForeignKey(Attendee, models.PROTECT, related_name="attendance")
    presence = models.CharField(max_length=10, choices=Presence)
    way = models.CharField(max_length=6, choices=SignInWay)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attendance_once", fields=["meeting", "attendee"]),
            models.CheckConstraint(
                name="attendance_by_code_is_presence",
                condition=Q(way=SignInWay.LIST) | Q(presence=Presence.PRESENT),
            ),
        ]

    def __str__(self):
        return f"{self.attendee_id}/{self.meeting_id}"
