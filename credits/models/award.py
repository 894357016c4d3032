from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from credits.enums import AwardState
from credits.models.ledger import LedgerEntry
from credits.models.scope import in_scope
from organisations.models import Organisation
from programmes.enums import Category
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User


class ManualAwardQuerySet(models.QuerySet["ManualAward"]):
    def visible_to(self, user: User) -> ManualAwardQuerySet:
        """One's own, those one proposed, and those of the schools whose hours one may read."""
        mine = Q(user=user) | Q(proposed_by=user)
        return self.filter(mine | in_scope(user, "school__path", "county__path"))


class ManualAward(models.Model):
    """Class hours that no course gave: proposed with evidence, given by a second person.

    The proposer never decides, and neither of the two is the person who gets the hours. The
    ledger line that an approval posts is linked; its source is "credits.award:<key>".
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="manual_awards")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="manual_awards")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    part = models.CharField(max_length=24)
    category = models.CharField(max_length=10, choices=Category)
    class_hours = models.DecimalField(max_digits=4, decimal_places=1)
    earned_on = models.DateField()
    subject = models.CharField(max_length=120)
    reason = models.TextField()
    dispute = models.ForeignKey(
        "credits.HourDispute", models.PROTECT, null=True, blank=True, related_name="awards"
    )
    state = models.CharField(max_length=10, choices=AwardState, default=AwardState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, null=True, related_name="award")

    objects = ManualAwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="award_hours_positive", condition=Q(class_hours__gt=0)),
            models.CheckConstraint(name="award_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="award_not_for_its_proposer", condition=~Q(proposed_by=F("user"))
            ),
            models.CheckConstraint(
                name="award_decided_by_a_second_person",
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("user"))),
            ),
            models.CheckConstraint(
                name="award_approved_exactly_with_entry",
                condition=Q(
                    state=AwardState.APPROVED, entry__isnull=False, decided_by__isnull=False
                )
                | (~Q(state=AwardState.APPROVED) & Q(entry=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "state", "proposed_at"], name="award_county_state"),
            models.Index(fields=["school", "state"], name="award_school_state"),
        ]

    def __str__(self):
        return f"{self.subject} · {self.class_hours}"
