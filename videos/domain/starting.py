"""The job that makes an original playable, as it is started by whoever has one."""

from accounts.models import User
from core.domain.jobs import start_job
from videos.models import Video

PREPARE = "videos.prepare"


def start_preparing(video: Video, by: User) -> None:
    """Start the job in the caller's transaction, anew after each that ended."""
    former = video.preparing_id or 0
    key = f"{PREPARE}:{video.pk}:{former}"
    video.preparing = start_job(PREPARE, {"video_id": video.pk}, by=by, key=key)
    video.save(update_fields=["preparing"])
