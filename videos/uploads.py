"""What files are sent to this app for, see ``videos.domain.uploads_purposes``."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from videos.domain.containers import container_of
from videos.domain.uploads_purposes import UploadPurpose, UploadRules
from videos.domain.videos import COURSE_VIDEO
from videos.permissions import can_edit_videos
from videos.policy import FILE_BYTES, RECORDING_TYPES


def course_video_rules(user: User, context: str) -> UploadRules | None:
    """The province's editors send recordings for courses; they have an allowance of their own."""
    if context or not can_edit_videos(user):
        return None
    return UploadRules(
        largest_bytes=FILE_BYTES,
        check=container_of,
        accept=RECORDING_TYPES,
        person_bytes=settings.UPLOAD_EDITOR_BYTES,
    )


PURPOSES = [
    UploadPurpose(COURSE_VIDEO, course_video_rules, lambda context: reverse("videos:add")),
]
