"""One playable MP4 out of any recording, by ffmpeg in a confined process."""

from collections.abc import Callable
from pathlib import Path

from videos.domain.confinement import ConfinedProgramFailed
from videos.domain.ffmpeg import reading, run
from videos.domain.probing import Recording
from videos.errors import PreparationFailed
from videos.policy import (
    FRAME_HEIGHT,
    FRAME_RATE,
    FRAME_WIDTH,
    KEY_FRAME_SECONDS,
    PICTURE_KILOBITS,
)

TO_STANDARD_RANGE = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv"
)


def make_mp4(
    original: Path,
    recording: Recording,
    target: Path,
    *,
    progress: Callable[[int], None] = lambda seconds: None,
) -> None:
    """Write H.264/AAC of at most 720p to ``target``, ready to start before it is fully loaded.

    Turned upright, square pixels, whole pictures, eight bits, an even rate. A key frame stands
    every few seconds, so seeking is exact and the stream can be cut from a copy. ``progress``
    is called with the seconds done.

    Raises: PreparationFailed. Source: requirements 4.2.
    """
    command = [
        *reading(original, recording.container),
        *("-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn"),
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        *("-vf", picture_filter(recording), *_timing(recording)),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high"),
        *("-maxrate", f"{PICTURE_KILOBITS}k", "-bufsize", f"{2 * PICTURE_KILOBITS}k"),
        *("-threads", "2", "-force_key_frames", f"expr:gte(t,n_forced*{KEY_FRAME_SECONDS})"),
        *("-af", "aresample=async=1", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"),
        *("-movflags", "+faststart", "-progress", "pipe:1", "-f", "mp4", target.resolve()),
    ]

    def heard(line: str) -> None:
        name, _equals, value = line.partition("=")
        if name == "out_time_us" and value.lstrip("-").isdigit():
            progress(max(0, int(value) // 1_000_000))

    allowed = 600 + int(recording.seconds) * 20
    try:
        run(command, seconds=allowed, folder=target.parent, heard=heard)
    except ConfinedProgramFailed as failed:
        raise PreparationFailed from failed


def picture_filter(recording: Recording) -> str:
    """How the pictures are repaired; ffmpeg has turned them upright before."""
    width, height = fitted(*recording.shown)
    steps = ["bwdif=mode=send_frame"] if recording.interlaced else []
    steps += [f"scale={width}:{height}", "setsar=1"]
    steps += [TO_STANDARD_RANGE] if recording.high_range else []
    return ",".join([*steps, "format=yuv420p"])


def fitted(width: int, height: int) -> tuple[int, int]:
    """The size in even pixels that fits the frame without being blown up."""
    factor = min(1.0, FRAME_WIDTH / width, FRAME_HEIGHT / height)
    return max(2, round(width * factor / 2) * 2), max(2, round(height * factor / 2) * 2)


def served_rate(recording: Recording) -> float:
    """The recording's own frame rate, halved until it fits. Units: frames per second."""
    rate = recording.frame_rate
    while rate > FRAME_RATE + 0.5:
        rate /= 2
    return rate


def _timing(recording: Recording) -> list[str]:
    rate = served_rate(recording)
    if rate <= 0:
        return ["-fpsmax", str(FRAME_RATE)]
    if recording.uneven or rate < recording.frame_rate:
        return ["-fps_mode", "cfr", "-r", f"{max(rate, 1):.5f}"]
    return ["-fpsmax", str(FRAME_RATE)]
