"""What a file is by its first bytes, never by its name."""

from dataclasses import dataclass
from pathlib import Path

from videos.errors import FileEmpty, NotARecording, RecordingUnusable

HEAD = 512
BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
ASF = bytes.fromhex("3026b2758e66cf11")
TRANSPORT_PACKETS = ((0, 188), (4, 192), (0, 204))


@dataclass(frozen=True)
class Container:
    """``demuxer`` reads the file and is forced; ``format`` is what people call it."""

    demuxer: str
    format: str


def container_of(path: Path) -> Container:
    """The container whose demuxer may read the file.

    Raises: FileEmpty; NotARecording with what it is; RecordingUnusable for anything else.
    """
    with open(path, "rb") as file:
        head = file.read(HEAD)
    if not head:
        raise FileEmpty
    if container := _known(head):
        return container
    if what := _something_else(head):
        raise NotARecording(what=what)
    raise RecordingUnusable


def _known(head: bytes) -> Container | None:
    if head[4:8] in BOXES:
        return Container(
            "mov", "mov" if head[4:12] == b"ftypqt  " or head[4:8] != b"ftyp" else "mp4"
        )
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return Container("matroska", "webm" if b"webm" in head[:64] else "mkv")
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return Container("avi", "avi")
    if head[:4] == b"\x00\x00\x01\xba":
        return Container("mpeg", "mpg")
    if head[:8] == ASF:
        return Container("asf", "wmv")
    if head[:4] == b"FLV\x01":
        return Container("flv", "flv")
    if any(_in_step(head, start, size) for start, size in TRANSPORT_PACKETS):
        return Container("mpegts", "ts")
    return None


def _in_step(head: bytes, start: int, size: int) -> bool:
    """Whether the transport stream's mark stands where its packets begin."""
    marks = head[start : start + 2 * size + 1 : size]
    return len(marks) >= 2 and set(marks) == {0x47}


def _something_else(head: bytes) -> str:
    """What else it is, as a key of ``OTHER_FILES``; "" when nobody knows."""
    if head[:2] == b"PK" or head[:6] in (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"):
        return "archive"
    if head[:4] in (b"GIF8", b"\x89PNG") or head[:2] in (b"\xff\xd8", b"BM"):
        return "picture"
    if head[:3] == b"ID3" or head[:4] in (b"OggS", b"fLaC") or head[8:12] == b"WAVE":
        return "sound"
    if head[:4] == b"%PDF" or head[:4] == b"\xd0\xcf\x11\xe0":
        return "document"
    if (
        head.lstrip(b"\xef\xbb\xbf \r\n\t")[:7] in (b"#EXTM3U", b"[playli")
        or b"ffconcat" in head[:16]
    ):
        return "playlist"
    return ""
