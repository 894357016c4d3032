from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from workshops.enums.hosting import Qualification
from workshops.models.workshop import READERS, Workshop

if TYPE_CHECKING:
    from accounts.models import User


def _range(function: str, lower: str, upper: str) -> Func:
    """A closed range; one of a single key stands in for equality, which gist lacks here."""
    return Func(F(lower), F(upper), Value("[]"), function=function)


class HostQuerySet(models.QuerySet["Host"]):
    def current(self) -> HostQuerySet:
        """Whose term holds today."""
        today = timezone.localdate()
        holds = Q(ends_on=None) | Q(ends_on__gte=today)
        return self.filter(holds, ended_at=None, starts_on__lte=today)

    def standing(self) -> HostQuerySet:
        """Those of today and those to come."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), ended_at=None)

    def visible_to(self, user: User) -> HostQuerySet:
        """The user's own terms, those in the workshops one may open, those in one's scope."""
        visible = Workshop.objects.visible_to(user)
        scope = user.scope("workshop__organisation", *READERS)
        return self.filter(Q(user=user) | Q(workshop__in=visible) | scope)


class Host(models.Model):
    """A term in which a person hosts a workshop and its sub-workshops.

    A host does not count among the members. ``ends_on`` is the last day foreseen; ``ended_at``
    the moment at which somebody ended the term, with the reason. Who is replaced keeps the
    row, and ``replaces`` of the successor points to it.

    Source: R33, R39.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="hosts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="hostings")
    qualification = models.CharField(max_length=16, choices=Qualification)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    appointed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    why_ended = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    objects = HostQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="host_terms_do_not_overlap",
                expressions=[
                    (_range("int8range", "workshop", "workshop"), "&&"),
                    (_range("int8range", "user", "user"), "&&"),
                    (_range("daterange", "starts_on", "ends_on"), "&&"),
                ],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="host_term_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="host_ended_for_a_reason",
                condition=Q(ended_at=None, why_ended="")
                | Q(ended_at__isnull=False) & ~Q(why_ended=""),
            ),
        ]

    def __str__(self):
        return f"{self.user_id}@{self.workshop_id}"
