from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models.guards import append_only
from organisations.enums import Level
from organisations.models import Organisation
from programmes.models import Programme
from workshops.models.workshop import READERS

if TYPE_CHECKING:
    from accounts.models import User


class PriorityListQuerySet(models.QuerySet["PriorityList"]):
    def visible_to(self, user: User) -> PriorityListQuerySet:
        return self.filter(user.scope("organisation", *READERS))


class PriorityList(models.Model):
    """A version of the order in which hosts are sent to the national training.

    It is frozen when it is issued: neither it nor its lines can be changed or taken back, a
    correction is the next version. ``quota``: the places the national training gives, if known.

    Source: R37.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    quota = models.PositiveSmallIntegerField(null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)

    objects = PriorityListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="priority_list_version_once", fields=["programme", "organisation", "version"]
            )
        ]
        triggers = append_only("priority_list")

    def __str__(self):
        return f"{self.programme_id}/{self.organisation_id} v{self.version}"


class PriorityLineQuerySet(models.QuerySet["PriorityLine"]):
    def visible_to(self, user: User) -> PriorityLineQuerySet:
        """The user's own, and those of an officer's lists: no table of persons for everybody."""
        return self.filter(Q(user=user) | user.scope("listing__organisation", *READERS))


class PriorityLine(models.Model):
    """One host in the order, with the facts by which the order was made, as they were then."""

    listing = models.ForeignKey(PriorityList, models.PROTECT, related_name="lines")
    rank = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    school = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField(choices=Level)
    trainings = models.PositiveSmallIntegerField()
    host_since = models.DateField()

    objects = PriorityLineQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(name="priority_rank_once", fields=["listing", "rank"]),
            models.UniqueConstraint(name="priority_person_once", fields=["listing", "user"]),
        ]
        triggers = append_only("priority_line")

    def __str__(self):
        return f"{self.rank}"
