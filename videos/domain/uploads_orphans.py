"""Files without rows, and rows without files."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.core.files.storage import Storage, default_storage
from django.db.models import Q
from django.utils import timezone

from videos.domain import uploads_files as files
from videos.enums import UploadState
from videos.models import Upload, Video

BEING_WRITTEN = timedelta(minutes=1)  # a file may be there before its row is committed
FOLDERS = ("videos/originals", "videos/captions")


def orphaned_parts(before: datetime) -> list[Path]:
    """Half-sent files last written before ``before`` whose upload is over or was never noted."""
    if not files.folder().exists():
        return []
    old = {
        path.stem: path
        for path in sorted(files.folder().iterdir())
        if path.stat().st_mtime < before.timestamp()
    }
    waiting = Q(state__in=UploadState.under_way()) | Q(state=UploadState.TAKEN, stored_at=None)
    keys = [key for key in map(_upload_id, old) if key]
    known = {
        key.hex for key in Upload.objects.filter(waiting, pk__in=keys).values_list("pk", flat=True)
    }
    return [path for stem, path in old.items() if stem not in known]


def orphaned_originals(before: datetime) -> Iterator[str]:
    """Names in the store, older than ``before``, that no video and no upload knows.

    Left by code that stored a file and died, or was rolled back, before its row was written.
    """
    for top in FOLDERS:
        for names in _folders_below(default_storage, top):
            known = set(Video.objects.filter(original__in=names).values_list("original", flat=True))
            known |= set(
                Video.objects.filter(captions__in=names).values_list("captions", flat=True)
            )
            taken = Upload.objects.filter(stored_name__in=names)
            known |= set(taken.values_list("stored_name", flat=True))
            for name in names:
                if name not in known and default_storage.get_modified_time(name) < before:
                    yield name


def orphans() -> list[tuple]:
    """All of both that lie there longer than a transaction takes."""
    before = timezone.now() - BEING_WRITTEN
    parts = [(str(path),) for path in orphaned_parts(before)]
    return parts + [(name,) for name in orphaned_originals(before)]


def uploads_without_file() -> list[tuple]:
    """Uploads under way whose file is gone or, if complete, not as long as it should be."""
    broken = []
    for upload in Upload.objects.under_way().order_by("pk").iterator():
        size = files.size_of(upload.pk)
        whole = upload.state != UploadState.OPEN
        if size is None or size > upload.length or (whole and size != upload.length):
            broken.append((upload.pk, upload.state, upload.length, size))
    return broken


def taken_without_file() -> list[tuple]:
    """Uploads whose file should be in the store and is not."""
    by_folder = defaultdict(list)
    stored = Upload.objects.filter(state=UploadState.TAKEN, stored_at__isnull=False)
    for key, name in stored.values_list("pk", "stored_name").iterator():
        by_folder[str(PurePosixPath(name).parent)].append((key, name))
    return [
        (key, name)
        for folder, uploads in sorted(by_folder.items())
        for there in [_names_in(default_storage, folder)]
        for key, name in uploads
        if name not in there
    ]


def _folders_below(store: Storage, folder: str) -> Iterator[list[str]]:
    """The files of each folder at or below ``folder``, by their whole names."""
    try:
        folders, names = store.listdir(folder)
    except FileNotFoundError:
        return
    yield [f"{folder}/{name}" for name in names if name]
    for below in folders:
        yield from _folders_below(store, f"{folder}/{below}")


def _names_in(store: Storage, folder: str) -> set[str]:
    return set(next(_folders_below(store, folder), []))


def _upload_id(stem: str) -> UUID | None:
    try:
        return UUID(hex=stem)
    except ValueError:
        return None
