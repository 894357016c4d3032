from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.enums import Role
from organisations.models import Organisation
from programmes.enums import EnrolmentState, PersonType, Stage
from programmes.models.programme import Programme

if TYPE_CHECKING:
    from accounts.models import User

READERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER, Role.PRINCIPAL, Role.AUDITOR)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: User) -> EnrolmentQuerySet:
        """The user's own enrolments and those of every school in the user's scope.

        Principals, administrators, project officers and auditors have a scope here; content
        editors and markers do not.
        """
        return self.filter(Q(user=user) | within(user.appointed_paths(*READERS)))

    def in_scope(self, paths: list[str]) -> EnrolmentQuerySet:
        """Those of the schools in the subtrees ``paths``, city-run schools included."""
        return self.filter(within(paths))

    def approved(self) -> EnrolmentQuerySet:
        """Those that count: approved and not withdrawn."""
        return self.filter(state=EnrolmentState.APPROVED)

    def waiting(self) -> EnrolmentQuerySet:
        """Those on which the county may act."""
        return self.filter(state__in=(EnrolmentState.ENTERED, EnrolmentState.CONFIRMED))


def within(paths: list[str]) -> Q:
    """Schools in the subtrees that begin with ``paths`` or for which a unit there acts (A15)."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(school__path__startswith=path)
        found |= Q(school__acting_county__path__startswith=path)
    return found


class Enrolment(models.Model):
    """A person's place in a programme year: stage, subject, school and person type.

    ``confirmed_at`` is when the person last said that this is right; a correction takes it
    back. ``contest_opt_in`` lets a school enter a special-education teacher in contests (A10).
    """

    # No index of their own: each leads one of the indexes below, and a roster pays for each.
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="enrolments", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments", db_index=False
    )
    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    school = models.ForeignKey(
        Organisation, models.PROTECT, related_name="enrolments", db_index=False
    )
    person_type = models.CharField(max_length=20, choices=PersonType, default=PersonType.TEACHER)
    certificate_number = models.CharField(max_length=40, blank=True, db_default="")
    contest_opt_in = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.ENTERED)
    return_reason = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="enrolment_once_per_person_and_programme", fields=["user", "programme"]
            ),
            models.CheckConstraint(
                name="enrolment_approved_with_date",
                condition=~Q(state=EnrolmentState.APPROVED) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="enrolment_confirmed_with_date",
                condition=~Q(state=EnrolmentState.CONFIRMED) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="enrolment_returned_with_reason",
                condition=~Q(state=EnrolmentState.RETURNED) | ~Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="enrolment_kindergarten_staff_in_kindergarten",
                condition=~Q(person_type=PersonType.KINDERGARTEN_STAFF)
                | Q(stage=Stage.KINDERGARTEN),
            ),
            models.CheckConstraint(
                name="enrolment_teacher_not_in_kindergarten",
                condition=~Q(person_type=PersonType.TEACHER) | ~Q(stage=Stage.KINDERGARTEN),
            ),
            models.CheckConstraint(
                name="enrolment_researcher_with_certificate",
                condition=~Q(person_type=PersonType.RESEARCHER) | ~Q(certificate_number=""),
            ),
            models.CheckConstraint(
                name="enrolment_opt_in_for_special_education",
                condition=Q(contest_opt_in=False) | Q(person_type=PersonType.SPECIAL_EDUCATION),
            ),
        ]
        indexes = [
            models.Index(fields=["school", "programme", "state"], name="enrolment_school_state"),
            models.Index(fields=["programme", "stage", "subject"], name="enrolment_stage_subject"),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.programme_id} · {self.state}"
