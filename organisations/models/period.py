from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from organisations.models.organisation import Organisation


def _range(function: str, lower: str, upper: str) -> Func:
    """A closed range; one of a single key stands in for equality, which gist lacks here."""
    return Func(F(lower), F(upper), Value("[]"), function=function)


class OrganisationPeriodQuerySet(models.QuerySet["OrganisationPeriod"]):
    def as_of(self, day: date) -> OrganisationPeriodQuerySet:
        """The tree as it stood on ``day``: one row per organisation that existed then."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def open(self) -> OrganisationPeriodQuerySet:
        """The present period of every organisation that still exists."""
        return self.filter(valid_to=None)


class OrganisationPeriod(models.Model):
    """What an organisation was called and where it stood, from one day to another.

    An organisation that exists has exactly one period without an end; a closed one has none.
    Periods of one organisation never overlap.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="periods")
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = OrganisationPeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="period_one_open_per_organisation",
                fields=["organisation"],
                condition=models.Q(valid_to=None),
            ),
            models.CheckConstraint(
                name="period_in_order",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="period_no_overlap",
                expressions=[
                    (_range("int8range", "organisation", "organisation"), "&&"),
                    (_range("daterange", "valid_from", "valid_to"), "&&"),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="period_path", opclasses=["varchar_pattern_ops"])
        ]

    def __str__(self):
        return self.name
