"""Half-sent files on the local disk: one file per upload, one writer at a time.

The length of the file is the upload's offset. Whatever was confirmed is on the disk; a killed
process leaves a file that is merely as long as it is.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from django.conf import settings

from videos.errors import ChecksumWrong, NoRoom, UploadBusy, UploadGone

PIECE = 1024**2
SIP = 64 * 1024
WRITTEN_AHEAD = 4 * PIECE
QUICK_SECONDS = 0.1  # a source that fills a piece in this time may be asked for more


class Source(Protocol):
    """Where bytes come from: a request, a file."""

    def read(self, size: int, /) -> bytes: ...


def folder() -> Path:
    """Beside the store when that is this disk, so that a finished file moves without a copy."""
    return Path(settings.UPLOAD_ROOT or Path(settings.MEDIA_ROOT) / "uploads")


def made_folder() -> Path:
    folder().mkdir(parents=True, exist_ok=True)
    return folder()


def path_of(upload_id: UUID) -> Path:
    return folder() / f"{upload_id.hex}.part"


def size_of(upload_id: UUID) -> int | None:
    """Bytes that have arrived, None when there is no file."""
    try:
        return path_of(upload_id).stat().st_size
    except FileNotFoundError:
        return None


def create_empty(upload_id: UUID) -> None:
    made_folder()
    path_of(upload_id).touch(exist_ok=False)
    sync_folder(folder())


def remove(upload_id: UUID) -> None:
    path_of(upload_id).unlink(missing_ok=True)


def sync_folder(path: Path) -> None:
    """Names, too, survive a power cut."""
    number = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class PartialFile:
    """One upload's file in the hands of its only writer."""

    def __init__(self, number: int):
        self._number = number
        self.size = self._begun = os.lseek(number, 0, os.SEEK_END)

    def append(self, source: Source, room: int) -> bool:
        """Write what comes, at most ``room`` bytes, and bring it to the disk.

        A source that breaks off is no fault: what had come is kept. From a slow source little
        is asked at a time, for what a server has read and not yet handed on is lost then.

        Returns: whether all of ``room`` came.
        Raises: NoRoom when the disk is full; what fitted is kept.
        """
        size = SIP
        try:
            while room:
                asked_at = monotonic()
                piece = _read(source, min(size, room))
                if not piece:
                    break
                quick = monotonic() - asked_at < QUICK_SECONDS
                size = min(2 * size, PIECE) if quick else SIP
                self._write(piece)
                room -= len(piece)
        finally:
            os.fdatasync(self._number)
        return not room

    def append_whole(self, source: Source, room: int, digest: Any, expected: bytes) -> None:
        """Write ``room`` bytes if their checksum is right, else none.

        They wait in a file without a name until all are here, so that whatever breaks off or
        dies on the way leaves the upload as it was.

        Raises: ChecksumWrong; NoRoom.
        """
        with _no_room_is_said(), tempfile.TemporaryFile(dir=folder()) as waiting:
            missing = room
            while missing and (piece := _read(source, min(PIECE, missing))):
                digest.update(piece)
                waiting.write(piece)
                missing -= len(piece)
            if missing or digest.digest() != expected:
                raise ChecksumWrong
            waiting.seek(0)
            self.append(waiting, room)

    def still_named(self) -> bool:
        """Whether nobody has ended the upload meanwhile."""
        return os.fstat(self._number).st_nlink > 0

    def _write(self, piece: bytes) -> None:
        left = memoryview(piece)
        with _no_room_is_said():
            while left:
                written = os.write(self._number, left)
                self.size += written
                left = left[written:]
        if self.size - self._begun >= WRITTEN_AHEAD:
            self._begin_writing()

    def _begin_writing(self) -> None:
        """Let the disk work while more arrives, so that little is left to wait for at the end.

        Linux starts to write pages that it is told are not needed; those still dirty stay.
        """
        if hasattr(os, "posix_fadvise"):
            length = self.size - self._begun
            os.posix_fadvise(self._number, self._begun, length, os.POSIX_FADV_DONTNEED)
        self._begun = self.size


@contextmanager
def sole_writer(upload_id: UUID, *, wait: bool = False) -> Iterator[PartialFile]:
    """The upload's file, locked against every other writer on this disk.

    The lock belongs to the open file, so a killed process lets go of it.

    Raises: UploadBusy while somebody else has it, unless told to ``wait``; UploadGone when
    there is no file.
    """
    try:
        number = os.open(path_of(upload_id), os.O_RDWR)
    except FileNotFoundError:
        raise UploadGone from None
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise UploadBusy from None
        yield PartialFile(number)
    finally:
        os.close(number)


def move_to(upload_id: UUID, target: Path) -> None:
    """Give the file its final name; copied only when that lies on another disk.

    Safe to repeat, also at once.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    source = path_of(upload_id)
    try:
        source.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
        source.replace(target)
    except FileNotFoundError:
        if not target.exists():
            raise
    except OSError as other_disk:
        if other_disk.errno != errno.EXDEV:
            raise
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as copy:
            with source.open("rb") as opened:
                shutil.copyfileobj(opened, copy, PIECE)
            os.fchmod(copy.fileno(), settings.FILE_UPLOAD_PERMISSIONS or 0o644)
            os.fsync(copy.fileno())
        Path(copy.name).replace(target)
        remove(upload_id)
    sync_folder(target.parent)


def free_bytes() -> int:
    """What the disk still holds beyond the spare that others need."""
    return shutil.disk_usage(made_folder()).free - settings.UPLOAD_SPARE_BYTES


def arrived_bytes() -> int:
    """What all half-sent files together occupy already."""
    sizes = 0
    for path in made_folder().iterdir():
        with suppress(FileNotFoundError):  # ended meanwhile
            sizes += path.stat().st_size
    return sizes


def _read(source: Source | BinaryIO, size: int) -> bytes:
    try:
        return source.read(size)
    except OSError:  # the sender went away or fell silent
        return b""


@contextmanager
def _no_room_is_said() -> Iterator[None]:
    try:
        yield
    except OSError as full:
        if full.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise NoRoom from full
