"""What a file that somebody added really is."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from videos.domain.confinement import PROBE, ConfinedProgramFailed, Limits, run_confined
from videos.domain.containers import container_of
from videos.errors import RecordingBroken, RecordingTooLong, RecordingWithoutPicture
from videos.policy import RECORDING_MINUTES

PROBE_LIMITS = Limits(cpu_seconds=30, memory_bytes=2 * 1024**3, file_bytes=1024**2)
LARGEST_SIDE = 8192


@dataclass(frozen=True)
class Recording:
    """What probing found. Units: seconds, pixels, degrees, frames per second, bits.

    ``container`` is its demuxer, ``format`` what people call it. Width and height are as
    stored; ``shown`` is what a viewer sees.
    """

    container: str
    format: str
    seconds: float
    width: int
    height: int
    video_codec: str
    audio_codec: str
    channels: int = 0
    rotation: int = 0
    pixel_aspect: float = 1.0
    frame_rate: float = 0.0
    uneven: bool = False
    interlaced: bool = False
    bits: int = 8
    high_range: bool = False

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height with square pixels and turned upright."""
        width, height = max(1, round(self.width * self.pixel_aspect)), self.height
        return (height, width) if self.rotation % 180 else (width, height)


def probe(path: Path, folder: Path) -> Recording:
    """Look into the file in a confined process that works below ``folder``.

    Raises: FileEmpty, RecordingUnusable and its kinds.
    """
    container = container_of(path)
    command: list[str | Path] = [sys.executable, "-I", PROBE, path.resolve()]
    command.append(container.demuxer)
    try:
        found = json.loads(run_confined(command, PROBE_LIMITS, seconds=60, folder=folder))
    except (ConfinedProgramFailed, ValueError) as broken:
        raise RecordingBroken from broken
    if "error" in found or not found["seconds"] > 0:
        raise RecordingBroken
    if not found["video_codec"] or max(found["width"], found["height"]) > LARGEST_SIDE:
        raise RecordingWithoutPicture
    if found["seconds"] > RECORDING_MINUTES * 60:
        raise RecordingTooLong(limit=RECORDING_MINUTES)
    return Recording(container.demuxer, container.format, **found)
