"""What can be wrong with a pack's recording profile."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from programmes.domain.rulepack import RulePack

CONTAINERS = {"mp4", "mov", "mkv", "webm", "avi", "ts", "mpg", "wmv", "flv"}
VIDEO_CODECS = {"h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2video"}
AUDIO_CODECS = {"aac", "mp3", "opus", "ac3"}


def recording_faults(pack: RulePack) -> Iterator[tuple[str, str]]:
    """One code and sentence per fault of the profile (R42)."""
    profile = pack.recording
    if profile.minimum_minutes > profile.maximum_minutes:
        yield "recording", _("The shortest recording is longer than the longest.")
    smallest = (profile.minimum_width, profile.minimum_height)
    preferred = (profile.preferred_width, profile.preferred_height)
    if min(smallest) < 1 or smallest[0] > preferred[0] or smallest[1] > preferred[1]:
        yield "recording_picture", _("The smallest picture is larger than the preferred one.")
    if (
        min(profile.maximum_megabytes, profile.maximum_minutes) < 1
        or profile.title_card_seconds < 0
    ):
        yield "recording_size", _("The limits of a recording must be more than none.")
    known = (
        (profile.containers, CONTAINERS),
        (profile.video_codecs, VIDEO_CODECS),
        (profile.audio_codecs, AUDIO_CODECS),
    )
    strange = sorted({name for named, all_names in known for name in set(named) - all_names})
    if strange or not profile.containers:
        yield (
            "recording_formats",
            _("The recording profile names no known format: %(names)s.")
            % {"names": ", ".join(strange) or "–"},
        )
    if not _whole_lesson_fits(pack):
        yield (
            "recording_rate",
            _("The longest recording at its lowest data rate is larger than the largest file."),
        )


def _whole_lesson_fits(pack: RulePack) -> bool:
    """45 minutes at 8 Mbit/s are 2.7 GB: a profile must leave room for a whole lesson."""
    profile = pack.recording
    kilobits = profile.maximum_minutes * 60 * profile.minimum_kilobits_per_second
    return kilobits <= profile.maximum_megabytes * 8 * 1024
