"""From an original to a playable video. Idempotent: a killed worker leaves nothing half done."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_noop

from core.domain.audit import record_act
from videos.domain.probing import Recording, probe
from videos.domain.transcoding import make_mp4, make_poster
from videos.domain.units import save_unit
from videos.domain.videos import sha256_of
from videos.enums import UnitKind, VideoState
from videos.errors import RecordingUnusable
from videos.models import Rendition, Video

PROBING = gettext_noop("Looking into the recording")
CONVERTING = gettext_noop("Converting (seconds of the recording)")
STORING = gettext_noop("Storing the result")

Report = Callable[[int, int, str], None]


def prepare_video(
    video_id: int,
    *,
    report: Report = lambda done, total, stage: None,
    confirm: Callable[[], None] = lambda: None,
) -> Video:
    """Probe the original, make the MP4 and the poster, and open the video for study.

    Safe to repeat: a ready video is left as it is; files are made aside and named by their
    content, rows are written in one transaction at the end. ``confirm`` is called inside it
    and may refuse when somebody else has taken the work over.

    Raises: RecordingUnusable and its kinds; the video is then failed with that sentence.
    """
    video = Video.objects.get(pk=video_id)
    if video.state == VideoState.READY:
        return video
    _move(video, VideoState.PROCESSING)
    try:
        with _workplace(video) as folder:
            return _prepare(video, folder, report, confirm)
    except RecordingUnusable as refusal:
        with transaction.atomic():
            confirm()
            _move(video, VideoState.FAILED, failure=str(refusal))
        raise


def _prepare(video: Video, folder: Path, report: Report, confirm: Callable[[], None]) -> Video:
    report(0, 0, PROBING)
    original = _local_copy(video.original, folder)
    recording = probe(original, folder)
    total = max(1, int(recording.seconds))
    mp4, poster = folder / "video.mp4", folder / "poster.jpg"
    make_mp4(
        original,
        recording,
        mp4,
        progress=lambda seconds: report(min(seconds, total), total, CONVERTING),
    )
    made = probe(mp4, folder)
    make_poster(mp4, made, poster)
    report(total, total, STORING)
    files: dict[str, Rendition] = {
        Rendition.Kind.MP4: _store(video, mp4),
        Rendition.Kind.POSTER: _store(video, poster),
    }
    with transaction.atomic():
        confirm()
        _publish(video, made, files)
    _sweep(video, {rendition.file.name for rendition in video.renditions.all()})
    return video


def _publish(video: Video, made: Recording, files: dict[str, Rendition]) -> None:
    for kind, stored in files.items():
        values = {"file": stored.file.name, "size_bytes": stored.size_bytes}
        values["sha256"] = stored.sha256
        Rendition.objects.update_or_create(video=video, kind=kind, defaults=values)
    seconds = max(1, int(made.seconds))
    video.unit = save_unit(video.unit, UnitKind.VIDEO, video.title, seconds)
    video.duration_seconds, video.width, video.height = seconds, made.width, made.height
    video.save(update_fields=["unit", "duration_seconds", "width", "height"])
    _move(video, VideoState.READY)


def _move(video: Video, state: VideoState, *, failure: str = "") -> None:
    from_state, video.state, video.failure = video.state, state, failure[:300]
    video.save(update_fields=["state", "failure"])
    if state != from_state:
        record_act("video.move", video, by=None, from_state=from_state, to_state=state, why=failure)


@contextmanager
def _workplace(video: Video) -> Iterator[Path]:
    """A folder beside the results, so that finished files move without being copied.

    What a killed worker left there is removed first.
    """
    storage = video.original.storage
    try:
        parent = Path(storage.path("videos/work"))
        parent.mkdir(parents=True, exist_ok=True)
    except NotImplementedError:  # the store is not a disk
        parent = Path(tempfile.gettempdir())
    for left in parent.glob(f"video{video.pk}-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=f"video{video.pk}-") as folder:
        yield Path(folder)


def _local_copy(field_file: FieldFile, folder: Path) -> Path:
    """The file itself when it lies on this disk, else a copy."""
    try:
        return Path(field_file.path)
    except NotImplementedError:
        copy = folder / "original"
        with field_file.open("rb") as source, open(copy, "wb") as target:
            shutil.copyfileobj(source, target, 1024**2)
        return copy


class FinishedFile(File):
    """A file that may be moved instead of copied into the store."""

    def temporary_file_path(self) -> str:
        return self.name


def _store(video: Video, path: Path) -> Rendition:
    """Put the file into the store under a name made of its content."""
    with open(path, "rb") as opened:
        file = FinishedFile(opened, name=str(path))
        digest = sha256_of(file)
        name = f"videos/renditions/{video.pk}/{digest[:32]}{path.suffix}"
        rendition = Rendition(size_bytes=path.stat().st_size, sha256=digest)
        storage: Storage = rendition.file.storage
        if storage.exists(name):  # from an earlier try: the same bytes, perhaps cut short
            storage.delete(name)
        rendition.file.name = storage.save(name, file)
    return rendition


def _sweep(video: Video, kept: set[str]) -> None:
    """Remove renditions of earlier tries."""
    storage, folder = Rendition().file.storage, f"videos/renditions/{video.pk}"
    for name in storage.listdir(folder)[1]:
        if f"{folder}/{name}" not in kept:
            storage.delete(f"{folder}/{name}")
