"""Everything that is made from a recording's MP4."""

import logging
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext_noop

from videos.domain.confinement import ConfinedProgramFailed
from videos.domain.fingerprinting import take_fingerprint
from videos.domain.probing import Recording
from videos.domain.stills import make_poster, make_sprite, thumbnail_track
from videos.domain.streaming import make_stream
from videos.models import Fingerprint, Rendition, Video

logger = logging.getLogger(__name__)

DRAWING = gettext_noop("Drawing the preview pictures")
CUTTING = gettext_noop("Cutting it for thin lines")
LISTENING = gettext_noop("Taking its fingerprint")

Kind = Rendition.Kind
Report = Callable[[int, int, str], None]
EXTRAS = (Kind.SPRITE, Kind.TRACK, Kind.STREAM, Kind.PLAYLIST)


def make_poster_file(mp4: Path, made: Recording, folder: Path) -> dict[str, Path]:
    """The poster, which every video has. Raises: ConfinedProgramFailed."""
    poster = folder / "poster.jpg"
    make_poster(mp4, made.seconds, poster)
    return {Kind.POSTER: poster}


def make_extras(
    video: Video, mp4: Path, made: Recording, folder: Path, report: Report
) -> tuple[dict[str, Path], dict]:
    """Thumbnails, stream and fingerprint: what a video can be played without.

    A part that cannot be made is left out and noted: it keeps no lesson from being seen, and
    ``complete_video`` can make it later.

    Returns: the files by kind, and the fields of the fingerprint.
    """
    files: dict[str, Path] = {}
    fingerprint: dict = {}
    for number, (stage, make) in enumerate(
        (
            (DRAWING, lambda: files.update(_thumbnails(mp4, made, folder))),
            (CUTTING, lambda: files.update(_stream(mp4, folder))),
            (LISTENING, lambda: fingerprint.update(_fingerprint(mp4, made, folder))),
        )
    ):
        report(number, 3, stage)
        try:
            make()
        except ConfinedProgramFailed:
            logger.exception("video %s: a part was left out (%s)", video.pk, stage)
    return files, fingerprint


def write_fingerprint(video: Video, fields: dict) -> None:
    if fields:
        Fingerprint.objects.update_or_create(video=video, defaults=fields)


def _thumbnails(mp4: Path, made: Recording, folder: Path) -> dict[str, Path]:
    sprite, track = folder / "sprite.jpg", folder / "track.vtt"
    make_sprite(mp4, made.seconds, sprite)
    track.write_text(thumbnail_track(made.seconds), encoding="utf-8")
    return {Kind.SPRITE: sprite, Kind.TRACK: track}


def _stream(mp4: Path, folder: Path) -> dict[str, Path]:
    stream, playlist = folder / "stream.mp4", folder / "playlist.m3u8"
    make_stream(mp4, stream, playlist)
    return {Kind.STREAM: stream, Kind.PLAYLIST: playlist}


def _fingerprint(mp4: Path, made: Recording, folder: Path) -> dict:
    return take_fingerprint(mp4, folder, with_sound=bool(made.audio_codec))
