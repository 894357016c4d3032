"""Small pictures of a recording: the poster, and a sheet of thumbnails for the time line."""

from pathlib import Path

from videos.domain.ffmpeg import reading, run
from videos.policy import KEY_FRAME_SECONDS, SPRITE_TILES, TILE_HEIGHT, TILE_WIDTH

IN_A_ROW = 10


def make_poster(mp4: Path, seconds: float, target: Path) -> None:
    """Write a JPEG from a third of the way in, where a title card is over.

    Raises: ConfinedProgramFailed.
    """
    for moment in (seconds / 3, 0):  # the sound may go on longer than the pictures
        command = [
            *reading(mp4, "mov", "-ss", f"{moment:.3f}"),
            *("-map", "0:v:0", "-frames:v", "1", "-q:v", "4", "-pix_fmt", "yuvj420p"),
            *("-f", "image2", "-update", "1", target.resolve()),
        ]
        run(command, seconds=120, folder=target.parent)
        if target.exists():
            return


def make_sprite(mp4: Path, seconds: float, target: Path) -> None:
    """Write one JPEG of small pictures, a key frame each; only those are decoded.

    Raises: ConfinedProgramFailed.
    """
    across, down = _grid(seconds)
    each = tile_seconds(seconds) - 0.05
    tile = (
        f"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{each})',"
        f"scale={TILE_WIDTH}:{TILE_HEIGHT}:force_original_aspect_ratio=decrease,"
        f"pad={TILE_WIDTH}:{TILE_HEIGHT}:-1:-1,setsar=1,tile={across}x{down}"
    )
    command = [
        *reading(mp4, "mov", "-skip_frame", "nokey"),
        *("-map", "0:v:0", "-vf", tile, "-frames:v", "1", "-q:v", "6", "-pix_fmt", "yuvj420p"),
        *("-f", "image2", "-update", "1", target.resolve()),
    ]
    run(command, seconds=600, folder=target.parent)


def thumbnail_track(seconds: float) -> str:
    """WebVTT that says which part of ``sprite.jpg`` shows which part of the recording."""
    across, step = _grid(seconds)[0], tile_seconds(seconds)
    cues = ["WEBVTT"]
    for number in range(_tiles(seconds)):
        left, top = number % across * TILE_WIDTH, number // across * TILE_HEIGHT
        begins, ends = number * step, min((number + 1) * step, max(seconds, number * step + 1))
        cues.append(
            f"{_stamp(begins)} --> {_stamp(ends)}\n"
            f"sprite.jpg#xywh={left},{top},{TILE_WIDTH},{TILE_HEIGHT}"
        )
    return "\n\n".join(cues) + "\n"


def tile_seconds(seconds: float) -> int:
    """What one small picture stands for: a whole number of key frames. Units: seconds."""
    return KEY_FRAME_SECONDS * max(1, -(-int(seconds) // (SPRITE_TILES * KEY_FRAME_SECONDS)))


def _tiles(seconds: float) -> int:
    return max(1, -(-int(seconds) // tile_seconds(seconds)))


def _grid(seconds: float) -> tuple[int, int]:
    tiles = _tiles(seconds)
    return min(tiles, IN_A_ROW), -(-tiles // IN_A_ROW)


def _stamp(second: float) -> str:
    whole, rest = divmod(second, 60)
    return f"{int(whole) // 60:02}:{int(whole) % 60:02}:{rest:06.3f}"
