"""Small real recordings for the demo and for tests, drawn by ffmpeg in a second or two.

Nothing third-party is shipped: the picture is a title on changing slides with a running clock,
the sound a soft tone.
"""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from videos.domain.ffmpeg import ffmpeg

FONT = "@expo-google-fonts/noto-serif-sc/500Medium/NotoSerifSC_500Medium.ttf"
GROUNDS = ("0x0f5f66", "0x4a3f6b", "0x7a4a12", "0x2f5f3a", "0x5f2f3a", "0x274b6d")
WIDTH, HEIGHT, RATE = 640, 360, 10


def make_recording(
    target: Path,
    title: str,
    slides: Sequence[str] = (),
    *,
    seconds: int = 60,
    teacher: str = "",
    sound: bool = True,
) -> Path:
    """Write an MP4 of ``seconds`` with ``title`` and one slide after the other to ``target``.

    Returns: ``target``. Raises: subprocess.CalledProcessError when ffmpeg cannot draw.
    """
    slides = list(slides) or [title]
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder)
        scene = _scene(texts, title, teacher, slides, seconds)
        tone = f"sine=f=220:sample_rate=48000:d={seconds},volume=0.05,tremolo=f=0.5:d=0.4"
        command = [
            *(ffmpeg(), "-nostdin", "-loglevel", "error", "-y"),
            *("-f", "lavfi", "-i", scene),
            *(("-f", "lavfi", "-i", tone) if sound else ()),
            *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-pix_fmt", "yuv420p"),
            *(("-c:a", "aac", "-b:a", "48k") if sound else ()),
            *("-t", str(seconds), "-movflags", "+faststart", "-f", "mp4", str(target)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


def captions_for(slides: Sequence[str], *, seconds: int = 60) -> str:
    """WebVTT that says each slide's text while it is shown."""
    cues = ["WEBVTT"]
    for number, text in enumerate(slides):
        start, end = (seconds * step // len(slides) for step in (number, number + 1))
        cues.append(f"{_stamp(start)} --> {_stamp(end)}\n{text}")
    return "\n\n".join(cues) + "\n"


def _stamp(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}:{second % 60:02}.000"


def _scene(folder: Path, title: str, teacher: str, slides: Sequence[str], seconds: int) -> str:
    """A lavfi graph; texts travel in files, so no character needs escaping."""
    source = f"size={WIDTH}x{HEIGHT}:rate={RATE}:d={seconds}"
    layers = [f"color=c={GROUNDS[0]}:{source}"]
    for number in range(len(slides)):
        ground = GROUNDS[number % len(GROUNDS)]
        layers.append(f"drawbox=c={ground}:t=fill:{_while(number, slides, seconds)}")
    layers += _texts(folder, title, teacher, slides, seconds)
    layers.append(
        f"drawtext={_font()}:fontsize=20:fontcolor=white@0.8:x=w-tw-24:y=h-40:text='%{{pts\\:hms}}'"
    )
    return ",".join(layers)


def _texts(folder: Path, title: str, teacher: str, slides: Sequence[str], seconds: int) -> list:
    def written(name: str, text: str) -> str:
        (folder / name).write_text(text, encoding="utf-8")
        return f"textfile={folder / name}"

    drawn = [
        f"drawtext={_font()}:fontsize=22:fontcolor=white@0.85:x=32:y=28:"
        + written("title.txt", title),
        f"drawtext={_font()}:fontsize=18:fontcolor=white@0.7:x=32:y=h-40:"
        + written("teacher.txt", teacher or " "),
    ]
    for number, text in enumerate(slides):
        drawn.append(
            f"drawtext={_font()}:fontsize={_size(text)}:fontcolor=white:line_spacing=12:"
            f"x=(w-tw)/2:y=(h-th)/2:{written(f'slide{number}.txt', text)}:"
            + _while(number, slides, seconds)
        )
    return drawn


def _size(text: str) -> int:
    longest = max(len(line) for line in text.splitlines() or [""])
    return max(18, min(38, 560 // max(longest, 1)))


def _while(number: int, slides: Sequence[str], seconds: int) -> str:
    start, end = (seconds * step / len(slides) for step in (number, number + 1))
    return f"enable='gte(t,{start:.3f})*lt(t,{end:.3f})'"


def _font() -> str:
    font = Path(settings.NODE_MODULES) / FONT
    return f"fontfile={font}" if font.exists() else "font=sans"
