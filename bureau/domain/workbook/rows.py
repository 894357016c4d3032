"""The rows of a large sheet as XML, as xlsxwriter would write them, at a fraction of the cost.

Everything around the rows (styles, widths, the head, the filter) stays xlsxwriter's own: it
writes the workbook with one sample cell, which is then replaced.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from xlsxwriter.utility import xl_col_to_name

from bureau import policy

SHEET = "xl/worksheets/sheet1.xml"
SAMPLE = "sample"
STYLE = 2  # the format that a workbook uses after the one of its header
KNOWN = 10_000  # repeated words, codes and hours are made into XML once
TOGETHER = 500
# What may not stand in XML as it is, and texts that Excel would read as such an escape
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_")


def rows_xml(rows: Iterable[Iterable[Any]], first: int) -> Iterator[str]:
    """Rows from the number ``first`` on: texts as texts, numbers as numbers, nothing for empty
    values. Several rows at a time."""
    letters: list[str] = []
    known: dict[Any, str] = {None: "", "": ""}
    pieces: list[str] = []
    for number, row in enumerate(rows, start=first):
        values = list(row)
        while len(letters) < len(values):
            letters.append(f'<c r="{xl_col_to_name(len(letters))}')
        pieces.append(f'<row r="{number}">')
        for letter, value in zip(letters, values, strict=False):
            cell = known.get(value)
            if cell is None:
                cell = known[value] = _cell(value)
            if cell:
                pieces.append(f"{letter}{number}{cell}")
        pieces.append("</row>")
        if number % TOGETHER == 0:
            yield "".join(pieces)
            pieces.clear()
            if len(known) > KNOWN:
                known = {None: "", "": ""}
    yield "".join(pieces)


def _cell(value: Any) -> str:
    """A cell behind its number."""
    if not isinstance(value, str):
        return f'" s="{STYLE}"><v>{value:.16G}</v></c>'
    text = value[: policy.MAX_EXCEL_CHARACTERS]
    text = UNSAFE.sub(lambda found: f"_x{ord(found[0][0]):04X}_{found[0][1:]}", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f'" s="{STYLE}" t="inlineStr"><is><t{keep}>{text}</t></is></c>'


def with_rows(frame: IO[bytes], target: IO[bytes], rows: IO[bytes]) -> None:
    """Copy the workbook ``frame`` to ``target`` with ``rows`` in the place of its sample row.

    Raises: ValueError when the sample is not what ``rows_xml`` would have written.
    """
    with (
        zipfile.ZipFile(frame) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            if part.filename != SHEET:
                new.writestr(part, content, zipfile.ZIP_DEFLATED)
                continue
            head, tail = _around_sample(content)
            with new.open(part, "w", force_zip64=True) as sheet:
                sheet.write(head)
                while chunk := rows.read(1 << 18):
                    sheet.write(chunk)
                sheet.write(tail)


def _around_sample(sheet: bytes) -> tuple[bytes, bytes]:
    before, found, tail = sheet.partition(_cell(SAMPLE).encode() + b"</row>")
    if not found:
        raise ValueError("the sheet holds its texts in another form")
    return before[: before.rindex(b"<row")], tail
