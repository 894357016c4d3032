"""The template of an import: a workbook in which little can be filled in wrongly."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bureau import policy
from bureau.domain.kinds import Column, ColumnKind, ImportKind, reads_chinese
from bureau.domain.workbook.writing import HEADER, new_workbook, text_format, write_row

LAST_ROW = policy.MAX_ROWS + 1  # the sample row stands above the rows
PROTECTION = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}


def template_workbook(kind: ImportKind) -> bytes:
    """An empty template: locked header, drop-downs, text cells, a sample row, notes.

    Nothing in it is hidden; the header itself is what a filled-in file is recognised by.
    """
    target = io.BytesIO()
    with new_workbook(target) as workbook:
        sheet = workbook.add_worksheet(kind.sheet_name)
        notes = workbook.add_worksheet("填写说明" if reads_chinese() else "Notes")
        lists = [column for column in kind.columns if column.kind == ColumnKind.CHOICE]
        ranges = {}
        if lists:
            choices = workbook.add_worksheet("选项" if reads_chinese() else "Choices")
            ranges = _write_choices(workbook, choices, lists)
        _write_columns(workbook, sheet, kind, ranges)
        _write_notes(workbook, notes, kind)
    return target.getvalue()


def _write_columns(workbook: Workbook, sheet: Worksheet, kind: ImportKind, ranges: dict) -> None:
    head, must = (
        workbook.add_format(HEADER),
        workbook.add_format(HEADER | {"font_color": "#A8480A"}),
    )
    cell = text_format(workbook, locked=False)
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "locked": False})
    sample = text_format(workbook, locked=False, italic=True, font_color="#6B6B6B")
    for at, column in enumerate(kind.columns):
        sheet.set_column(at, at, column.width, day if column.kind == ColumnKind.DATE else cell)
        _guide(sheet, at, column, ranges.get(column.key))
    sheet.freeze_panes(1, 1)
    sheet.protect("", PROTECTION)
    sheet.set_row(0, 28)
    for at, column in enumerate(kind.columns):
        sheet.write_string(
            0,
            at,
            column.header + ("*" if column.required else ""),
            must if column.required else head,
        )
    write_row(sheet, 1, [_sample(column) for column in kind.columns], sample)


def _sample(column: Column) -> str:
    if column.kind == ColumnKind.CHOICE and column.choices and (choices := column.choices()):
        return choices[0].label
    return column.sample


def _guide(sheet: Worksheet, at: int, column: Column, source: str | None) -> None:
    """What the officer sees when standing in a cell, and what Excel itself refuses."""
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.header[:32],
        "input_message": str(column.help)[:255],
    }
    if source:
        rule |= {
            "validate": "list",
            "source": source,
            "error_title": column.header[:32],
            "error_message": _("Choose one from the list.")[:255],
        }
    elif column.kind == ColumnKind.DATE:
        rule |= {"validate": "date", "criteria": ">", "value": date(1900, 1, 1)}
    sheet.data_validation(1, at, LAST_ROW, at, rule)


def _write_choices(workbook: Workbook, sheet: Worksheet, columns: list[Column]) -> dict[str, str]:
    """The lists behind the drop-downs, on a sheet that can be read. Returns: their ranges."""
    labels = [[choice.label for choice in column.choices()] for column in columns if column.choices]
    style, head = text_format(workbook), workbook.add_format(HEADER)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width + 6)
    write_row(sheet, 0, [column.header for column in columns], head)
    for row in range(max(map(len, labels), default=0)):
        write_row(sheet, row + 1, [own[row] if row < len(own) else "" for own in labels], style)
    return {
        column.key: f"='{sheet.get_name()}'!${name}$2:${name}${len(own) + 1}"
        for column, own, name in zip(
            columns, labels, map(xl_col_to_name, range(len(columns))), strict=True
        )
        if own
    }


def _write_notes(workbook: Workbook, sheet: Worksheet, kind: ImportKind) -> None:
    style = text_format(workbook, text_wrap=True, valign="top")
    head = workbook.add_format(HEADER)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 90)
    write_row(sheet, 0, [_("Column"), _("Must be filled in"), _("What to write")], head)
    for at, column in enumerate(kind.columns, start=1):
        must = _("yes") if column.required else _("no")
        write_row(sheet, at, [column.header, must, str(column.help)], style)
    rules = [
        *map(str, kind.notes),
        _("The grey row is a sample; it is not imported and may be overwritten."),
        _("No merged cells, formulas, hidden sheets or macros; at most %(limit)s rows.")
        % {"limit": policy.MAX_ROWS},
    ]
    for at, rule in enumerate(rules, start=len(kind.columns) + 2):
        sheet.write_string(at, 2, rule, style)
