"""Recordings that editors add: kept unaltered, prepared in the background, shown when ready."""

import hashlib

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from accounts.models import User
from core.domain.audit import record_act
from videos.domain.captions import clean_captions
from videos.domain.starting import start_preparing
from videos.domain.uploads_taking import take_upload
from videos.domain.uploads_whole import keep_whole
from videos.enums import VideoState
from videos.errors import CaptionsUnreadable, FileEmpty, FileTooLarge, NotPreparing
from videos.models import Video
from videos.policy import CAPTIONS_BYTES, FILE_BYTES

COURSE_VIDEO = "videos.course"  # the purpose of what editors add


def add_video(file: File, title: str, by: User) -> Video:
    """Keep ``file`` unaltered with its SHA-256 and start the job that makes it playable.

    For code that is trusted; people come through ``receive_whole`` or piece by piece.
    Raises: FileEmpty; FileTooLarge beyond ``FILE_BYTES``.
    """
    if not file.size:
        raise FileEmpty
    if file.size > FILE_BYTES:
        raise FileTooLarge(limit=filesizeformat(FILE_BYTES))
    upload = keep_whole(file, by=by, purpose=COURSE_VIDEO)
    return take_upload(upload, title=title, by=by, purpose=COURSE_VIDEO)


@transaction.atomic
def retry_preparation(video: Video, *, by: User) -> Video:
    """Prepare a failed video once more.

    Raises: NotPreparing while it is being prepared or when it is ready.
    """
    video = Video.objects.select_for_update(no_key=True).get(pk=video.pk)
    if not can_be_retried(video):
        raise NotPreparing
    from_state, video.state = video.state, VideoState.RECEIVED
    video.failure, video.failure_code, video.failure_parameters = "", "", {}
    video.save(update_fields=["state", "failure", "failure_code", "failure_parameters"])
    record_act("video.retry", video, by=by, from_state=from_state, to_state=video.state)
    start_preparing(video, by)
    return video


def can_be_retried(video: Video) -> bool:
    """Whether it failed, or its job ended otherwise without making it ready."""
    given_up = video.preparing is None or video.preparing.is_finished
    return video.state == VideoState.FAILED or (video.state != VideoState.READY and given_up)


@transaction.atomic
def replace_captions(video: Video, file: File | None, *, by: User) -> Video:
    """Set the captions to a WebVTT file; None takes them away.

    Raises: CaptionsUnreadable.
    """
    if file is not None and file.size > CAPTIONS_BYTES:
        raise CaptionsUnreadable
    text = clean_captions(file.read()) if file is not None else ""
    video = Video.objects.select_for_update(no_key=True).get(pk=video.pk)
    former = video.captions.name
    if text:
        video.captions.save("captions.vtt", ContentFile(text.encode()), save=False)
    else:
        video.captions = ""
    video.save(update_fields=["captions"])
    record_act("video.captions", video, by=by, from_state=former, to_state=video.captions.name)
    if former:
        transaction.on_commit(lambda: video.captions.storage.delete(former))
    return video


def sha256_of(file: File) -> str:
    """The digest of the whole file, read in pieces; the file is at its beginning afterwards."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
