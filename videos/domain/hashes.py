"""Whether the store still holds what came in, byte for byte."""

from collections.abc import Iterator

from django.db.models.fields.files import FieldFile

from videos.domain.videos import sha256_of
from videos.enums import VideoState
from videos.models import Rendition, Video


def altered_files() -> Iterator[tuple[str, int, str]]:
    """Originals and renditions whose bytes differ from the digest noted, or that are gone.

    Reads every file once, one after the other, in pieces.
    """
    for video in Video.objects.filter(state=VideoState.READY).order_by("pk").iterator():
        if not _is_unaltered(video.original, video.sha256):
            yield "original", video.pk, video.original.name
    for made in Rendition.objects.order_by("pk").iterator():
        if not _is_unaltered(made.file, made.sha256):
            yield made.kind, made.video_id, made.file.name


def _is_unaltered(file: FieldFile, sha256: str) -> bool:
    try:
        with file.open("rb"):
            return sha256_of(file) == sha256
    except FileNotFoundError:
        return False
