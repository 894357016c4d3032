"""Reads of study time for the floors above."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.fields.files import FieldFile

from accounts.models import User
from videos.models import Rendition, StudyRecord, StudyUnit, Video


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
    """A file as it is sent: where it lies, what it is, and the tag of its content."""

    file: FieldFile
    content_type: str
    etag: str


CONTENT_TYPES = {Rendition.Kind.MP4: "video/mp4", Rendition.Kind.POSTER: "image/jpeg"}


def media_file(name: str) -> MediaFile | None:
    """The file behind a media name: "r7" is rendition 7, "c7" the captions of video 7."""
    kind, key = name[:1], name[1:]
    if not key.isdecimal():
        return None
    if kind == "r":
        rendition = Rendition.objects.filter(pk=key).first()
        if rendition:
            content_type = CONTENT_TYPES[Rendition.Kind(rendition.kind)]
            return MediaFile(rendition.file, content_type, f'"{rendition.sha256[:32]}"')
        return None
    video = Video.objects.filter(pk=key).exclude(captions="").only("captions").first()
    if video is None:
        return None
    return MediaFile(video.captions, "text/vtt; charset=utf-8", f'"{video.captions.name[-36:-4]}"')
