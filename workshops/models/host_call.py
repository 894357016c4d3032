from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from organisations.models import Organisation
from programmes.models import Programme
from workshops.models.workshop import READERS
from workshops.policy import HOSTS_A_TOPIC, TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User


class HostCallQuerySet(models.QuerySet["HostCall"]):
    def visible_to(self, user: User) -> HostCallQuerySet:
        """Everybody's from the first day on; before that the office's own."""
        begun = Q(opens_on__lte=timezone.localdate())
        return self.filter(begun | user.scope("organisation", *READERS))

    def open(self) -> HostCallQuerySet:
        """Those to which one can volunteer today."""
        today = timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today)


class HostCall(models.Model):
    """The province looks for hosts of topic workshops.

    One volunteers until the end of ``closes_on``; schools recommend until the end of
    ``recommends_until``. Both days end at 24:00 Beijing time.

    Source: R34.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="host_calls")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="host_calls")
    title = models.CharField(max_length=TITLE_LENGTH)
    text = models.TextField(max_length=5000)
    opens_on = models.DateField()
    closes_on = models.DateField()
    recommends_until = models.DateField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(default=timezone.now)

    objects = HostCallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="host_call_days_in_order",
                condition=Q(closes_on__gte=F("opens_on")) & Q(recommends_until__gte=F("closes_on")),
            ),
        ]

    def __str__(self):
        return self.title

    def takes_volunteers(self, on: date) -> bool:
        return self.opens_on <= on <= self.closes_on

    def takes_recommendations(self, on: date) -> bool:
        return self.opens_on <= on <= self.recommends_until


class CallTopic(models.Model):
    """A topic of the year for which a call seeks ``places`` hosts.

    The row is locked while a host is selected, so it owns the number.
    """

    call = models.ForeignKey(HostCall, models.PROTECT, related_name="topics", db_index=False)
    topic = models.CharField(max_length=40)
    places = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="call_topic_once", fields=["call", "topic"]),
            models.CheckConstraint(
                name="call_topic_places_within_limit",
                condition=Q(places__range=(0, HOSTS_A_TOPIC)),
            ),
        ]

    def __str__(self):
        return f"{self.call_id} {self.topic}"
