from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from organisations.enums import Level, SchoolKind
from organisations.models.guards import PATH_FOLLOWS_PARENT, STANDS_RIGHT
from organisations.policy import READERS

if TYPE_CHECKING:
    from organisations.policy import Officer


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def subtree(self, organisation: Organisation) -> OrganisationQuerySet:
        """The organisation and everything below it."""
        return self.filter(path__startswith=organisation.path)

    def directly_below(self, organisation: Organisation) -> OrganisationQuerySet:
        """What reports to the organisation: a city-run school to its acting county (A15)."""
        return self.filter(
            Q(acting_county=organisation) | Q(parent=organisation, acting_county=None)
        )

    def visible_to(self, user: Officer) -> OrganisationQuerySet:
        """What the user's reading appointments cover, city-run schools acted for included."""
        return self.filter(user.scope("", *READERS))

    def current(self, on: date) -> OrganisationQuerySet:
        """Those that exist on the day ``on``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class Organisation(models.Model):
    """A province, city, county or school: one node of the one tree.

    The row is the organisation's identity and carries its present name and place; what it
    was called and where it stood on an earlier day is in ``OrganisationPeriod``, so a
    2017 report still says 莱芜市.

    ``path`` is the chain of keys from the root ("1/17/230/"): a subtree is a prefix. The
    database writes it on insert and on a change of parent, and refuses at commit a path
    that does not continue its parent's.
    """

    level = models.PositiveSmallIntegerField(choices=Level)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=SchoolKind, blank=True)
    licence_number = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=80, unique=True)
    acting_county = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="schools_acted_for",
        help_text="The unit acting as county for a city-run school (A15).",
    )
    valid_from = models.DateField(default=date(2000, 1, 1))
    valid_to = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_level_known", condition=Q(level__range=(1, 4))
            ),
            models.CheckConstraint(
                name="organisation_only_province_without_parent",
                condition=Q(level=Level.PROVINCE, parent=None)
                | (~Q(level=Level.PROVINCE) & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="organisation_kind_only_for_schools",
                condition=(Q(level=Level.SCHOOL) & ~Q(kind=""))
                | (~Q(level=Level.SCHOOL) & Q(kind="")),
            ),
            models.CheckConstraint(
                name="organisation_acting_county_only_for_schools",
                condition=Q(acting_county=None) | Q(level=Level.SCHOOL),
            ),
            models.CheckConstraint(
                name="organisation_valid_in_order",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="organisation_successor_only_when_closed",
                condition=Q(successor=None) | Q(valid_to__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["path"], name="organisation_path", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["parent", "level", "code"], name="organisation_children"),
        ]
        triggers = [STANDS_RIGHT, PATH_FOLLOWS_PARENT]

    def __str__(self):
        return self.name
