"""A recording prepared once for a whole session: real files, made by the real stages."""

import shutil
from pathlib import Path

from django.core.files.base import File
from django.db import transaction

from videos.domain.preparation import open_video
from videos.domain.probing import probe
from videos.domain.renditions import Kind, make_extras, make_poster_file, write_fingerprint
from videos.domain.storing import publish, store
from videos.domain.transcoding import make_mp4
from videos.domain.videos import sha256_of
from videos.models import Video


class Prepared:
    """What the job would have made of ``original``, to be given to any number of videos."""

    def __init__(self, original: Path, folder: Path):
        self.original, self.folder = original, folder
        self.recording = probe(original, folder)
        mp4 = folder / "video.mp4"
        make_mp4(original, self.recording, mp4)
        self.made = probe(mp4, folder)
        extras, self.fingerprint = make_extras(
            Video(), mp4, self.made, folder, lambda done, total, stage: None
        )
        self.files = {Kind.MP4: mp4, **make_poster_file(mp4, self.made, folder), **extras}

    def video(self, by, *, title="短片", name="第1课.MP4") -> Video:
        """A ready video of its own, with files of its own."""
        video = Video(title=title, original_name=name, added_by=by)
        with open(self.original, "rb") as opened:
            file = File(opened, name=name)
            video.size_bytes, video.sha256 = file.size, sha256_of(file)
            video.original.save(name, file, save=False)
        video.save()
        with transaction.atomic():
            publish([store(video, kind, self._copy(path)) for kind, path in self.files.items()])
            write_fingerprint(video, self.fingerprint)
            open_video(video, self.recording, self.made)
        return video

    def _copy(self, path: Path) -> Path:
        copy = self.folder / f"copy{path.suffix}"
        shutil.copyfile(path, copy)
        return copy
