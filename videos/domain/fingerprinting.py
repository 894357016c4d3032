"""What a recording looks and sounds like, taken from its MP4."""

import array
import subprocess
import sys
from functools import cache
from pathlib import Path

from videos.domain.ffmpeg import ffmpeg, reading, run
from videos.domain.likeness import picture_hashes, picture_words, sound_words
from videos.policy import PICTURE_STEP

WIDTH, HEIGHT = 9, 8  # eight comparisons in each of eight rows


def take_fingerprint(mp4: Path, folder: Path, *, with_sound: bool) -> dict[str, list[int]]:
    """The fields of ``Fingerprint``; ffmpeg reads the MP4 once, below ``folder``.

    Pictures that no other is built upon are skipped: that halves the work and changes nothing
    at one picture in two seconds.

    Raises: ConfinedProgramFailed.
    """
    pictures, sounds = folder / "pictures.raw", folder / "sounds.raw"
    command = [
        *reading(mp4, "mov", "-skip_frame", "noref"),
        *("-map", "0:v:0", "-vf", f"fps=1/{PICTURE_STEP},scale={WIDTH}:{HEIGHT}:flags=area"),
        *("-pix_fmt", "gray", "-f", "rawvideo", pictures.resolve()),
    ]
    if with_sound and can_hear():
        command += ["-map", "0:a:0", "-f", "chromaprint", "-fp_format", "raw", sounds.resolve()]
    run(command, seconds=3600, folder=folder)
    hashes = picture_hashes(pictures.read_bytes(), WIDTH, HEIGHT)
    prints = _signed_words(sounds.read_bytes()) if sounds.exists() else []
    return {
        "pictures": hashes,
        "sounds": prints,
        "picture_words": picture_words(hashes),
        "sound_words": sound_words(prints),
    }


@cache
def can_hear() -> bool:
    """Whether this ffmpeg was built with chromaprint; without it pictures stand alone."""
    listed = subprocess.run([ffmpeg(), "-hide_banner", "-muxers"], capture_output=True, check=False)
    return b"chromaprint" in listed.stdout


def _signed_words(raw: bytes) -> list[int]:
    words = array.array("i", raw[: len(raw) // 4 * 4])
    if sys.byteorder == "big":
        words.byteswap()
    return words.tolist()
