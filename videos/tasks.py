from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.jobs import RunningJob, job_kind
from videos.domain.completing import COMPLETE, complete_video
from videos.domain.orphans import sweep_files
from videos.domain.preparation import prepare_video
from videos.domain.videos import PREPARE


# A worker that is stopped or killed costs an attempt, and a long recording meets several.
@job_kind(PREPARE, queue="transcode", max_attempts=12, max_seconds=6 * 3600)
def prepare(job: RunningJob) -> dict:
    video = prepare_video(job.arguments["video_id"], report=job.report, confirm=job.confirm)
    result = {"sentence": _("The video can be played.")}
    if video.programme_id is None:  # course material has a page of its own, a lesson's does not
        result["url"] = reverse("videos:detail", args=[video.pk])
    return result


@job_kind(COMPLETE, queue="transcode", max_attempts=3, max_seconds=2 * 3600)
def complete(job: RunningJob) -> dict:
    complete_video(job.arguments["video_id"], report=job.report, confirm=job.confirm)
    return {}


@shared_task(name="videos.sweep_files")
def sweep_files_task() -> None:
    """Once a night; safe to run in parallel."""
    sweep_files()
