"""The files of a draw as anyone may fetch them, one by one or all in one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.db.models.fields.files import FieldFile

from lessons.domain.dealing.files import digest, json_file
from lessons.domain.dealing.replay import given_name
from lessons.domain.drawing.announcing import announcement_of
from lessons.enums import DrawState
from lessons.models import Draw

PIECE = 64 * 1024


@dataclass(frozen=True)
class Published:
    """One file: either its few bytes, or where it is stored. ``sha256`` as it was written."""

    name: str
    sha256: str
    content: bytes | None = None
    stored: FieldFile | None = None

    def open(self) -> IO[bytes]:
        if self.stored is not None:
            return self.stored.storage.open(self.stored.name, "rb")
        return io.BytesIO(self.content or b"")

    def read(self) -> bytes:
        with self.open() as source:
            return source.read()

    @property
    def size(self) -> int:
        return self.stored.size if self.stored is not None else len(self.content or b"")


def published_files(draw: Draw) -> list[Published]:
    """Everything that is public so far, in the order in which it became so."""
    if draw.state == DrawState.PREPARED:
        return []
    files = [
        _small("announcement.txt", announcement_of(draw)),
        _small("rules.json", json_file(draw.rules)),
        Published("roster.csv", draw.roster_sha256, stored=draw.roster),
        Published("pool.csv", draw.pool_sha256, stored=draw.pool),
        Published("verify_draw.py", draw.program_sha256, stored=draw.program),
    ]
    if draw.state == DrawState.DRAWN:
        files += [
            _small("seed.txt", f"{draw.seed}\n".encode()),
            Published("result.csv", draw.result_sha256, stored=draw.result),
            Published("report.json", draw.report_sha256, stored=draw.report),
        ]
        for made in draw.supplements.all():
            given = given_name(made.number)
            files.append(Published(given, made.given_sha256, stored=made.given))
            result = given.replace("given", "result")
            files.append(Published(result, made.result_sha256, stored=made.result))
    return files


def archive(draw: Draw) -> Iterator[bytes]:
    """All files as one zip, piece by piece; stored, not packed, so that it costs no time."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as packed:  # type: ignore[call-overload]
        for file in published_files(draw):
            entry = zipfile.ZipInfo(f"draw-{draw.programme.code}/{file.name}", draw_moment(draw))
            with packed.open(entry, "w", force_zip64=True) as target, file.open() as source:
                while piece := source.read(PIECE):
                    target.write(piece)
                    yield sink.taken()
    yield sink.taken()


def draw_moment(draw: Draw) -> tuple[int, int, int, int, int, int]:
    at = draw.committed_at
    return at.year, at.month, at.day, at.hour, at.minute, at.second


def _small(name: str, content: bytes) -> Published:
    return Published(name, digest(content), content=content)


class _Sink(io.RawIOBase):
    """Takes what the archive writes and gives it on; there is no way back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
