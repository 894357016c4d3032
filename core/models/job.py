from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    PARKED = "parked", _("set aside")


class Job(models.Model):
    """A piece of background work; this row, not the queue's message, is the truth.

    It is written in the transaction that needs the work. A worker holds it by a lease that
    it renews; a lease that ran out is taken over by the next worker. Work that failed
    ``max_attempts`` times is parked for a person to look at.
    """

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, unique=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    stage = models.CharField(max_length=60, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["lease_until"],
                name="job_unfinished",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="job_done_within_total",
                condition=models.Q(progress_done__lte=models.F("progress_total")),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
