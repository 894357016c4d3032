from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kept_refusals import told


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    PARKED = "parked", _("set aside")


NEXT_STATES = {
    JobState.QUEUED: {JobState.RUNNING},
    JobState.RUNNING: {
        JobState.RUNNING,  # the next worker takes over a lease that ran out
        JobState.QUEUED,
        JobState.DONE,
        JobState.FAILED,
        JobState.PARKED,
    },
    JobState.DONE: set(),
    JobState.FAILED: set(),
    JobState.PARKED: {JobState.QUEUED},
}


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user) -> JobQuerySet:
        """A job is shown to the person who started it, and to nobody else."""
        return self.filter(created_by_id=user.pk)

    def abandoned(self) -> JobQuerySet:
        """Running by the row, but the worker has not renewed its lease in time."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=Now())

    def claimable(self) -> JobQuerySet:
        """Waiting and due, or abandoned with attempts left."""
        due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=Now())
        left_over = Q(state=JobState.RUNNING, lease_until__lt=Now(), attempt__lt=F("max_attempts"))
        return self.filter(Q(due, state=JobState.QUEUED) | left_over)


class Job(models.Model):
    """A piece of background work; this row, not the queue's message, is the truth.

    It is written in the transaction that needs the work. A worker holds it by a lease that
    it renews; a lease that ran out is taken over by the next worker. Work that failed
    ``max_attempts`` times is parked for a person to look at. ``reason`` is in the language of
    who caused it, ``refusal`` what it is made of (``core.kept_refusals``): show ``why``.
    """

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, unique=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    stage = models.CharField(max_length=60, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    refusal = models.JSONField(default=dict, blank=True, db_default={})
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                name="job_unfinished",
                condition=Q(state__in=["queued", "running", "parked"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="job_done_within_total",
                condition=Q(progress_done__lte=F("progress_total")),
            ),
            models.CheckConstraint(
                name="job_running_means_leased",
                condition=Q(
                    state=JobState.RUNNING, lease_token__isnull=False, lease_until__isnull=False
                )
                | Q(~Q(state=JobState.RUNNING), lease_token=None, lease_until=None),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def why(self) -> str:
        """Why it failed or waits, in the reader's language; "" when nothing went wrong."""
        return told(self.refusal, self.reason)

    @property
    def is_finished(self) -> bool:
        """Whether nothing will happen any more without a person."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.PARKED)

    @property
    def seconds_left(self) -> int | None:
        """Seconds to the end at the present pace, None while there is no pace yet."""
        if self.state != JobState.RUNNING or not self.progress_done or not self.started_at:
            return None
        spent = (timezone.now() - self.started_at).total_seconds()
        return round(spent * (self.progress_total - self.progress_done) / self.progress_done)


class WorkerHeartbeat(models.Model):
    """The last sign of life of one worker process; broker-independent."""

    name = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.seen_at}"
