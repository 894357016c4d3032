"""What a file that somebody added really is."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from videos.domain.confinement import PROBE, ConfinedProgramFailed, Limits, run_confined
from videos.errors import RecordingTooLong, RecordingUnusable, RecordingWithoutPicture
from videos.policy import RECORDING_MINUTES

PROBE_LIMITS = Limits(cpu_seconds=30, memory_bytes=2 * 1024**3, file_bytes=1024**2)
LARGEST_SIDE = 8192


@dataclass(frozen=True)
class Recording:
    """What probing found. Units: seconds, pixels."""

    container: str
    seconds: float
    width: int
    height: int
    video_codec: str
    audio_codec: str


def container_of(path: Path) -> str:
    """ "mov" or "matroska" by the file's first bytes, never by its name.

    Raises: RecordingUnusable for anything else.
    """
    with open(path, "rb") as file:
        head = file.read(12)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "mov"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    raise RecordingUnusable


def probe(path: Path, folder: Path) -> Recording:
    """Look into the file in a confined process that works below ``folder``.

    Raises: RecordingUnusable, RecordingWithoutPicture, RecordingTooLong.
    """
    container = container_of(path)
    command: list[str | Path] = [sys.executable, "-I", PROBE, path.resolve(), container]
    try:
        found = json.loads(run_confined(command, PROBE_LIMITS, seconds=60, folder=folder))
    except (ConfinedProgramFailed, ValueError) as broken:
        raise RecordingUnusable from broken
    if "error" in found or not found["seconds"] > 0:
        raise RecordingUnusable
    if not found["video_codec"] or max(found["width"], found["height"]) > LARGEST_SIDE:
        raise RecordingWithoutPicture
    if found["seconds"] > RECORDING_MINUTES * 60:
        raise RecordingTooLong(limit=RECORDING_MINUTES)
    return Recording(container=container, **found)
