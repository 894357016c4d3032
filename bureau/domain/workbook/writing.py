"""Workbooks out: constant memory, every cell a text, nothing that Excel could run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bureau import policy
from bureau.domain.workbook.rows import SAMPLE, rows_xml, with_rows

TEXT = 49  # Excel's own number for "@"
HEADER = {
    "bold": True,
    "bg_color": "#E3EEEE",
    "font_color": "#0F4C4F",
    "bottom": 1,
    "num_format": TEXT,
    "text_wrap": True,
    "valign": "vcenter",
    "locked": True,
}


def new_workbook(target: io.BytesIO) -> Workbook:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    return xlsxwriter.Workbook(target, options)


def text_format(workbook: Workbook, **more: Any) -> Format:
    """Cells that stay what was typed: no ID number becomes 4.4E+17."""
    return workbook.add_format({"num_format": TEXT, **more})


def write_row(sheet: Worksheet, at: int, values: Iterable[Any], style: Format) -> None:
    """Texts as texts, numbers as numbers; an empty value leaves the cell empty."""
    for column, value in enumerate(values):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            sheet.write_string(at, column, value, style)
        else:
            sheet.write_number(at, column, value)


def table_workbook(
    title: str, headers: list[str], widths: list[int], rows: Iterable[Iterable[Any]]
) -> tuple[bytes, int]:
    """One sheet with a header that stays in view. Returns: the file, and how many rows it has."""
    count = 0

    def counted() -> Iterator[Iterable[Any]]:
        nonlocal count
        for count, row in enumerate(rows, start=1):  # noqa: B007 - for the caller
            yield row

    target, frame = io.BytesIO(), io.BytesIO()
    with SpooledTemporaryFile(policy.SPOOLED_BYTES) as spool:
        for text in rows_xml(counted(), first=2):
            spool.write(text.encode())
        spool.seek(0)
        with new_workbook(frame) as workbook:
            _write_frame(workbook, title, headers, widths, count)
        if not count:
            return frame.getvalue(), 0
        with_rows(frame, target, spool)
    return target.getvalue(), count


def _write_frame(
    workbook: Workbook, title: str, headers: list[str], widths: list[int], count: int
) -> None:
    """The sheet without its rows; a sample cell stands where they belong."""
    sheet = workbook.add_worksheet(title[:31])
    style, head = text_format(workbook), workbook.add_format(HEADER)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, style)
    sheet.freeze_panes(1, 0)
    write_row(sheet, 0, headers, head)
    if count:
        sheet.write_string(count, len(headers) - 1, SAMPLE, style)
    sheet.autofilter(0, 0, max(count, 1), len(headers) - 1)
