"""One playable MP4 and one poster out of a recording, by ffmpeg in a confined process."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from videos.domain.confinement import ConfinedProgramFailed, Limits, run_confined
from videos.domain.probing import Recording
from videos.errors import PreparationFailed
from videos.policy import FILE_BYTES, FRAME_HEIGHT, FRAME_WIDTH, KEY_FRAME_SECONDS

FIT = (
    f"scale=w='min({FRAME_WIDTH},iw)':h='min({FRAME_HEIGHT},ih)'"
    ":force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1,format=yuv420p"
)
MEMORY = 6 * 1024**3  # address space, most of it never touched


@cache
def ffmpeg() -> str:
    """The program that the wheel imageio-ffmpeg brings."""
    return imageio_ffmpeg.get_ffmpeg_exe()


def make_mp4(
    original: Path,
    recording: Recording,
    target: Path,
    *,
    progress: Callable[[int], None] = lambda seconds: None,
) -> None:
    """Write H.264/AAC of at most 720p to ``target``, ready to start before it is fully loaded.

    A key frame stands every few seconds, so seeking is exact and later segmenting a copy.
    ``progress`` is called with the seconds done.

    Raises: PreparationFailed. Source: requirements 4.2.
    """
    command = [
        *_input(original, recording),
        *("-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-vf", FIT, "-fpsmax", "30", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23"),
        *("-maxrate", "2500k", "-bufsize", "5000k", "-profile:v", "high", "-threads", "2"),
        *("-force_key_frames", f"expr:gte(t,n_forced*{KEY_FRAME_SECONDS})"),
        *("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"),
        *("-movflags", "+faststart", "-progress", "pipe:1", "-f", "mp4", target.resolve()),
    ]

    def heard(line: str) -> None:
        name, _equals, value = line.partition("=")
        if name == "out_time_us" and value.lstrip("-").isdigit():
            progress(max(0, int(value) // 1_000_000))

    allowed = 600 + int(recording.seconds) * 20
    _run(command, allowed, target.parent, heard)


def make_poster(mp4: Path, recording: Recording, target: Path) -> None:
    """Write a JPEG from a third of the way in, where a title card is over.

    Raises: PreparationFailed.
    """
    moment = f"{recording.seconds / 3:.3f}"
    command = [
        *_input(mp4, recording, container="mov", start=moment),
        *("-map", "0:v:0", "-frames:v", "1", "-q:v", "4", "-pix_fmt", "yuvj420p"),
        *("-f", "image2", "-update", "1", target.resolve()),
    ]
    _run(command, 120, target.parent, None)


def _input(path: Path, recording: Recording, *, container: str = "", start: str = "0") -> list:
    """ffmpeg's part before the output: forced demuxer, no protocol but the file's own."""
    return [
        *(ffmpeg(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y"),
        *("-protocol_whitelist", "file,pipe", "-f", container or recording.container),
        *("-ss", start, "-i", path.resolve()),
    ]


def _run(command: list, seconds: int, folder: Path, heard: Callable[[str], None] | None) -> None:
    limits = Limits(cpu_seconds=seconds * 2, memory_bytes=MEMORY, file_bytes=2 * FILE_BYTES)
    try:
        run_confined(command, limits, seconds=seconds, folder=folder, heard=heard)
    except ConfinedProgramFailed as failed:
        raise PreparationFailed from failed
