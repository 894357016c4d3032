from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from programmes.enums import EnrolmentState, PersonType, Stage
from programmes.models.programme import Programme

if TYPE_CHECKING:
    from accounts.models import User


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: User) -> EnrolmentQuerySet:
        """The user's own enrolments and those of every school in the user's scope."""
        visible = Q(user=user)
        for path in user.appointed_paths():
            visible |= Q(school__path__startswith=path)
        return self.filter(visible)

    def approved(self) -> EnrolmentQuerySet:
        """Those that count: approved and not withdrawn."""
        return self.filter(state=EnrolmentState.APPROVED)


class Enrolment(models.Model):
    """A person's place in a programme year: stage, subject, school and person type."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="enrolments")
    person_type = models.CharField(max_length=20, choices=PersonType, default=PersonType.TEACHER)
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.ENTERED)
    return_reason = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="enrolment_once_per_person_and_programme", fields=["programme", "user"]
            ),
            models.CheckConstraint(
                name="enrolment_approved_with_date",
                condition=~Q(state=EnrolmentState.APPROVED) | Q(approved_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "school", "state"], name="enrolment_school_state"),
            models.Index(fields=["programme", "stage", "subject"], name="enrolment_stage_subject"),
        ]

    def __str__(self):
        return f"{self.user} · {self.programme}"
