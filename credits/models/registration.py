from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from credits.enums import RegistrationState
from credits.models.scope import in_scope
from organisations.models import Organisation
from programmes.models import Enrolment, Programme

if TYPE_CHECKING:
    from accounts.models import User


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: User) -> RegistrationQuerySet:
        """One's own, and those of the schools whose hours one may read."""
        scope = in_scope(user, "school__path", "county__path")
        return self.filter(Q(user=user) | scope)


class Registration(models.Model):
    """A person's credits of one year on their way into the register (R19, R20).

    Proposed by the platform, confirmed by the school, reviewed by the county; every step
    counts the hours anew. ``hours`` is what was counted per part at the last step, frozen
    with the registration. A revoked one stays, and a later one may follow it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="registrations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="registrations")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="registrations")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=RegistrationState, default=RegistrationState.PROPOSED
    )
    hours = models.JSONField()
    class_hours = models.DecimalField(max_digits=6, decimal_places=2)
    credits = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    registered_at = models.DateTimeField(null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="registration_one_live_per_person",
                fields=["programme", "user"],
                condition=~Q(state=RegistrationState.REVOKED),
            ),
            models.CheckConstraint(
                name="registration_two_persons",
                condition=Q(confirmed_by=None)
                | Q(registered_by=None)
                | ~Q(registered_by=F("confirmed_by")),
            ),
            models.CheckConstraint(
                name="registration_by_others",
                condition=(Q(confirmed_by=None) | ~Q(confirmed_by=F("user")))
                & (Q(registered_by=None) | ~Q(registered_by=F("user"))),
            ),
            models.CheckConstraint(
                name="registration_says_who",
                condition=~Q(state__in=["registered", "revoked"])
                | Q(
                    registered_at__isnull=False,
                    registered_by__isnull=False,
                    confirmed_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="registration_taken_back_with_reason",
                condition=~Q(state__in=["returned", "revoked"]) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "school", "state"], name="registration_school_state"),
            models.Index(fields=["programme", "county", "state"], name="registration_county_state"),
        ]

    def __str__(self):
        return f"{self.user} · {self.programme}"
