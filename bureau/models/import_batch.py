from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bureau.enums import BatchState, RowOutcome
from bureau.policy import VIEWERS
from core.models import Job
from organisations.models import Organisation
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: User) -> ImportBatchQuerySet:
        """The user's own uploads and those made for organisations in the user's scope."""
        return self.filter(Q(uploaded_by=user) | user.scope("organisation", *VIEWERS))


class ImportBatch(models.Model):
    """One uploaded list: checked without effect first, then imported as a whole, once.

    Rows are imported for ``organisation`` and everything below it. The uploaded and the
    returned workbook lie sealed in the file store and are deleted at ``expires_at``.
    """

    kind = models.CharField(max_length=24)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_batches"
    )
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    upload = models.CharField(max_length=120, blank=True)
    returned = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.CHECKING)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_batch_imported_with_date",
                condition=Q(state=BatchState.IMPORTED, imported_at__isnull=False)
                | (~Q(state=BatchState.IMPORTED) & Q(imported_at=None)),
            ),
            models.CheckConstraint(
                name="import_batch_counts_every_row",
                condition=Q(checked_at=None)
                | Q(rows=F("added") + F("changed") + F("left") + F("refused")),
            ),
            models.CheckConstraint(
                name="import_batch_cleared_without_files",
                condition=Q(cleared_at=None) | Q(upload="", returned=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], name="import_batch_to_clear", condition=Q(cleared_at=None)
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def importable(self) -> int:
        """Rows that the import would write."""
        return self.added + self.changed


class StagedRow(models.Model):
    """One row of an uploaded list while it waits.

    ``cells`` are what the officer typed, ID numbers masked; ``data`` is what the checks made
    of it, ID numbers only as digest and cipher. ``reasons`` are codes with parameters, so the
    reader's language decides the sentence.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="staged_rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    data = models.JSONField()
    outcome = models.CharField(max_length=8, choices=RowOutcome, blank=True)
    reasons = models.JSONField(db_default=models.Value([], models.JSONField()))
    changes = models.JSONField(db_default=models.Value([], models.JSONField()))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="staged_row_once_per_line", fields=["batch", "line"]),
            models.CheckConstraint(
                name="staged_row_refused_with_reason",
                condition=~Q(outcome=RowOutcome.REFUSED) | ~Q(reasons=[]),
            ),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "line"], name="staged_row_outcome")]

    def __str__(self):
        return f"{self.batch_id}:{self.line}"
