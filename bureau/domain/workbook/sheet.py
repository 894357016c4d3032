"""One worksheet as a stream of rows.

A reader that builds the whole grid first must believe the sheet's own coordinates: two cells,
A1 and XFD1048576, make it reserve gigabytes. This one keeps a single row at a time, whatever
the coordinates say, and counts what it yields.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from bureau import policy
from bureau.errors import WorkbookRefused

CHUNK = 256 * 1024


class Number(str):
    """A cell that Excel keeps as a number, as the text that stands in the file."""

    __slots__ = ()


Cells = dict[int, str]


def parse(stream: IO[bytes], start, end, text) -> Iterator[None]:
    """Push the stream through expat, yielding after each chunk so that rows can be taken."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise damaged() from error


def damaged() -> WorkbookRefused:
    return WorkbookRefused(
        _("The file is damaged and cannot be read; open it in Excel, save it again as .xlsx.")
    )


def _refuse_doctype(*_args):
    raise damaged()


def local(name: str) -> str:
    """The element's name without its namespace prefix."""
    return name.rpartition(":")[2]


def column_of(reference: str) -> int:
    """0 for "A12", 26 for "AA1"; rows are counted elsewhere."""
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
        if column > policy.MAX_COLUMNS * 400:
            raise damaged()
    return column - 1


class _RowCollector:
    """Expat's handlers for a worksheet: gathers the cells of a row, hands over full rows."""

    def __init__(self, shared: list[str]):
        self.shared = shared
        self.ready: list[tuple[int, Cells]] = []
        self.number = 0
        self.cells: Cells = {}
        self.column = -1
        self.reference = ""
        self.kind = "n"
        self.pieces: list[str] | None = None
        self.value = ""
        self.phonetic = False
        self.starts = {
            "c": self.open_cell,
            "v": self.open_text,
            "t": self.open_text,
            "row": self.open_row,
            "rPh": self.open_phonetic,
            "f": self.refuse_formula,
            "mergeCell": self.refuse_merged,
        }
        self.ends = {
            "c": self.close_cell,
            "v": self.close_text,
            "t": self.close_text,
            "row": self.close_row,
            "rPh": self.close_phonetic,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self.starts.get(name if ":" not in name else local(name))
        if handler is not None:
            handler(attributes)

    def text(self, data: str) -> None:
        if self.pieces is not None:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        handler = self.ends.get(name if ":" not in name else local(name))
        if handler is not None:
            handler()

    def open_row(self, attributes: dict[str, str]) -> None:
        self.number = int(attributes.get("r") or self.number + 1)
        self.cells, self.column = {}, -1

    def close_row(self) -> None:
        if self.cells:
            self.ready.append((self.number, self.cells))

    def open_cell(self, attributes: dict[str, str]) -> None:
        self.reference = attributes.get("r", "")
        self.column = column_of(self.reference) if self.reference else self.column + 1
        self.kind = attributes.get("t", "n")
        self.value = ""

    def open_text(self, _attributes: dict[str, str]) -> None:
        self.pieces = None if self.phonetic else []

    def close_text(self) -> None:
        if self.pieces is not None:
            self.value += "".join(self.pieces)
        self.pieces = None

    def open_phonetic(self, _attributes: dict[str, str]) -> None:
        self.phonetic = True

    def close_phonetic(self) -> None:
        self.phonetic = False

    def close_cell(self) -> None:
        value = self.value
        if not value:
            return
        if self.kind == "s":
            value = self.shared[int(value)]
        elif self.kind == "n":
            value = Number(value)
        if not value.strip():
            return
        if self.column >= policy.MAX_COLUMNS:
            raise WorkbookRefused(
                _("Cell %(cell)s lies outside the template; delete what stands there."),
                cell=self.reference,
            )
        refuse_longer(value, policy.MAX_EXCEL_CHARACTERS, self.reference)
        self.cells[self.column] = value

    def refuse_formula(self, _attributes: dict[str, str]) -> None:
        raise WorkbookRefused(
            _(
                "Cell %(cell)s holds a formula; copy the column, paste it as values and upload "
                "the file again."
            ),
            cell=self.reference,
        )

    def refuse_merged(self, attributes: dict[str, str]) -> None:
        raise WorkbookRefused(
            _("The cells %(area)s are merged; unmerge them so that each row stands by itself."),
            area=attributes.get("ref", ""),
        )


def refuse_longer(value: str, limit: int, cell: str) -> None:
    """Raises: WorkbookRefused when the text of ``cell`` is longer than ``limit`` characters."""
    if len(value) > limit:
        raise WorkbookRefused(
            _("Cell %(cell)s holds more than %(limit)s characters; shorten it."),
            cell=cell,
            limit=limit,
        )


def sheet_rows(stream: IO[bytes], shared: list[str]) -> Iterator[tuple[int, Cells]]:
    """Row number and filled cells of each row that is not blank, in file order."""
    collector = _RowCollector(shared)
    for _turn in parse(stream, collector.start, collector.end, collector.text):
        ready, collector.ready = collector.ready, []
        yield from ready


class _StringCollector:
    """Expat's handlers for the table of texts; phonetic hints are left out."""

    def __init__(self):
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self.size = 0
        self.phonetic = self.within = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.within = not self.phonetic

    def text(self, data: str) -> None:
        if self.within:
            self.pieces.append(data)

    def end(self, name: str) -> None:
        name = local(name)
        if name == "t":
            self.within = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.strings.append("".join(self.pieces))
            self.size += len(self.strings[-1])
            if self.size > policy.MAX_SHARED_CHARACTERS:
                raise damaged()


def shared_strings(stream: IO[bytes]) -> list[str]:
    """The workbook's table of texts; cells refer to it by number."""
    collector = _StringCollector()
    for _turn in parse(stream, collector.start, collector.end, collector.text):
        pass
    return collector.strings
