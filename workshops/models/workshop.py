from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.enums import Role
from organisations.models import Organisation
from programmes.enums import Stage
from programmes.models import Programme
from workshops.enums.seats import WorkshopKind, WorkshopState
from workshops.policy import GROUP_PREFIX, SEAT_LIMIT

if TYPE_CHECKING:
    from accounts.models import User

READERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER, Role.AUDITOR)


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, user: User) -> WorkshopQuerySet:
        """Those in which the user sits or that the user hosts, and those in an officer's scope.

        Whoever hosts a workshop hosts its sub-workshops, too; never the one above.
        """
        from workshops.models.host import Host  # noqa: PLC0415 - both point here
        from workshops.models.membership import Membership  # noqa: PLC0415

        sits = Membership.objects.current().filter(workshop=OuterRef("pk"), teacher=user)
        hosts = Host.objects.current().filter(user=user)
        hosted = Q(pk__in=hosts.values("workshop")) | Q(
            number__gt=1, parent__in=hosts.values("workshop")
        )
        return self.filter(Exists(sits) | hosted | user.scope("organisation", *READERS))

    def open(self) -> WorkshopQuerySet:
        return self.filter(state=WorkshopState.OPEN)

    def family(self, main: int) -> WorkshopQuerySet:
        """The workshop with the key ``main`` and its sub-workshops, in their order."""
        return self.filter(Q(pk=main) | Q(parent=main, number__gt=1)).order_by("number")

    def groups(self) -> WorkshopQuerySet:
        """Study groups of schools."""
        return self.filter(kind=WorkshopKind.TOPIC, topic__startswith=GROUP_PREFIX)

    def without_groups(self) -> WorkshopQuerySet:
        return self.exclude(topic__startswith=GROUP_PREFIX)

    def with_place(self) -> WorkshopQuerySet:
        """Joined with what its title is made of; the rule pack is read when needed."""
        rows = self.select_related("organisation", "programme", "parent__organisation")
        return rows.defer("programme__rule_pack")


class Workshop(models.Model):
    """A place where at most 300 teachers of one subject or topic learn together.

    For each subject (or topic) of a year an organisation has one main workshop, ``number`` 1,
    and as many sub-workshops, numbered from 2, as its people fill. ``parent`` of a main one is
    the workshop of the organisation above, of a sub-workshop its main one. The main row is
    the one that is locked when seats of the family are given, so it owns the rule.

    ``field`` is made by the database: "subject:primary:chinese", "topic:class_management". A
    seat repeats it, so that one person cannot hold two. ``taken`` counts the seats held; triggers
    on the seats keep it, so that nobody has to count a family of hundreds to find the emptiest.

    Source: R21, R29, R30, A11.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="workshops")
    kind = models.CharField(max_length=8, choices=WorkshopKind)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    subject = models.CharField(max_length=30, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    field = models.GeneratedField(
        expression=Case(
            When(kind="topic", then=Concat(Value("topic:"), "topic")),
            default=Concat(Value("subject:"), "stage", Value(":"), "subject"),
        ),
        output_field=models.CharField(max_length=60),
        db_persist=True,
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="workshops")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    number = models.PositiveSmallIntegerField(default=1)
    cap = models.PositiveSmallIntegerField(default=SEAT_LIMIT)
    taken = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    name = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        max_length=8, choices=WorkshopState, default=WorkshopState.OPEN, db_default="open"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="workshop_once_per_place_and_field",
                fields=["programme", "field", "organisation", "number"],
            ),
            models.UniqueConstraint(
                name="workshop_with_its_field", fields=["id", "programme", "field"]
            ),
            models.CheckConstraint(
                name="workshop_cap_within_limit", condition=Q(cap__range=(1, SEAT_LIMIT))
            ),
            models.CheckConstraint(
                name="workshop_never_beyond_its_cap", condition=Q(taken__lte=F("cap"))
            ),
            models.CheckConstraint(
                name="workshop_of_a_subject_or_a_topic",
                condition=(
                    Q(kind=WorkshopKind.SUBJECT, topic="") & ~Q(stage="") & ~Q(subject="")
                    | Q(kind=WorkshopKind.TOPIC, stage="", subject="") & ~Q(topic="")
                ),
            ),
            models.CheckConstraint(
                name="workshop_sub_has_its_main",
                condition=Q(number=1) | Q(number__gt=1, parent__isnull=False),
            ),
            models.CheckConstraint(
                name="workshop_closed_with_date",
                condition=Q(state=WorkshopState.CLOSED, closed_at__isnull=False)
                | Q(state=WorkshopState.OPEN, closed_at=None),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "programme"], name="workshop_place")]

    def __str__(self):
        return f"{self.field}@{self.organisation_id}#{self.number}"

    @property
    def main_id(self) -> int:
        """The key of the family's main workshop: itself, or the one whose sub-workshop it is."""
        return self.pk if self.number == 1 else self.parent_id

    @property
    def is_open(self) -> bool:
        return self.state == WorkshopState.OPEN

    @property
    def is_group(self) -> bool:
        """A study group of one school: a topic of its own, its own people, no hours (R21)."""
        return self.topic.startswith(GROUP_PREFIX)

    @property
    def gives_hours(self) -> bool:
        """Whether its programme year still runs; afterwards one learns on without hours (R21)."""
        return not self.is_group and self.programme.ends_on >= timezone.localdate()
