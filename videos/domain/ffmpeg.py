"""The one way in which ffmpeg meets a file: confined, with the demuxer forced."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from videos.domain.confinement import Limits, run_confined
from videos.policy import FILE_BYTES, RECORDING_MINUTES

MEMORY = 6 * 1024**3  # address space, most of it never touched
CALLED = ("-nostdin", "-hide_banner", "-loglevel", "error", "-y")


@cache
def ffmpeg() -> str:
    """The program that the wheel imageio-ffmpeg brings."""
    return imageio_ffmpeg.get_ffmpeg_exe()


def reading(path: Path, demuxer: str = "mov", *before: str) -> list[str | Path]:
    """ffmpeg's words up to the input; ``before`` are options of the input.

    No protocol but the file's own, no demuxer but the one named, no more of it than the longest
    recording may last, whatever its index promises.
    """
    command: list[str | Path] = [ffmpeg(), *CALLED]
    command += ["-protocol_whitelist", "file,pipe", "-format_whitelist", demuxer, "-f", demuxer]
    return [*command, "-t", str(RECORDING_MINUTES * 60), *before, "-i", path.resolve()]


def run(
    command: list[str | Path],
    *,
    seconds: int,
    folder: Path,
    heard: Callable[[str], None] | None = None,
) -> None:
    """Let ffmpeg work below ``folder`` for at most ``seconds``; ``heard`` gets what it tells.

    Raises: ConfinedProgramFailed.
    """
    limits = Limits(cpu_seconds=seconds * 2, memory_bytes=MEMORY, file_bytes=2 * FILE_BYTES)
    run_confined(command, limits, seconds=seconds, folder=folder, heard=heard)
