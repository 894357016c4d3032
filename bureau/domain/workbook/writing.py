"""Workbooks out: constant memory, every cell a text, nothing that Excel could run."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

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
    target = io.BytesIO()
    count = 0
    with new_workbook(target) as workbook:
        sheet = workbook.add_worksheet(title[:31])
        style, head = text_format(workbook), workbook.add_format(HEADER)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, style)
        sheet.freeze_panes(1, 0)
        write_row(sheet, 0, headers, head)
        for count, row in enumerate(rows, start=1):  # noqa: B007 - counted for the caller
            write_row(sheet, count, row, style)
        sheet.autofilter(0, 0, max(count, 1), len(headers) - 1)
    return target.getvalue(), count
