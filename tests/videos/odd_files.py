"""Files as schools really send them, and as nobody should: drawn by ffmpeg in a moment."""

import struct
import subprocess
import zipfile
from pathlib import Path

from videos.domain.ffmpeg import ffmpeg

PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n"
SMALL = "testsrc2=size=96x54:rate=10:d=3"
TONE = ("-f", "lavfi", "-i", "sine=d=3")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def draw(target: Path, *words: str, picture: str = SMALL, sound: bool = True) -> Path:
    """``picture`` with a tone, coded as ``words`` say."""
    inputs = ["-f", "lavfi", "-i", picture, *(TONE if sound else ())]
    run([*inputs, *(words or H264), str(target)])
    return target


def run(words: list[str]) -> None:
    command = [ffmpeg(), "-nostdin", "-loglevel", "error", "-y", *words]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def portrait(folder: Path) -> Path:
    """A phone held upright: level pictures and a note to turn them."""
    level = draw(folder / "level.mp4")
    turned = folder / "portrait.mp4"
    run(["-display_rotation", "90", "-i", str(level), "-c", "copy", str(turned)])
    return turned


def hevc_mov(folder: Path) -> Path:
    """As a telephone records today: ten bits, high dynamic range."""
    words = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
    bright = "setparams=color_trc=arib-std-b67:color_primaries=bt2020:colorspace=bt2020nc"
    deep = ("-vf", bright, "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1")
    return draw(folder / "phone.mov", *words, *deep)


def silent(folder: Path) -> Path:
    return draw(folder / "silent.mp4", sound=False)


def uneven(folder: Path) -> Path:
    """Every picture of the first second, then every fifth: a screen recorder does so."""
    keep = "select='lt(t,1)+not(mod(n,5))'"
    words = ("-vf", keep, "-fps_mode", "vfr", *H264)
    return draw(folder / "uneven.mp4", *words, picture="testsrc2=size=96x54:rate=30:d=3")


def old_camera(folder: Path) -> Path:
    """720 × 576 in the shape of 4:3, interlaced MPEG-2 with AC-3 sound, in a transport stream."""
    words = ("-vf", "setsar=16/15,interlace=lowpass=0", "-flags", "+ildct+ilme")
    codecs = ("-c:v", "mpeg2video", "-c:a", "ac3", "-f", "mpegts")
    picture = "testsrc2=size=720x576:rate=50:d=1"
    return draw(folder / "camera.mts", *words, *codecs, picture=picture)


def fast(folder: Path) -> Path:
    return draw(folder / "fast.mp4", picture="testsrc2=size=96x54:rate=60:d=2")


def matroska(folder: Path) -> Path:
    return draw(folder / "screen.mkv", *H264, "-c:a", "libopus")


def windows_avi(folder: Path) -> Path:
    return draw(folder / "old.avi", "-c:v", "mpeg4", "-c:a", "libmp3lame")


def cut_short(folder: Path) -> Path:
    """Copied to two thirds; the index stood in front, so what is there can be read."""
    whole = draw(folder / "whole.mp4", *H264, "-movflags", "+faststart")
    cut = folder / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    return cut


def without_index(folder: Path) -> Path:
    """Copied to two thirds; the index stood at the end and is gone."""
    whole = draw(folder / "whole.mp4")
    cut = folder / "broken.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    return cut


def wrong_size(folder: Path) -> Path:
    """The box that holds the pictures claims four times the bytes there are."""
    content = bytearray(draw(folder / "whole.mp4").read_bytes())
    at = content.index(b"mdat") - 4
    content[at : at + 4] = struct.pack(">I", 4 * len(content))
    wrong = folder / "wrong.mp4"
    wrong.write_bytes(content)
    return wrong


def ten_hours(folder: Path) -> Path:
    """One picture a second for ten hours, in a few hundred kilobytes."""
    picture = "color=size=16x16:rate=1:d=36000"
    return draw(folder / "long.mp4", *H264, "-t", "36000", picture=picture, sound=False)


def playlist(folder: Path) -> Path:
    named = folder / "list.mp4"
    named.write_text(PLAYLIST.format("file:///etc/hostname"))
    return named


def disguised_playlist(folder: Path) -> Path:
    head = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
    named = folder / "disguised.mp4"
    named.write_bytes(head + PLAYLIST.format("file:///etc/hostname").encode())
    return named


def zip_bomb(folder: Path) -> Path:
    bomb = folder / "bomb.mp4"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50 * 1024**2))
    return bomb


def empty(folder: Path) -> Path:
    (folder / "empty.mp4").touch()
    return folder / "empty.mp4"


def moving_gif(folder: Path) -> Path:
    return draw(folder / "moving.gif", "-f", "gif", sound=False)


def renamed_gif(folder: Path) -> Path:
    return moving_gif(folder).rename(folder / "gif.mp4")


def secret_subtitles(folder: Path, secret: Path) -> Path:
    """A recording whose subtitles are a playlist that names somebody else's file."""
    words = folder / "words.srt"
    trap = PLAYLIST.format(f"file://{secret}")
    words.write_text(f"1\n00:00:00,000 --> 00:00:02,000\n{trap}\n")
    film, trapped = draw(folder / "film.mp4"), folder / "trapped.mkv"
    run(["-i", str(film), "-i", str(words), "-c", "copy", "-c:s", "srt", str(trapped)])
    return trapped


def reference_movie(folder: Path, secret: Path) -> Path:
    """A MOV whose pictures are said to lie in another file, by an alias to its full path.

    Both are uncoded, so the same places of the other file hold its pictures.
    """
    uncoded = ("-c:v", "rawvideo", "-pix_fmt", "rgb24")
    size = "size=64x64:rate=10:d=1"
    draw(secret, *uncoded, picture=f"color=red:{size}", sound=False)
    own = draw(folder / "own.mov", *uncoded, picture=f"color=blue:{size}", sound=False)
    content = own.read_bytes()
    at = content.rindex(b"alis") - 4 if b"alis" in content else content.rindex(b"url ") - 4
    trapped = folder / "reference.mov"
    trapped.write_bytes(_grown(content, at, 12, _alias(secret)))
    return trapped


def colour(path: Path, *before: str) -> tuple[int, ...]:
    """Red, green and blue of the first picture."""
    words = ["-i", str(path), "-frames:v", "1", "-vf", "scale=1:1:flags=area"]
    found = path.with_suffix(".rgb")
    run([*before, *words, "-pix_fmt", "rgb24", "-f", "rawvideo", str(found)])
    return tuple(found.read_bytes())


def _alias(secret: Path) -> bytes:
    """A Macintosh alias record as QuickTime wrote them."""
    path = str(secret).encode()
    record = bytes(10) + b"\x01V".ljust(28, b"\x00") + bytes(12)
    record += bytes([len(secret.name)]) + secret.name.encode().ljust(63, b"\x00") + bytes(16)
    record += struct.pack(">HH", 1, 1) + bytes(16)
    record += struct.pack(">HH", 2, len(path)) + path + b"\x00" * (len(path) % 2)
    record += struct.pack(">hH", -1, 0)
    return struct.pack(">I", 12 + len(record)) + b"alis" + bytes(4) + record


def _grown(content: bytes, at: int, size: int, entry: bytes) -> bytes:
    """``content`` with the box at ``at`` replaced and every box around it as much longer."""
    grown, more = bytearray(content), len(entry) - size
    for name in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        box = content.rindex(name, 0, at) - 4
        length = struct.unpack_from(">I", content, box)[0]
        struct.pack_into(">I", grown, box, length + more)
    grown[at : at + size] = entry
    return bytes(grown)
