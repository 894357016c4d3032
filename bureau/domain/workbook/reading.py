"""A filled-in template as rows of its columns, or one sentence saying why it is not one."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_lazy as _
from xlsxwriter.utility import xl_col_to_name

from bureau import policy
from bureau.domain.kinds import Column, ImportKind
from bureau.domain.workbook.container import open_container
from bureau.domain.workbook.sheet import (
    CHUNK,
    Cells,
    damaged,
    local,
    parse,
    refuse_longer,
    shared_strings,
    sheet_rows,
)
from bureau.errors import WorkbookRefused

SIDE_SHEETS = {"填写说明", "选项", "Notes", "Choices"}
RESULT_HEADERS = {"原行号", "Original row", "原因", "Reason"}


@dataclass(frozen=True)
class Sheet:
    name: str
    part: str


@dataclass(frozen=True)
class FilledRow:
    """``line`` is the row number that the officer sees in Excel."""

    line: int
    cells: dict[str, str]


def read_rows(content: bytes, kind: ImportKind) -> Iterator[FilledRow]:
    """The rows of the workbook's first sheet under the template's headers, one by one.

    The sample row and blank rows are passed over. Holds one row, and the table of shared
    texts, in memory.

    Raises: WorkbookRefused as soon as the file shows that it may not be imported.
    """
    with open_container(content) as container:
        sheets = _sheets(container)
        shared = _shared(container)
        rows = _rows(container, sheets[0], shared)
        places = _places(next(rows, (0, {})), kind)
        first = kind.columns[0]
        count = 0
        for number, cells in rows:
            values = _values(number, cells, places)
            if not values or values.get(first.key) == first.sample:
                continue
            count += 1
            if count > policy.MAX_ROWS:
                raise WorkbookRefused(
                    _("The file has more than %(limit)s rows; split it into several files."),
                    limit=policy.MAX_ROWS,
                )
            yield FilledRow(number, values)
        _refuse_filled_side_sheets(container, sheets[1:], shared)


def inspect(content: bytes, kind: ImportKind, *, at_most: int | None = None) -> int:
    """Read the workbook once, keeping nothing, so that a faulty file is refused at once.

    Only ``at_most`` rows are read when given: whoever uploads waits for this, and the dry run
    reads everything anyway.

    Returns: how many rows there are; an estimate when not all were read.
    Raises: WorkbookRefused.
    """
    rows = read_rows(content, kind)
    count = sum(1 for _row in islice(rows, at_most))
    if not count:
        raise WorkbookRefused(
            _("The file has no rows below the header; fill in the template and upload it.")
        )
    if count == at_most and next(rows, None) is not None:
        return max(count, _count_row_marks(content))
    return count


def _count_row_marks(content: bytes) -> int:
    with (
        open_container(content) as container,
        _open(container, _sheets(container)[0].part) as stream,
    ):
        marks = sum(chunk.count(b"<row") for chunk in iter(lambda: stream.read(CHUNK), b""))
    return min(marks, policy.MAX_ROWS)


def _sheets(container: zipfile.ZipFile) -> list[Sheet]:
    targets: dict[str, str] = {}
    found: list[tuple[str, str, str]] = []

    def relation(_name, attributes):
        if "Target" in attributes:
            targets[attributes.get("Id", "")] = attributes["Target"]

    def sheet(name, attributes):
        if local(name) == "sheet":
            key = next((attributes[k] for k in attributes if local(k) == "id" and ":" in k), "")
            found.append((attributes.get("name", ""), attributes.get("state", "visible"), key))

    _scan(container, "xl/_rels/workbook.xml.rels", relation)
    _scan(container, "xl/workbook.xml", sheet)
    if not found or len(found) > policy.MAX_SHEETS:
        raise damaged()
    sheets = []
    for name, state, key in found:
        if state != "visible":
            raise WorkbookRefused(
                _("The sheet “%(name)s” is hidden; show it or delete it, then upload again."),
                name=name,
            )
        sheets.append(Sheet(name, posixpath.normpath(posixpath.join("/xl", targets.get(key, "")))))
    return sheets


def _scan(container: zipfile.ZipFile, part: str, start) -> None:
    with _open(container, part) as stream:
        for _turn in parse(stream, start, _ignore, _ignore):
            pass


def _ignore(_value):
    """Nothing of interest here."""


def _open(container: zipfile.ZipFile, part: str):
    try:
        return container.open(part.lstrip("/"))
    except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise damaged() from error


def _shared(container: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in container.namelist():
        return []
    with _open(container, "xl/sharedStrings.xml") as stream:
        return shared_strings(stream)


def _rows(container, sheet: Sheet, shared: list[str]) -> Iterator[tuple[int, Cells]]:
    try:
        with _open(container, sheet.part) as stream:
            yield from sheet_rows(stream, shared)
    except IndexError as error:  # a cell points outside the table of texts
        raise damaged() from error


def _places(header: tuple[int, Cells], kind: ImportKind) -> dict[int, Column | None]:
    """Which column of the sheet is which of the template; None for a returned file's reasons."""
    places: dict[int, Column | None] = {}
    for at, written in header[1].items():
        title = written.strip().rstrip("*＊").strip()
        if title in RESULT_HEADERS:
            places[at] = None
            continue
        column = kind.column_headed(title)
        if column is None:
            raise WorkbookRefused(
                _(
                    "The column “%(header)s” does not belong to the template; the first row must "
                    "be the template's header."
                ),
                header=title[:40],
            )
        if column in places.values():
            raise WorkbookRefused(
                _("The column “%(header)s” stands twice; delete one."), header=title
            )
        places[at] = column
    for column in kind.columns:
        if column not in places.values():
            raise WorkbookRefused(
                _(
                    "The column “%(header)s” is missing; copy the rows into a fresh template, "
                    "whose first row must stay as it is."
                ),
                header=column.header,
            )
    return places


def _values(number: int, cells: Cells, places: dict[int, Column | None]) -> dict[str, str]:
    """The row by the template's keys. A value without a header would be lost in silence."""
    values = {}
    for at, value in cells.items():
        if at not in places:
            raise WorkbookRefused(
                _("Row %(row)s has a value in a column without a header; delete it."), row=number
            )
        if (column := places[at]) is not None:
            refuse_longer(value, column.characters, f"{xl_col_to_name(at)}{number}")
            values[column.key] = value
    return values


def _refuse_filled_side_sheets(container, sheets: list[Sheet], shared: list[str]) -> None:
    for sheet in sheets:
        if sheet.name in SIDE_SHEETS:
            continue
        first = next(_rows(container, sheet, shared), None)
        if first is not None:
            raise WorkbookRefused(
                _(
                    "Only the first sheet is imported, but “%(name)s” is filled in too; move its "
                    "rows to the first sheet or upload it by itself."
                ),
                name=sheet.name,
            )
