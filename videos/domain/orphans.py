"""Files that no row names: what something that died in between left behind."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import Storage
from django.utils import timezone

from videos.domain.storing import FOLDER, storage_of_renditions
from videos.domain.workplace import work_folder
from videos.enums import VideoState
from videos.models import Rendition, Video
from videos.policy import ORPHAN_AFTER

UNDER_WAY = (VideoState.RECEIVED, VideoState.PROCESSING)


def orphan_renditions() -> Iterator[str]:
    """Names in the renditions' folder that no row knows and nobody is about to write."""
    storage = storage_of_renditions()
    known = set(Rendition.objects.values_list("file", flat=True))
    busy = set(Video.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True))
    for folder in _folders(storage, FOLDER):
        if folder.isdecimal() and int(folder) in busy:
            continue
        for name in storage.listdir(f"{FOLDER}/{folder}")[1]:
            if f"{FOLDER}/{folder}/{name}" not in known:
                yield f"{FOLDER}/{folder}/{name}"


def absent_renditions() -> Iterator[tuple[int, str, str]]:
    """Files of ready videos that the store does not have: video, kind, name."""
    storage = storage_of_renditions()
    rows = Rendition.objects.filter(video__state=VideoState.READY)
    there: dict[int, set[str]] = {}
    for pk, kind, name in rows.order_by("video").values_list("video", "kind", "file"):
        if pk not in there:
            there = {pk: set(_files(storage, f"{FOLDER}/{pk}"))}
        if name not in there[pk] and not storage.exists(name):
            yield pk, kind, name


def sweep_files(older_than: timedelta = ORPHAN_AFTER) -> int:
    """Remove renditions that no row names and work that nobody continues. Safe to repeat.

    Returns: files and folders removed.
    """
    storage = storage_of_renditions()
    before = timezone.now() - older_than
    removed = 0
    for name in orphan_renditions():
        if storage.get_modified_time(name) < before:
            storage.delete(name)
            removed += 1
    for left in work_folder(Video()).glob("video*-*"):
        if left.stat().st_mtime < before.timestamp() and not _is_under_way(left):
            shutil.rmtree(left, ignore_errors=True)
            removed += 1
    return removed


def _is_under_way(left: Path) -> bool:
    pk = left.name.removeprefix("video").partition("-")[0]
    return pk.isdecimal() and Video.objects.filter(pk=pk, state__in=UNDER_WAY).exists()


def _folders(storage: Storage, folder: str) -> list[str]:
    try:
        return storage.listdir(folder)[0]
    except FileNotFoundError:
        return []


def _files(storage: Storage, folder: str) -> list[str]:
    try:
        return [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []
