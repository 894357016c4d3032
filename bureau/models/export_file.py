from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from bureau.enums import ExportState
from bureau.policy import EXPORTERS
from core.models import Job
from organisations.models import Organisation
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User


class ExportFileQuerySet(models.QuerySet["ExportFile"]):
    def visible_to(self, user: User) -> ExportFileQuerySet:
        """Only what the user asked for, and only while the scope it was made for is held."""
        return self.filter(user.scope("organisation", *EXPORTERS), requested_by=user)


class ExportFile(models.Model):
    """A workbook made for one officer from the rows that officer may see; deleted after its time.

    ``path`` is the organisation's place when the file was made: after a move the file no
    longer fits the scope and is not handed out.
    """

    kind = models.CharField(max_length=24)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    path = models.CharField(max_length=80)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="export_files"
    )
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.MAKING)
    file = models.CharField(max_length=120, blank=True)
    rows = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    downloads = models.PositiveIntegerField(default=0)

    objects = ExportFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="export_file_ready_with_file",
                condition=(Q(state=ExportState.READY) & ~Q(file="") & Q(made_at__isnull=False))
                | (~Q(state=ExportState.READY) & Q(file="")),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
