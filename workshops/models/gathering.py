from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, Min, OuterRef, Q
from django.utils import timezone

from organisations.models import Organisation
from programmes.enums import Stage
from programmes.models import Programme
from workshops.enums.gatherings import GatheringKind, GatheringState
from workshops.models.workshop import READERS, Workshop
from workshops.policy import GATHERING_LIMIT, TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def visible_to(self, user: User) -> GatheringQuerySet:
        """Seminars of the workshops that one may open, trainings to which one was invited and
        those of the units in an officer's scope."""
        from workshops.models.attending import Attendee  # noqa: PLC0415 - it points here

        invited = Attendee.objects.filter(gathering=OuterRef("pk"), user=user)
        seminars = Q(workshop__in=Workshop.objects.visible_to(user))
        scope = user.scope("organisation", *READERS)
        return self.filter(seminars | Q(workshop=None) & (Exists(invited) | scope))

    def trainings(self) -> GatheringQuerySet:
        return self.filter(kind=GatheringKind.TRAINING)

    def seminars(self) -> GatheringQuerySet:
        return self.filter(kind=GatheringKind.SEMINAR)

    def announced(self) -> GatheringQuerySet:
        """All that were not called off."""
        return self.filter(state=GatheringState.ANNOUNCED)

    def with_times(self) -> GatheringQuerySet:
        """Adds ``begins_at`` of the first meeting and ``ends_at`` of the last."""
        return self.annotate(begins_at=Min("meetings__begins_at"), ends_at=Max("meetings__ends_at"))

    def with_place(self) -> GatheringQuerySet:
        """Joined with what a page says of it; the rule pack is read when needed."""
        rows = self.select_related(
            "organisation", "programme", "workshop__organisation", "workshop__programme"
        )
        return rows.defer("programme__rule_pack", "workshop__programme__rule_pack")


class Gathering(models.Model):
    """People come together on a day: a training of hosts, or a workshop's offline seminar.

    A *training* is an office's, for the hosts whom it invites: ``level``, ``stage`` and
    ``subject`` say of which workshops below it, empty meaning all. A *seminar* is a workshop's,
    for its members. Both have meetings, at each of which people sign in. The row is the one that
    is locked when places are given, so it owns the rule.

    Units: ``class_hours`` of a training, for the hosts' own record; no hours of the programme.
    Source: R3, R37, R38, R40.
    """

    kind = models.CharField(max_length=8, choices=GatheringKind)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="gatherings")
    workshop = models.ForeignKey(Workshop, models.PROTECT, null=True, related_name="gatherings")
    level = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    subject = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=TITLE_LENGTH)
    place = models.CharField(max_length=120)
    capacity = models.PositiveSmallIntegerField(null=True)
    class_hours = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    about = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    minutes_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=10, choices=GatheringState, default=GatheringState.ANNOUNCED
    )
    why_cancelled = models.CharField(max_length=200, blank=True)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(default=timezone.now)
    token = models.UUIDField(null=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="gathering_training_or_of_a_workshop",
                condition=Q(kind=GatheringKind.TRAINING, workshop=None)
                | Q(kind=GatheringKind.SEMINAR, workshop__isnull=False, class_hours=0),
            ),
            models.CheckConstraint(
                name="gathering_capacity_within_limit",
                condition=Q(capacity=None) | Q(capacity__range=(1, GATHERING_LIMIT)),
            ),
            models.CheckConstraint(
                name="gathering_hours_not_negative", condition=Q(class_hours__gte=0)
            ),
            models.CheckConstraint(
                name="gathering_cancelled_for_a_reason",
                condition=Q(state=GatheringState.CANCELLED) & ~Q(why_cancelled="")
                | Q(state=GatheringState.ANNOUNCED, why_cancelled=""),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_training(self) -> bool:
        return self.kind == GatheringKind.TRAINING

    @property
    def holds(self) -> bool:
        return self.state == GatheringState.ANNOUNCED


class Meeting(models.Model):
    """One sitting of a gathering, at which people sign in. A long training has several."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    begins_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="meeting_numbered", fields=["gathering", "number"]),
            models.CheckConstraint(
                name="meeting_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))
            ),
        ]

    def __str__(self):
        return f"{self.gathering_id}/{self.number}"


class GatheringFile(models.Model):
    """The programme of a gathering, handed out before; or a picture of it, added after."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="files")
    file = models.FileField(upload_to="gatherings/%Y/%m/", max_length=200)
    name = models.CharField(max_length=150)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    afterwards = models.BooleanField(default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="gathering_file_once", fields=["gathering", "sha256"])
        ]

    def __str__(self):
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.name.lower().endswith((".png", ".jpg", ".jpeg"))
