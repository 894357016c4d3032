"""Lessons that differ, drawn in a second: pictures that change and voices that sing."""

import random
from pathlib import Path

from tests.videos.odd_files import H264, run

SECONDS = 44
SLIDE = 4


def draw_lesson(target: Path, seed: int, seconds: int = SECONDS) -> Path:
    """A lesson of its own: boxes on slides, and tones that glide and stop."""
    chance = random.Random(seed)
    layers = [f"color=c={_colour(chance)}:size=160x90:rate=5:d={seconds}"]
    for start in range(0, seconds, SLIDE):
        layers += [_box(chance, start) for _ in range(8)]
    voices = "+".join(_voice(chance) for _ in range(6))
    sound = f"aevalsrc='{voices}':s=16000:d={seconds}"
    inputs = ["-f", "lavfi", "-i", ",".join(layers), "-f", "lavfi", "-i", sound]
    run([*inputs, *H264, "-c:a", "aac", "-b:a", "64k", "-t", str(seconds), str(target)])
    return target


def copy_lesson(source: Path, target: Path, *, start: float, seconds: float) -> Path:
    """Cut out, scaled into another shape, coded anew and badly, and quieter."""
    cut = ["-ss", str(start), "-t", str(seconds), "-i", str(source)]
    coarse = ["-vf", "scale=128:96", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "34"]
    run([*cut, *coarse, "-c:a", "aac", "-b:a", "24k", "-af", "volume=0.4", str(target)])
    return target


def _colour(chance: random.Random) -> str:
    return f"0x{chance.randrange(1 << 24):06x}"


def _box(chance: random.Random, start: int) -> str:
    place = f"x={chance.randrange(140)}:y={chance.randrange(75)}"
    size = f"w={chance.randrange(10, 80)}:h={chance.randrange(5, 45)}"
    shown = f"enable='gte(t,{start})*lt(t,{start + SLIDE})'"
    return f"drawbox={place}:{size}:c={_colour(chance)}:t=fill:{shown}"


def _voice(chance: random.Random) -> str:
    pitch, glide = chance.uniform(150, 600), chance.uniform(2, 30)
    slow, beat, rest = chance.uniform(0.3, 3), chance.uniform(1, 4), chance.uniform(-0.5, 0.5)
    tone = f"0.15*sin(2*PI*t*{pitch:.1f}+{glide:.2f}*sin(t*{slow:.2f}))"
    return f"{tone}*gt(sin(t*{beat:.2f}),{rest:.2f})"
