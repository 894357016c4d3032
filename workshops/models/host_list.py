from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models.guards import append_only
from organisations.models import Organisation
from programmes.models import Programme
from workshops.enums.hosting import LIST_ACTS, OPEN_LIST_STATES, ListState, Qualification
from workshops.models.host import Host
from workshops.models.signature import Signature
from workshops.models.workshop import READERS

if TYPE_CHECKING:
    from accounts.models import User


class HostList(models.Model):
    """A city's or county's hosts of a year, as it files them. Locked while a version moves."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="host_lists", db_index=False
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="host_lists")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="host_list_once_per_unit_and_year", fields=["programme", "organisation"]
            )
        ]

    def __str__(self):
        return f"{self.organisation_id} {self.programme_id}"


class ListVersionQuerySet(models.QuerySet["ListVersion"]):
    def visible_to(self, user: User) -> ListVersionQuerySet:
        """The unit's own officers and auditors, and those above it."""
        return self.filter(user.scope("host_list__organisation", *READERS))

    def open(self) -> ListVersionQuerySet:
        """Those that wait for somebody above."""
        return self.filter(state__in=OPEN_LIST_STATES)

    def filed(self) -> ListVersionQuerySet:
        return self.filter(state=ListState.FILED)


class ListVersion(models.Model):
    """A list as it was sent: its rows are copied and never change again.

    ``digest`` is the SHA-256 of the rows, ``size`` their number; both are fixed when the version
    is made. A change of the team is a new version.

    Source: R35.
    """

    host_list = models.ForeignKey(HostList, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ListState)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now)

    objects = ListVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="list_version_once_per_number", fields=["host_list", "number"]
            ),
            models.UniqueConstraint(
                name="list_version_one_on_its_way",
                fields=["host_list"],
                condition=Q(state__in=OPEN_LIST_STATES),
            ),
            models.CheckConstraint(name="list_version_with_rows", condition=Q(size__gte=1)),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="list_version_frozen",
                fields=["host_list", "number", "size", "digest", "sent_at"],
            ),
            pgtrigger.Protect(name="list_version_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.host_list_id} v{self.number} {self.state}"


class ListEntry(models.Model):
    """A host as the list named them: a copy that stays when the term or the name changes."""

    version = models.ForeignKey(ListVersion, models.PROTECT, related_name="entries", db_index=False)
    position = models.PositiveIntegerField()
    term = models.ForeignKey(Host, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    field = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=80, blank=True)
    qualification = models.CharField(max_length=16, choices=Qualification)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="list_entry_once_per_position", fields=["version", "position"]
            ),
        ]
        triggers = [
            *append_only("list_entry"),
            pgtrigger.Trigger(
                name="list_entry_within_its_list",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("rows", "INTEGER")],
                func="""
                SELECT size INTO rows FROM workshops_listversion WHERE id = NEW.version_id;
                IF NEW.position NOT BETWEEN 1 AND rows THEN
                    RAISE EXCEPTION 'a list takes no further row' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.version_id}.{self.position}"


class ListSignature(Signature):
    """One step of a version, signed. Append-only."""

    version = models.ForeignKey(ListVersion, models.PROTECT, related_name="signatures")
    state = models.CharField(max_length=10, choices=ListState)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="list_returned_with_words",
                condition=~Q(state=ListState.RETURNED) | ~Q(words=""),
            ),
        ]
        triggers = append_only("list_signature")

    def __str__(self):
        return f"{self.version_id} {self.state}"

    @property
    def act(self) -> str:
        """What was signed, as a heading over the signature."""
        return str(LIST_ACTS[ListState(self.state)])


class ListDay(models.Model):
    """The day by which the province wants every unit's list of the year."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="host_list_day")
    last_day = models.DateField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.programme_id} {self.last_day}"
