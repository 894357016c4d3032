from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from core.domain.jobs import send
from core.domain.leases import finish
from core.errors import WorkerStoppedRepeatedly
from core.kept_refusals import kept
from core.models import Job, JobState

RESEND_AFTER = timedelta(seconds=10)
AT_ONCE = 200


def sweep_jobs() -> int:
    """Send again what a lost message or a dead worker left behind. Safe to run in parallel.

    Work whose worker died in its last attempt is parked.

    Returns: messages sent.
    """
    _park_exhausted()
    stale = Q(sent_at=None) | Q(sent_at__lt=Now() - RESEND_AFTER)
    with transaction.atomic():
        left = Job.objects.claimable().filter(stale).order_by("created_at")
        left = left.select_for_update(skip_locked=True, no_key=True)
        jobs = list(left.values_list("pk", "kind")[:AT_ONCE])
        Job.objects.filter(pk__in=[pk for pk, _kind in jobs]).update(sent_at=Now())
    for pk, kind in jobs:
        send(pk, kind)
    return len(jobs)


def _park_exhausted() -> None:
    abandoned = Job.objects.abandoned().filter(attempt__gte=F("max_attempts"))
    with transaction.atomic():
        for job in abandoned.select_for_update(skip_locked=True, no_key=True)[:AT_ONCE]:
            why = WorkerStoppedRepeatedly(attempts=job.attempt)
            finish(job, JobState.PARKED, reason=str(why), refusal=kept(why))
