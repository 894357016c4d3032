from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.enums import Role
from core.models.guards import append_only
from organisations.enums import Level
from organisations.models import Organisation
from workshops.enums.hosting import APPLICATION_ACTS, ApplicationState, Qualification
from workshops.models.host import Host
from workshops.models.host_call import CallTopic
from workshops.models.signature import Signature
from workshops.models.workshop import READERS
from workshops.policy import STATEMENT_LENGTH

if TYPE_CHECKING:
    from accounts.models import User


class HostApplicationQuerySet(models.QuerySet["HostApplication"]):
    def visible_to(self, user: User) -> HostApplicationQuerySet:
        """The user's own, and those of the schools that the user leads, keeps or audits."""
        return self.filter(Q(applicant=user) | user.scope("school", Role.PRINCIPAL, *READERS))

    def recommended_by(self, user: User) -> HostApplicationQuerySet:
        """Those on which the user's unit has its say: the principal's school, or for a school
        whose principal cannot act the administrators of its county. Never the own one."""
        said = Q(pk__in=[])
        for one in user.current_appointments:
            county = one.role == Role.ADMINISTRATOR and one.organisation.level == Level.COUNTY
            if one.role == Role.PRINCIPAL or county:
                said |= Q(school__path__startswith=one.organisation.path)
            if county:
                said |= Q(school__acting_county=one.organisation_id)
        return self.filter(said).exclude(applicant=user)

    def waiting(self) -> HostApplicationQuerySet:
        return self.filter(state=ApplicationState.VOLUNTEERED)


class HostApplication(models.Model):
    """Somebody volunteers to host a topic; the school recommends, the province selects.

    ``school`` is the unit on the day of the first signature; it recommends even if the person
    moves on. ``edits`` counts changes of the text, so that nobody recommends what they did not
    read. Whoever is selected holds a numbered ``place`` of the topic and has a ``term``.

    Source: R34.
    """

    topic = models.ForeignKey(
        CallTopic, models.PROTECT, related_name="applications", db_index=False
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="host_applications"
    )
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="host_applications")
    qualification = models.CharField(max_length=16, choices=Qualification)
    statement = models.TextField(max_length=STATEMENT_LENGTH)
    file = models.FileField(upload_to="hosting/%Y/%m/", max_length=200, blank=True)
    file_name = models.CharField(max_length=150, blank=True)
    edits = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=16, choices=ApplicationState)
    place = models.PositiveSmallIntegerField(null=True)
    term = models.OneToOneField(Host, models.PROTECT, null=True, related_name="application")
    volunteered_at = models.DateTimeField(default=timezone.now)

    objects = HostApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="application_one_per_person_and_topic", fields=["topic", "applicant"]
            ),
            models.UniqueConstraint(
                name="application_one_holder_per_place", fields=["topic", "place"]
            ),
            models.CheckConstraint(
                name="application_selected_with_place_and_term",
                condition=Q(
                    state=ApplicationState.SELECTED,
                    place__isnull=False,
                    place__gte=1,
                    term__isnull=False,
                )
                | ~Q(state=ApplicationState.SELECTED) & Q(place=None, term=None),
            ),
            models.CheckConstraint(name="application_with_statement", condition=~Q(statement="")),
        ]
        indexes = [models.Index(fields=["topic", "state"], name="application_of_topic")]

    def __str__(self):
        return f"{self.applicant_id} {self.topic_id} {self.state}"


class ApplicationSignature(Signature):
    """One step of an application, signed. Append-only."""

    application = models.ForeignKey(HostApplication, models.PROTECT, related_name="signatures")
    state = models.CharField(max_length=16, choices=ApplicationState)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="application_signed_with_words",
                condition=~Q(words="")
                | Q(
                    state__in=(
                        ApplicationState.VOLUNTEERED,
                        ApplicationState.SELECTED,
                        ApplicationState.WITHDRAWN,
                    )
                ),
            ),
        ]
        triggers = append_only("application_signature")

    def __str__(self):
        return f"{self.application_id} {self.state}"

    @property
    def act(self) -> str:
        """What was signed, as a heading over the signature."""
        return str(APPLICATION_ACTS[ApplicationState(self.state)])
