"""Signed, short-lived addresses of a recording's files, for one viewer and one audience."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.urls import reverse

from videos.enums import MediaKind
from videos.models import Rendition, Video
from videos.policy import MEDIA_ADDRESS_LIVES_FOR

MEDIA_SALT = "videos.media"
NOBODY = 0  # the viewer of an address that was given to somebody not signed in


@dataclass(frozen=True)
class MediaGrant:
    """A file, the viewer who asked for its address, and as whom they may see it."""

    kind: MediaKind
    pk: int
    viewer_id: int
    audience: str

    @property
    def is_public(self) -> bool:
        return self.viewer_id == NOBODY


@dataclass(frozen=True)
class VideoAddresses:
    """Where one viewer finds a video's files; empty where there is no such file."""

    mp4: str = ""
    playlist: str = ""
    poster: str = ""
    track: str = ""
    captions: str = ""


def addresses_of(video: Video, user: Any, audience: str) -> VideoAddresses:
    """Where ``user``, and nobody else, may fetch the video's files for some hours.

    ``user`` may be anonymous: the audience then decides at each request whether it is public.
    Ask before that ``user`` belongs to ``audience``. Reads the renditions once.
    """
    kinds = Rendition.Kind
    named = {
        "mp4": kinds.MP4, "playlist": kinds.PLAYLIST, "poster": kinds.POSTER, "track": kinds.TRACK,
    }  # fmt: skip
    made = {name: video.rendition(kind) for name, kind in named.items()}
    found = {name: media_address(one, user, audience) for name, one in made.items() if one}
    if video.captions:
        found["captions"] = captions_address(video, user, audience)
    return VideoAddresses(**found)


def media_address(rendition: Rendition, user: Any, audience: str) -> str:
    """Where ``user`` may fetch the file as one of ``audience``."""
    return _signed(MediaKind.RENDITION, rendition.pk, user.pk, audience)


def captions_address(video: Video, user: Any, audience: str) -> str:
    """Where ``user`` may fetch the video's captions as one of ``audience``."""
    return _signed(MediaKind.CAPTIONS, video.pk, user.pk, audience)


def original_address(video: Video, user: Any, audience: str) -> str:
    """Where ``user`` may fetch the original, if the audience lets them have it."""
    return _signed(MediaKind.ORIGINAL, video.pk, user.pk, audience)


def sibling_address(rendition: Rendition, grant: MediaGrant) -> str:
    """The address of another file of the same video for the same viewer."""
    return _signed(MediaKind.RENDITION, rendition.pk, grant.viewer_id, grant.audience)


def read_media_address(text: str, user: Any) -> MediaGrant | None:
    """What a signed address grants; None unless it is fresh and ``user``'s or nobody's."""
    try:
        kind, pk, viewer_id, audience = signing.loads(
            text, salt=MEDIA_SALT, max_age=MEDIA_ADDRESS_LIVES_FOR
        )
        grant = MediaGrant(MediaKind(kind), pk, viewer_id, audience)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return grant if grant.is_public or grant.viewer_id == user.pk else None


def _signed(kind: MediaKind, pk: int, viewer_id: int | None, audience: str) -> str:
    words = [kind.value, pk, viewer_id or NOBODY, audience]
    return reverse("videos:media", args=[signing.dumps(words, salt=MEDIA_SALT)])
