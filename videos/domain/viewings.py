"""A video as somebody watches it who earns nothing by it: a colleague, a visitor, an editor."""

from dataclasses import dataclass
from typing import Any

from videos.domain.delivery import is_on_disk
from videos.domain.media_addresses import VideoAddresses, addresses_of
from videos.domain.storing import storage_of_renditions
from videos.models import Video

SPEEDS = (0.75, 1, 1.25, 1.5, 2)


@dataclass(frozen=True)
class Viewing:
    """What the component ``videos/watch.html`` shows."""

    video: Video
    files: VideoAddresses

    @property
    def element_id(self) -> str:
        return f"video-{self.video.pk}"

    @property
    def texts_id(self) -> str:
        return f"{self.element_id}-texts"

    @property
    def data(self) -> dict[str, Any]:
        return {
            "speeds": SPEEDS,
            "stream": self.files.playlist,
            "streamFirst": streams_first(),
            "thumbnails": self.files.track,
        }


def viewing_for(user: Any, video: Video, audience: str) -> Viewing:
    """``video`` for ``user``, who may be anonymous, as one of ``audience``; no clock runs.

    Ask before that ``user`` belongs to ``audience``; it is asked again for each file.
    """
    return Viewing(video, addresses_of(video, user, audience))


def streams_first() -> bool:
    """Whether players should ask for segments even on a good line.

    A disk answers Range, and we are asked for each part. An object store is left alone with the
    browser after one answer, so short parts keep the check close to the viewer.
    """
    return not is_on_disk(storage_of_renditions())
