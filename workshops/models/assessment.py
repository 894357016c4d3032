from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from organisations.models import Organisation
from programmes.models import Programme
from workshops.enums.assessment import AssessmentState, Grade
from workshops.models.host import Host
from workshops.models.workshop import READERS, Workshop
from workshops.policy import FULL_POINTS

if TYPE_CHECKING:
    from accounts.models import User


def person(**fields):
    """Who did something; never looked up from that side."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, **fields
    )


class MethodQuerySet(models.QuerySet["Method"]):
    def visible_to(self, user: User) -> MethodQuerySet:
        """Published formulas are everybody's to read; drafts those in an officer's scope."""
        return self.filter(Q(published_at__isnull=False) | user.scope("organisation", *READERS))


class Method(models.Model):
    """How an office assesses the hosts of its own workshops: a formula with a version.

    ``terms`` lists, per kind of counted act, the points for one and the most that the kind can
    give; ``bands`` from how many points a grade begins. Published, nothing of it changes any
    more: another formula is another version.

    Source: R39, R40.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    intro = models.CharField(max_length=1000, blank=True)
    terms = models.JSONField()
    bands = models.JSONField()
    written_by = person()
    written_at = models.DateTimeField(default=timezone.now)
    published_by = person(null=True)
    published_at = models.DateTimeField(null=True)

    objects = MethodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="method_version_once", fields=["programme", "organisation", "version"]
            ),
            models.UniqueConstraint(
                name="method_one_draft",
                fields=["programme", "organisation"],
                condition=Q(published_at=None),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="method_frozen_when_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.organisation_id}/{self.programme_id} v{self.version}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> AssessmentQuerySet:
        """Those of the units in an officer's or auditor's scope."""
        return self.filter(user.scope("organisation", *READERS))


class Assessment(models.Model):
    """One assessment of an office's hosts over some time, by one published method.

    Its row is locked by whatever changes results, requests or rulings, so it owns the rule.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assessments")
    method = models.ForeignKey(Method, models.PROTECT, related_name="assessments")
    starts_on = models.DateField()
    ends_on = models.DateField()
    corrections_until = models.DateField()
    state = models.CharField(max_length=10, choices=AssessmentState, default=AssessmentState.SHOWN)
    started_by = person()
    started_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True)
    confirmed_by = person(null=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assessment_days_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="assessment_confirmed_by_somebody",
                condition=Q(state="shown", confirmed_at=None, confirmed_by=None)
                | Q(state="confirmed", confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="assessment_one_at_a_time",
                fields=["programme", "organisation"],
                condition=Q(state="shown"),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="assessment_of_unit")]

    def __str__(self):
        return f"{self.organisation_id} {self.starts_on}–{self.ends_on}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == AssessmentState.CONFIRMED


class HostResultQuerySet(models.QuerySet["HostResult"]):
    def standing(self) -> HostResultQuerySet:
        """Without those that an appeal replaced."""
        return self.filter(replaced_by=None)

    def visible_to(self, user: User) -> HostResultQuerySet:
        """One's own, and those of the units in an officer's or auditor's scope."""
        return self.filter(Q(user=user) | user.scope("assessment__organisation", *READERS))


class HostResult(models.Model):
    """What a host reached in one workshop, with the counts it was made from.

    ``counts`` is what was counted, ``adjusted`` the signed sums of ruled corrections,
    ``points`` what each kind gave. Until the assessment is confirmed the row is computed anew;
    then it is frozen, and an appeal that is upheld adds a row that ``replaces`` it.
    """

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="results", db_index=False
    )
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="host_results")
    term = models.ForeignKey(Host, models.PROTECT, related_name="results")
    revision = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    counts = models.JSONField()
    adjusted = models.JSONField()
    points = models.JSONField()
    total = models.DecimalField(max_digits=5, decimal_places=1)
    grade = models.CharField(max_length=10, choices=Grade)
    computed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = HostResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="host_result_once", fields=["assessment", "workshop", "user", "revision"]
            ),
            models.CheckConstraint(
                name="host_result_within_full_points",
                condition=Q(total__gte=0, total__lte=FULL_POINTS),
            ),
            models.CheckConstraint(
                name="host_result_replaced_by_revision",
                condition=Q(revision=1, replaces=None)
                | Q(revision__gt=1, replaces__isnull=False, confirmed_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="host_result_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__confirmed_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.user_id}@{self.workshop_id} {self.total}"
