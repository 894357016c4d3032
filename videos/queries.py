"""Reads of study time for the floors above."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.fields.files import FieldFile

from accounts.models import User
from videos.enums import MediaKind
from videos.models import Rendition, StudyRecord, StudyUnit, Video
from videos.models.rendition import CONTENT_TYPES, PLACEHOLDERS


def watched(user: User, units: Iterable[StudyUnit | int]) -> dict[int, int]:
    """Distinct seconds that ``user`` has studied, by unit id; 0 where there is no record.

    ``units`` may be units or their ids. One query.
    """
    unit_ids = [unit if isinstance(unit, int) else unit.pk for unit in units]
    records = StudyRecord.objects.filter(user=user, unit_id__in=unit_ids)
    known = dict(records.values_list("unit_id", "watched_seconds"))
    return {unit_id: known.get(unit_id, 0) for unit_id in unit_ids}


def covered_ranges(user: User, unit: StudyUnit) -> list[tuple[int, int]]:
    """The spans of ``unit`` that ``user`` has studied, ordered and disjoint. Units: seconds."""
    record = StudyRecord.objects.filter(user=user, unit=unit).only("watched").first()
    return record.watched if record else []


@dataclass(frozen=True)
class MediaFile:
    """A file as it is sent: where it lies, what it is, and the tag of its content.

    ``rendition`` is the row behind it if it was made here. ``save_as`` names a file that is
    to be kept rather than shown. ``is_large``: a store of its own sends it better than we do.
    """

    file: FieldFile
    content_type: str
    etag: str
    rendition: Rendition | None = None
    save_as: str = ""
    is_large: bool = False


def media_file(kind: MediaKind, pk: int) -> MediaFile | None:
    """The file that an address names. One query."""
    if kind == MediaKind.RENDITION:
        made = Rendition.objects.filter(pk=pk).first()
        return _rendition_file(made) if made else None
    video = Video.objects.filter(pk=pk).only("captions", "original", "original_name", "sha256")
    if kind == MediaKind.ORIGINAL:
        return next((_original_file(one) for one in video), None)
    return next((_captions_file(one) for one in video.exclude(captions="")), None)


def _rendition_file(made: Rendition) -> MediaFile:
    kind = Rendition.Kind(made.kind)
    large = kind in (Rendition.Kind.MP4, Rendition.Kind.STREAM)
    tag = f'"{made.sha256[:32]}"'
    return MediaFile(made.file, CONTENT_TYPES[kind], tag, rendition=made, is_large=large)


def _original_file(video: Video) -> MediaFile:
    tag, name = f'"{video.sha256[:32]}"', video.original_name or "recording"
    return MediaFile(video.original, "application/octet-stream", tag, save_as=name, is_large=True)


def _captions_file(video: Video) -> MediaFile:
    return MediaFile(video.captions, "text/vtt; charset=utf-8", f'"{video.captions.name[-36:-4]}"')


def playlist_of(made: Rendition) -> tuple[str, Rendition] | None:
    """The name that the text of ``made`` uses for another file, and that file. One query.

    None when it is no text that names files.
    """
    if made.kind not in PLACEHOLDERS:
        return None
    name, kind = PLACEHOLDERS[Rendition.Kind(made.kind)]
    named = Rendition.objects.filter(video=made.video_id, kind=kind).first()
    return (name, named) if named else None
