"""What a look into a recording found: what is fine, what was repaired, what a person must do.

Findings are stored as codes and numbers and said in the reader's language
(``videos.domain.findings``). None of them keeps a recording from being converted.
"""

from collections.abc import Iterator
from typing import Any

from programmes.domain.rulepack import RecordingProfile
from videos.domain.findings import Finding
from videos.domain.probing import Recording
from videos.domain.transcoding import served_rate
from videos.enums import Severity
from videos.policy import FRAME_HEIGHT, FRAME_WIDTH, PICTURE_KILOBITS

ACT, REPAIRED, FINE = Severity.ACT, Severity.REPAIRED, Severity.FINE
ACCEPTED = {"containers": ("mp4", "mov"), "video_codecs": ("h264",), "audio_codecs": ("aac",)}
CUT_SHORT = 0.05  # share of the promised length that may be missing
MEGABYTE = 1024**2


def check_recording(
    recording: Recording,
    size_bytes: int,
    *,
    readable_seconds: float | None = None,
    profile: RecordingProfile | None = None,
) -> list[Finding]:
    """Compare what was probed with what plays everywhere and, if given, with ``profile``.

    ``readable_seconds`` is what could really be converted. The most urgent come first.

    Source: R42, requirements 4.2.
    """
    facts = _Facts(recording, size_bytes, readable_seconds or recording.seconds)
    found = [*_broken(facts), *_converted(facts, profile), *_repaired(facts)]
    found += _against(facts, profile) if profile else _without_profile(facts)
    return sorted(found, key=lambda finding: Severity.values.index(finding.severity))


class _Facts:
    """The recording with what follows from it."""

    def __init__(self, recording: Recording, size_bytes: int, readable_seconds: float):
        self.recording = recording
        self.seconds = readable_seconds
        self.megabytes = -(-size_bytes // MEGABYTE)
        self.kilobits = round(size_bytes * 8 / 1000 / max(recording.seconds, 0.001))
        self.width, self.height = recording.shown
        self.picture = {"width": self.width, "height": self.height}


def _broken(facts: _Facts) -> Iterator[Finding]:
    promised = facts.recording.seconds
    if promised - facts.seconds > max(1, promised * CUT_SHORT):
        times = {"promised": int(promised), "readable": int(facts.seconds)}
        yield Finding.of("cut_short", ACT, **times)


def _converted(facts: _Facts, profile: RecordingProfile | None) -> Iterator[Finding]:
    recording = facts.recording
    if recording.format not in _accepted(profile, "containers"):
        yield Finding.of("container", REPAIRED, format=recording.format)
    if recording.video_codec not in _accepted(profile, "video_codecs"):
        yield Finding.of("video_codec", REPAIRED, codec=recording.video_codec)
    if recording.audio_codec and recording.audio_codec not in _accepted(profile, "audio_codecs"):
        yield Finding.of("audio_codec", REPAIRED, codec=recording.audio_codec)
    if recording.channels > 2:
        yield Finding.of("channels", REPAIRED, channels=recording.channels)


def _accepted(profile: RecordingProfile | None, name: str) -> tuple[str, ...]:
    return (getattr(profile, name) if profile else ()) or ACCEPTED[name]


def _repaired(facts: _Facts) -> Iterator[Finding]:
    recording = facts.recording
    rate = round(served_rate(recording))
    repairs: tuple[tuple[str, Any, dict], ...] = (
        ("rotation", recording.rotation % 360, {"degrees": abs(recording.rotation)}),
        ("pixel_aspect", abs(recording.pixel_aspect - 1) > 0.01, facts.picture),
        ("interlaced", recording.interlaced, {}),
        ("uneven", recording.uneven, {"rate": max(rate, 1)}),
        (
            "fast",
            recording.frame_rate > rate + 1,
            {"rate": round(recording.frame_rate), "now": rate},
        ),
        ("deep_colour", recording.bits > 8, {"bits": recording.bits}),
        ("high_range", recording.high_range, {}),
        ("large_picture", _is_large(facts), facts.picture),
        ("heavy", facts.kilobits > 2 * PICTURE_KILOBITS, {"kilobits": facts.kilobits}),
    )
    for code, needed, numbers in repairs:
        if needed:
            yield Finding.of(code, REPAIRED, **numbers)


def _is_large(facts: _Facts) -> bool:
    return facts.width > FRAME_WIDTH or facts.height > FRAME_HEIGHT


def _without_profile(facts: _Facts) -> Iterator[Finding]:
    yield Finding.of("length", FINE, length=int(facts.seconds))
    yield Finding.of("picture", FINE, **facts.picture)
    yield Finding.of("sound" if facts.recording.audio_codec else "silent", FINE)


def _against(facts: _Facts, profile: RecordingProfile) -> Iterator[Finding]:
    yield _length(facts, profile)
    yield _picture(facts, profile)
    yield Finding.of("sound", FINE) if facts.recording.audio_codec else Finding.of("no_sound", ACT)
    if facts.megabytes > profile.maximum_megabytes:
        limit = {"megabytes": facts.megabytes, "maximum": profile.maximum_megabytes}
        yield Finding.of("too_large", ACT, **limit)
    if facts.kilobits < profile.minimum_kilobits_per_second:
        limit = {"kilobits": facts.kilobits, "minimum": profile.minimum_kilobits_per_second}
        yield Finding.of("thin", ACT, **limit)
    if profile.title_card_seconds:
        yield Finding.of("title_card", FINE, seconds=profile.title_card_seconds)


def _length(facts: _Facts, profile: RecordingProfile) -> Finding:
    seconds = int(facts.seconds)
    if seconds < profile.minimum_minutes * 60:
        return Finding.of("too_short", ACT, length=seconds, minimum=profile.minimum_minutes)
    if seconds > profile.maximum_minutes * 60 + 59:  # 45:59 are 45 minutes
        return Finding.of("too_long", ACT, length=seconds, maximum=profile.maximum_minutes)
    return Finding.of("length", FINE, length=seconds)


def _picture(facts: _Facts, profile: RecordingProfile) -> Finding:
    """By longer and shorter side: a phone held upright films as finely as one held level."""
    stored = sorted((facts.recording.width, facts.recording.height))
    smallest = sorted((profile.minimum_width, profile.minimum_height))
    better = sorted((profile.preferred_width, profile.preferred_height))
    if stored[0] < smallest[0] or stored[1] < smallest[1]:
        limit = {"least_width": profile.minimum_width, "least_height": profile.minimum_height}
        return Finding.of("small_picture", ACT, **facts.picture, **limit)
    if stored[0] < better[0] or stored[1] < better[1]:
        limit = {"good_width": profile.preferred_width, "good_height": profile.preferred_height}
        return Finding.of("modest_picture", FINE, **facts.picture, **limit)
    return Finding.of("picture", FINE, **facts.picture)
