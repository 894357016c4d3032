"""Files of a recording in the store, under names made of their content."""

from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import Storage

from videos.domain.videos import sha256_of
from videos.models import Rendition, Video

FOLDER = "videos/renditions"


class FinishedFile(File):
    """A file that may be moved instead of copied into the store."""

    def temporary_file_path(self) -> str:
        return self.name


def store(video: Video, kind: str, path: Path) -> Rendition:
    """Move the file into the store.

    Returns: the rendition, not yet saved.
    """
    with open(path, "rb") as opened:
        file = FinishedFile(opened, name=str(path))
        digest = sha256_of(file)
        name = f"{FOLDER}/{video.pk}/{digest[:32]}{path.suffix}"
        made = Rendition(video=video, kind=kind, size_bytes=path.stat().st_size, sha256=digest)
        if storage_of_renditions().exists(name):  # an earlier try's: perhaps cut short
            storage_of_renditions().delete(name)
        made.file.name = storage_of_renditions().save(name, file)
    return made


def publish(made: list[Rendition]) -> None:
    """Write the rows; what stood in their place is forgotten."""
    for rendition in made:
        values = {"file": rendition.file.name, "size_bytes": rendition.size_bytes}
        Rendition.objects.update_or_create(
            video=rendition.video,
            kind=rendition.kind,
            defaults={**values, "sha256": rendition.sha256},
        )


def sweep(video: Video) -> None:
    """Remove files of earlier tries, once the rows of this one are written."""
    kept = set(video.renditions.values_list("file", flat=True))
    for name in storage_of_renditions().listdir(f"{FOLDER}/{video.pk}")[1]:
        if f"{FOLDER}/{video.pk}/{name}" not in kept:
            storage_of_renditions().delete(f"{FOLDER}/{video.pk}/{name}")


def storage_of_renditions() -> Storage:
    return Rendition._meta.get_field("file").storage
