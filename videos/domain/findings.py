"""Findings said in one sentence each, in the reader's language, with their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from videos.enums import Severity
from videos.policy import FRAME_HEIGHT, FRAME_WIDTH

SENTENCES = {
    # for a person to do
    "cut_short": gettext_noop(
        "Only %(readable)s of %(promised)s could be read: copy the file from the camera once more."
    ),
    "too_short": gettext_noop(
        "It lasts %(length)s, a whole lesson at least %(minimum)s minutes: "
        "add the recording of the whole lesson."
    ),
    "too_long": gettext_noop(
        "It lasts %(length)s, more than %(maximum)s minutes: "
        "cut it to the lesson itself and add it again."
    ),
    "small_picture": gettext_noop(
        "The picture is %(width)s × %(height)s, at least %(least_width)s × %(least_height)s is "
        "needed: export it larger or record it with another setting."
    ),
    "no_sound": gettext_noop(
        "There is no sound: check the microphone and add a recording that can be heard."
    ),
    "too_large": gettext_noop(
        "The file has %(megabytes)s MB, at most %(maximum)s MB are allowed: "
        "export it at a lower data rate."
    ),
    "thin": gettext_noop(
        "The data rate is %(kilobits)s kbit/s, at least %(minimum)s kbit/s are needed to read "
        "the blackboard: export it at a higher one."
    ),
    # repaired
    "container": gettext_noop("The file was of the kind %(format)s and was converted to MP4."),
    "video_codec": gettext_noop("The picture was coded as %(codec)s and was converted to H.264."),
    "audio_codec": gettext_noop("The sound was coded as %(codec)s and was converted to AAC."),
    "channels": gettext_noop("The sound had %(channels)s channels and was mixed down to two."),
    "rotation": gettext_noop("It was recorded turned by %(degrees)s° and was set upright."),
    "pixel_aspect": gettext_noop(
        "Its pixels are not square; it is shown in its true shape, %(width)s × %(height)s."
    ),
    "interlaced": gettext_noop("Its pictures were interlaced; the combs were removed."),
    "uneven": gettext_noop(
        "Its frame rate changed on the way and was made even at %(rate)s a second."
    ),
    "fast": gettext_noop("It had %(rate)s pictures a second and was brought down to %(now)s."),
    "deep_colour": gettext_noop(
        "Its colours had %(bits)s bits, which many computers cannot show; they have 8 now."
    ),
    "high_range": gettext_noop("Its brightness (HDR) was fitted to ordinary screens."),
    "large_picture": gettext_noop(
        "The picture is %(width)s × %(height)s; it is shown within %(frame)s."
    ),
    "heavy": gettext_noop(
        "The data rate was %(kilobits)s kbit/s; a lighter version is shown so that it plays on "
        "a thin line."
    ),
    # fine
    "length": gettext_noop("It lasts %(length)s."),
    "picture": gettext_noop("The picture is %(width)s × %(height)s."),
    "modest_picture": gettext_noop(
        "The picture is %(width)s × %(height)s; %(good_width)s × %(good_height)s would be better."
    ),
    "sound": gettext_noop("Sound is there."),
    "silent": gettext_noop("It has no sound."),
    "title_card": gettext_noop(
        "Not checked by the machine: a title card of at most %(seconds)s seconds with course, "
        "grade, volume, edition, school and teacher."
    ),
}
NAMES = {
    "hevc": "HEVC (H.265)",
    "h264": "H.264",
    "mpeg2video": "MPEG-2",
    "mpeg4": "MPEG-4 Part 2",
    "av1": "AV1",
    "vp9": "VP9",
    "mjpeg": "Motion JPEG",
    "pcm_s16le": "PCM",
}
TIMES = {"length", "promised", "readable"}  # numbers that are seconds of a recording
CODES = {"codec", "format"}  # words of the trade


@dataclass(frozen=True)
class Finding:
    """One thing found, as it is stored: a code, how urgent it is, and its numbers."""

    code: str
    severity: str
    numbers: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, code: str, severity: str, **numbers: Any) -> Finding:
        return cls(code, str(severity), numbers)

    @property
    def sentence(self) -> str:
        """The finding in the reader's language."""
        return _(SENTENCES[self.code]) % self._said()

    @property
    def severity_name(self) -> str:
        return str(Severity(self.severity).label)

    def _said(self) -> dict[str, Any]:
        said = {**self.numbers, "frame": f"{FRAME_WIDTH} × {FRAME_HEIGHT}"}
        for name in TIMES & said.keys():
            said[name] = clock(said[name])
        for name in CODES & said.keys():
            said[name] = NAMES.get(said[name], str(said[name]).upper())
        return said


def clock(seconds: int) -> str:
    """12:03, 1:02:03."""
    hours, rest = divmod(int(seconds or 0), 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def as_data(findings: Iterable[Finding]) -> list[dict]:
    """Findings as they are stored."""
    return [
        {"code": found.code, "severity": found.severity, "numbers": found.numbers}
        for found in findings
    ]


def from_data(rows: Iterable[dict]) -> list[Finding]:
    """Findings as they were stored; a code that is no longer known is passed over."""
    known = (row for row in rows if row["code"] in SENTENCES)
    return [Finding(row["code"], row["severity"], row["numbers"]) for row in known]
