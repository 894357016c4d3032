from django.urls import reverse
from django.utils.translation import gettext as _

from core.domain.jobs import RunningJob, job_kind
from videos.domain.preparation import prepare_video
from videos.domain.videos import PREPARE


@job_kind(PREPARE, queue="transcode", max_attempts=3, max_seconds=6 * 3600)
def prepare(job: RunningJob) -> dict:
    video = prepare_video(job.arguments["video_id"], report=job.report, confirm=job.confirm)
    return {
        "sentence": _("The video can be played."),
        "url": reverse("videos:detail", args=[video.pk]),
    }
