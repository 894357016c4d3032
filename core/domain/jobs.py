"""Background work: started in the caller's transaction, run once, whatever dies on the way.

The row is the truth and the queue's message a hint: a message may be lost, doubled or late.
"""

import logging
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.utils import timezone, translation

from core.domain.audit import record_act
from core.domain.job_kinds import UnknownJobKind, job_kind, kind_named
from core.domain.leases import LeaseLost, claim, finish, put_back
from core.domain.running import RunningJob
from core.errors import DomainError, FailedRepeatedly
from core.kept_refusals import kept
from core.models import Job, JobState

__all__ = ["LeaseLost", "RunningJob", "job_kind", "retry_parked", "run_job", "send", "start_job"]

logger = logging.getLogger(__name__)

RETRY_SECONDS = (2, 10, 30, 60)  # pause after the first, second, … failed attempt


def start_job(kind: str, arguments: dict, *, by: Any, key: str | None = None) -> Job:
    """Write a job in the caller's transaction; its message goes out when that commits.

    Safe to repeat with a ``key``: the job that has it is returned, whatever its state.
    ``arguments`` must be JSON and never hold an ID number or a phone: pass ids.

    Raises: UnknownJobKind.
    """
    declared = kind_named(kind)
    fields = {
        "kind": kind,
        "arguments": arguments,
        "created_by": by,
        "max_attempts": declared.max_attempts,
        "sent_at": timezone.now(),
    }
    if key is None:
        job, created = Job.objects.create(**fields), True
    else:
        job, created = Job.objects.get_or_create(key=key, defaults=fields)
    if created:
        transaction.on_commit(lambda: send(job.pk, kind), robust=True)
    return job


def send(job_id: int, kind: str) -> None:
    """Put the job's message into its queue. May fail: the sweeper sends it again."""
    try:
        declared = kind_named(kind)
    except UnknownJobKind:
        queue, limit = "default", None
    else:
        queue, limit = declared.queue, declared.max_seconds + 60
    task = current_app.tasks["core.run_job"]
    task.apply_async(args=[job_id], queue=queue, time_limit=limit)


def run_job(job_id: int) -> JobState | None:
    """Run the job unless someone else does. Safe to repeat, also at once.

    Returns: its new state, None when there was nothing to do or the lease was lost.
    """
    job = claim(job_id)
    if job is None:
        return None
    language = getattr(job.created_by, "language", "") or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            return _attempt(job)
        except LeaseLost:
            logger.warning("job %s was taken over by another worker", job.pk)
            return None


def retry_parked(job: Job, *, by: Any) -> None:
    """Give a parked job a fresh set of attempts. Does nothing when it is not parked.

    Source: poison jobs are set aside for a person.
    """
    with transaction.atomic():
        parked = Job.objects.select_for_update(no_key=True).filter(pk=job.pk, state=JobState.PARKED)
        if parked.first() is None:
            return
        Job.objects.filter(pk=job.pk).update(
            state=JobState.QUEUED,
            attempt=0,
            next_attempt_at=None,
            finished_at=None,
            sent_at=timezone.now(),
        )
        record_act(
            "job.retry",
            job,
            by=by,
            from_state=JobState.PARKED,
            to_state=JobState.QUEUED,
            why=job.reason,
        )
        transaction.on_commit(lambda: send(job.pk, job.kind), robust=True)


def _attempt(job: Job) -> JobState:
    running = RunningJob(job)
    try:
        declared = kind_named(job.kind)
        with running.kept(declared.max_seconds):
            result = declared.handler(running)
    except LeaseLost:
        raise
    except DomainError as refusal:
        return _end(job, JobState.FAILED, **_why(refusal))
    except Exception as error:
        logger.exception("attempt %s of job %s (%s) failed", job.attempt, job.pk, job.kind)
        return _try_again_or_park(job, error)
    return _end(job, JobState.DONE, result=result or {}, **running.progress)


def _end(job: Job, state: JobState, **fields) -> JobState:
    finish(job, state, **fields)
    return state


def _try_again_or_park(job: Job, error: Exception) -> JobState:
    """Only the error's class is kept: its text may hold personal data."""
    if not connection.in_atomic_block:
        close_old_connections()
    why = _why(FailedRepeatedly(error=type(error).__name__, attempts=job.attempt))
    if job.attempt >= job.max_attempts or isinstance(error, UnknownJobKind):
        return _end(job, JobState.PARKED, **why)
    pause = RETRY_SECONDS[min(job.attempt, len(RETRY_SECONDS)) - 1]
    put_back(job, wait=timedelta(seconds=pause), **why)
    return JobState.QUEUED


def _why(refusal: DomainError) -> dict[str, Any]:
    return {"reason": str(refusal), "refusal": kept(refusal)}
