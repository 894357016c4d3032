from uuid import UUID

from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.jobs import RunningJob, job_kind
from videos.domain.completing import COMPLETE, complete_video
from videos.domain.orphans import sweep_files
from videos.domain.preparation import prepare_video
from videos.domain.starting import PREPARE
from videos.domain.uploads import FINISH
from videos.domain.uploads_digest import finish_upload
from videos.domain.uploads_sweeping import remove_orphans, sweep_uploads
from videos.domain.uploads_taking import STORE, place_upload


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


@job_kind(FINISH)
def finish(job: RunningJob) -> dict:
    upload_id = UUID(job.arguments["upload_id"])
    upload = finish_upload(upload_id, report=job.report, confirm=job.confirm)
    return {"sentence": _("The file is complete."), "sha256": upload.sha256}


@job_kind(STORE)
def store(job: RunningJob) -> dict:
    place_upload(UUID(job.arguments["upload_id"]), report=job.report)
    return {"sentence": _("The file is in its place.")}


@shared_task(name="videos.sweep_uploads", acks_late=False)
def sweep_uploads_task() -> None:
    """Every quarter of an hour, by the clock."""
    sweep_uploads()


@shared_task(name="videos.remove_orphans", acks_late=False)
def remove_orphans_task() -> None:
    """Every night: it lists the whole store."""
    remove_orphans()
