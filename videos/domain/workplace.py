"""Where a recording is worked on, so that a killed worker costs little and leaves nothing."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.models.fields.files import FieldFile

from videos.models import Video
from videos.policy import PICTURE_KILOBITS

MP4 = "video.mp4"  # what took long; the rest is made anew in a minute
ROOM = 256 * 1024**2  # bytes that stay free on the disk


@contextmanager
def workplace(video: Video) -> Iterator[Path]:
    """A folder beside the results, so that finished files move without being copied.

    A conversion that an earlier worker had finished is taken over, the rest of what it left is
    removed.
    """
    parent = work_folder(video)
    parent.mkdir(parents=True, exist_ok=True)
    prefix = f"video{video.pk}-"
    with tempfile.TemporaryDirectory(
        dir=parent, prefix=prefix, ignore_cleanup_errors=True
    ) as folder:
        for left in parent.glob(f"{prefix}*"):
            if left != Path(folder):
                _take_over(left, Path(folder))
        yield Path(folder)


def work_folder(video: Video) -> Path:
    """Where work is done: beside the store's files if it is a disk."""
    try:
        return Path(video.original.storage.path("videos/work"))
    except NotImplementedError:
        return Path(tempfile.gettempdir()) / "yanxiu-videos"


def converted(folder: Path, convert: Callable[[Path], None]) -> Path:
    """The whole MP4: an earlier worker's, or made now by ``convert``.

    It gets its name only when it is whole and on the disk.
    """
    whole = folder / MP4
    if not whole.exists():
        part = folder / f"{MP4}.part"
        convert(part)
        with open(part, "rb") as written:
            os.fsync(written.fileno())
        part.rename(whole)
    return whole


def local_copy(field_file: FieldFile, folder: Path) -> Path:
    """The file itself when it lies on this disk, else a copy in ``folder``."""
    try:
        return Path(field_file.path)
    except NotImplementedError:
        target = folder / "copy"
        with field_file.open("rb") as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, 1024**2)
        return target


def require_room(folder: Path, seconds: float) -> None:
    """Raises: OSError when the disk cannot hold a conversion of ``seconds``, tried again later."""
    needed = ROOM + int(seconds * (PICTURE_KILOBITS + 128) * 1000 / 8) * 2
    if shutil.disk_usage(folder).free < needed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _take_over(left: Path, folder: Path) -> None:
    if (left / MP4).exists():
        (left / MP4).replace(folder / MP4)
    shutil.rmtree(left, ignore_errors=True)
