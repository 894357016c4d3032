"""Who holds a job. Every write is conditional on the token, so a late worker changes nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from core.models import Job, JobState
from core.signals import job_finished

LEASE = timedelta(seconds=15)


class LeaseLost(Exception):
    """Another worker took the job over; the present one must stop without a trace."""


@transaction.atomic
def claim(job_id: int) -> Job | None:
    """Take the job for one lease.

    Returns: None when it is finished, not yet due, or held by someone.
    """
    free = Job.objects.claimable().filter(pk=job_id)
    if free.select_for_update(skip_locked=True, no_key=True).first() is None:
        return None
    Job.objects.filter(pk=job_id).update(
        state=JobState.RUNNING,
        lease_token=uuid4(),
        lease_until=Now() + LEASE,
        attempt=F("attempt") + 1,
        started_at=Now(),
        reason="",
        refusal={},
    )
    return Job.objects.select_related("created_by").get(pk=job_id)


def renew(job_id: int, token: UUID | None, progress: dict) -> bool:
    """Prolong the lease and write ``progress`` (done, total, stage).

    A row locked by the job's own transaction is left alone: nobody else can claim it then.

    Returns: whether the lease is still ours.
    """
    held = Job.objects.filter(pk=job_id, lease_token=token, state=JobState.RUNNING)
    with transaction.atomic():
        if held.select_for_update(skip_locked=True, no_key=True).first() is not None:
            held.update(lease_until=Now() + LEASE, **progress)
            return True
    return held.exists()


@transaction.atomic
def confirm(job_id: int, token: UUID | None) -> None:
    """Lock the job until the caller's transaction ends, so that nobody can take it over.

    Raises: LeaseLost.
    """
    held = Job.objects.filter(pk=job_id, lease_token=token, state=JobState.RUNNING)
    if held.select_for_update(no_key=True).first() is None:
        raise LeaseLost


@transaction.atomic
def finish(job: Job, state: JobState, **fields) -> None:
    """End the job in ``state``, as the holder of the lease.

    Raises: LeaseLost.
    """
    confirm(job.pk, job.lease_token)
    Job.objects.filter(pk=job.pk).update(
        state=state, lease_token=None, lease_until=None, finished_at=Now(), **fields
    )
    job.refresh_from_db()
    job_finished.send(Job, job=job)


@transaction.atomic
def put_back(job: Job, *, wait: timedelta, **why: Any) -> None:
    """Let the job be tried again after ``wait``; the sweeper sends its message then.

    ``why`` is the job's ``reason`` and ``refusal``.

    Raises: LeaseLost.
    """
    confirm(job.pk, job.lease_token)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.QUEUED,
        lease_token=None,
        lease_until=None,
        next_attempt_at=Now() + wait,
        sent_at=None,
        **why,
    )
