"""From a finished upload to the thing it was sent for: exactly once, moved and not copied.

The rows are written first; when they are committed the file gets its name in the store. A
process that is killed in between leaves a taken upload without ``stored_at``, which the
job that needs the file, and the sweep, put right. Nothing is ever stored that no row knows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from core.domain.audit import record_act
from core.domain.jobs import start_job
from videos.domain import uploads_files as files
from videos.domain.starting import start_preparing
from videos.domain.uploads import move_upload
from videos.enums import UploadState
from videos.errors import UploadForOtherUse, UploadGone, UploadIncomplete
from videos.models import Upload, Video
from videos.models.video import original_path

STORE = "videos.store_upload"
STORING = gettext_noop("Moving the file into the store (megabytes)")
MEGABYTE = 1024**2

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class TakenFile:
    """A file that now belongs to the floor above: its name in the store and what it is."""

    name: str
    original_name: str
    size_bytes: int
    sha256: str


@transaction.atomic
def take_upload(upload: Upload, *, title: str, by: User, purpose: str, context: str = "") -> Video:
    """Make a finished upload a video and start its preparation.

    Safe to repeat: a second call returns the video that the first one made.

    Raises: UploadIncomplete, UploadGone; UploadForOtherUse when it is somebody else's, was sent
    for another purpose or context, or has become another kind of thing.
    """
    upload = _locked(upload, by, purpose, context)
    if upload.state == UploadState.TAKEN:
        if upload.video is None:
            raise UploadForOtherUse
        return upload.video
    _require_finished(upload)
    video = Video(title=title.strip()[:200], added_by=by, original_name=upload.name)
    video.size_bytes, video.sha256 = upload.length, upload.sha256
    video.original.name = original_path(video, upload.name)
    video.save()
    record_act("video.add", video, by=by, to_state=video.state, why=video.sha256)
    upload.video = video
    _take(upload, video.original.name, by)
    start_preparing(video, by)
    return video


@transaction.atomic
def take_upload_file(
    upload: Upload, name: str, *, by: User, purpose: str, context: str = ""
) -> TakenFile:
    """Give a finished upload the ``name`` in the store that the caller's own row will hold.

    ``name`` must be new (make it of a UUID). On a disk the file is there when the caller's
    transaction has committed; in a bucket a job brings it, and ``Upload.stored_at`` tells when.
    Safe to repeat with the same ``name``.

    Raises: UploadIncomplete, UploadGone, UploadForOtherUse.
    """
    upload = _locked(upload, by, purpose, context)
    if upload.state != UploadState.TAKEN:
        _require_finished(upload)
        _take(upload, name, by)
        start_job(STORE, {"upload_id": str(upload.pk)}, by=by, key=f"{STORE}:{upload.pk}")
    elif upload.stored_name != name:
        raise UploadForOtherUse
    return TakenFile(name, upload.name, upload.length, upload.sha256)


def place_upload(upload_id: UUID, *, report: Report = lambda done, total, stage: None) -> None:
    """Bring the file of a taken upload to its name in the store. Safe to repeat, also at once.

    On this disk it is renamed; into a bucket it is copied and then removed here.
    """
    upload = Upload.objects.get(pk=upload_id)
    if upload.state != UploadState.TAKEN or upload.stored_at:
        return
    if isinstance(default_storage, FileSystemStorage):
        files.move_to(upload_id, Path(default_storage.path(upload.stored_name)))
    else:
        _copy_to(default_storage, upload, report)
    Upload.objects.filter(pk=upload_id).update(stored_at=timezone.now())
    files.remove(upload_id)


def place_original(video: Video, *, report: Report = lambda done, total, stage: None) -> None:
    """Make sure that the original of ``video`` is in the store. Safe to repeat."""
    waiting = Upload.objects.filter(video=video, stored_at=None).values_list("pk", flat=True)
    for upload_id in waiting:
        place_upload(upload_id, report=report)


def _copy_to(store: Storage, upload: Upload, report: Report) -> None:
    """The lock lets one copy at a time; whoever waited for it finds the work done."""
    name = upload.stored_name
    try:
        with files.sole_writer(upload.pk, wait=True) as file:
            if file.still_named():
                if store.exists(name):  # from an earlier try, perhaps of another time
                    store.delete(name)
                with files.path_of(upload.pk).open("rb") as opened:
                    store.save(name, CountedFile(opened, report))
                files.remove(upload.pk)
    except UploadGone:
        if not store.exists(name):
            raise FileNotFoundError(name) from None
    if store.size(name) != upload.length:
        raise OSError(f"{name} is not {upload.length} bytes long in the store")


class CountedFile(File):
    """Tells how much of it has been read."""

    def __init__(self, file: IO[bytes], report: Report):
        super().__init__(file)
        self._report, self._done = report, 0

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self._done = min(self._done + len(piece), self.size)
        self._report(self._done // MEGABYTE, -(-self.size // MEGABYTE), STORING)
        return piece


def _locked(upload: Upload, by: User, purpose: str, context: str) -> Upload:
    # No join: whoever waited for the lock would get the new row with the old one's video.
    upload = Upload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if (upload.owner_id, upload.purpose, upload.context) != (by.pk, purpose, context):
        raise UploadForOtherUse
    return upload


def _require_finished(upload: Upload) -> None:
    if upload.state in (UploadState.OPEN, UploadState.RECEIVED):
        raise UploadIncomplete
    if upload.state != UploadState.FINISHED:
        raise UploadGone


def _take(upload: Upload, name: str, by: User) -> None:
    upload.stored_name = name
    move_upload(upload, UploadState.TAKEN, by=by, why=name)
    if isinstance(default_storage, FileSystemStorage):  # a rename; into a bucket a job brings it
        transaction.on_commit(lambda: place_upload(upload.pk), robust=True)
