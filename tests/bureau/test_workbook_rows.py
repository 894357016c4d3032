"""The rows that we write ourselves are, letter for letter, those that xlsxwriter would write."""

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import python_calamine

from bureau.domain.workbook import rows as rows_module
from bureau.domain.workbook.rows import SHEET, TOGETHER
from bureau.domain.workbook.writing import (
    HEADER,
    new_workbook,
    table_workbook,
    text_format,
    write_row,
)

HEADERS, WIDTHS = ["姓名", "学校", "学时"], [14, 28, 12]
ROWS = [
    ["王小明", "第一小学", 36.0],
    ["欧阳䶮", "<实验> & “附属”", 1.5],
    ["=1+1", "", Decimal("12.25")],
    [None, "  两边有空格 ", 0],
    ["一行\n两行\t\r", "铃\x07 _x0041_ \x1f", 10**15],
    ["sample", "长" * 40_000, 1 / 3],
    ["", "", None],
    ["最后", "𠮷野", -2],
]


def sheet_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        assert container.testzip() is None
        return re.sub(r' spans="[0-9:]+"', "", container.read(SHEET).decode())


def by_xlsxwriter(rows):
    target = io.BytesIO()
    with new_workbook(target) as workbook:
        sheet = workbook.add_worksheet("表")
        style, head = text_format(workbook), workbook.add_format(HEADER)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, style)
        sheet.freeze_panes(1, 0)
        write_row(sheet, 0, HEADERS, head)
        for at, row in enumerate(rows, start=1):
            write_row(sheet, at, [v[:32_767] if isinstance(v, str) else v for v in row], style)
        sheet.autofilter(0, 0, max(len(rows), 1), len(HEADERS) - 1)
    return target.getvalue()


def without_blank_rows(sheet):
    return re.sub(r'<row r="\d+"(?:/>|></row>)', "", sheet)


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], []])
def test_the_sheet_is_the_one_xlsxwriter_writes(rows):
    content, count = table_workbook("表", HEADERS, WIDTHS, iter(rows))
    assert count == len(rows)
    assert without_blank_rows(sheet_of(content)) == without_blank_rows(
        sheet_of(by_xlsxwriter(rows))
    )


def test_two_other_readers_open_it(monkeypatch):
    monkeypatch.setattr(rows_module, "KNOWN", 5)
    many = [[f"教师{n}", f"学校{n % 7}", n / 4] for n in range(3 * TOGETHER)]
    content, _count = table_workbook("表", HEADERS, WIDTHS, many)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [list(row) for row in sheet.values] == [HEADERS, *many]
    assert sheet["A2"].number_format == "@"
    assert sheet["A1"].font.bold
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C1501")
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert read.get_sheet_by_index(0).to_python() == [HEADERS, *many]


def test_the_file_does_not_depend_on_what_waits_on_disk(monkeypatch):
    small = sheet_of(table_workbook("表", HEADERS, WIDTHS, ROWS)[0])
    monkeypatch.setattr("bureau.policy.SPOOLED_BYTES", 10)
    assert sheet_of(table_workbook("表", HEADERS, WIDTHS, ROWS)[0]) == small
