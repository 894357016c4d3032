"""WebVTT as the only form of captions: checked before a browser sees it."""

import re

from videos.errors import CaptionsUnreadable

STAMP = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
TIMING = re.compile(rf"^({STAMP})[ \t]+-->[ \t]+({STAMP})(?:[ \t].*)?$")


def clean_captions(raw: bytes) -> str:
    """``raw`` as WebVTT with plain line ends.

    Raises: CaptionsUnreadable when it is not UTF-8, has another form, no cue, or a cue that
    ends before it begins.
    """
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as other_encoding:
        raise CaptionsUnreadable from other_encoding
    lines = text.split("\n")
    if not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]) or "\0" in text:
        raise CaptionsUnreadable
    timings = [line for line in lines if "-->" in line]
    if not timings or not all(_in_order(line) for line in timings):
        raise CaptionsUnreadable
    return text.rstrip("\n") + "\n"


def _in_order(line: str) -> bool:
    timing = TIMING.match(line)
    return bool(timing) and _seconds(timing[1]) < _seconds(timing[2])


def _seconds(stamp: str) -> float:
    total = 0.0
    for part in stamp.split(":"):
        total = total * 60 + float(part)
    return total
