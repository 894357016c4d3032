"""What a workbook may be, and the sentence for each thing it may not be."""

import io
import struct
import zipfile

import pytest
from django.utils import translation

from bureau import policy
from bureau.domain.kinds import import_kind
from bureau.domain.workbook import sheet
from bureau.domain.workbook.reading import inspect, read_rows
from bureau.domain.workbook.sheet import Number
from bureau.domain.workbook.template import template_workbook
from bureau.errors import WorkbookRefused
from tests.bureau.make_workbooks import SHEET, fill_in, rewrite, row_xml, teacher_row

WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def kind(db):
    return import_kind("people")


@pytest.fixture
def filled(kind):
    return fill_in(kind, [teacher_row(1, "3137000001"), teacher_row(2, "3137000001")])


def refusal(content, kind):
    with pytest.raises(WorkbookRefused) as caught:
        inspect(content, kind)
    return str(caught.value)


def in_sheet(content, old, new):
    return rewrite(content, {SHEET: lambda xml: xml.replace(old, new, 1)})


def test_a_filled_in_template_is_read_and_its_sample_passed_over(filled, kind):
    rows = list(read_rows(filled, kind))
    assert [row.line for row in rows] == [3, 4]
    assert rows[0].cells == {
        key: value for key, value in teacher_row(1, "3137000001").items() if value
    }


def test_both_languages_headers_are_understood(kind):
    with translation.override("zh-hans"):
        chinese = fill_in(kind, [teacher_row(1, "3137000001")])
    assert inspect(chinese, kind) == 1


def test_numbers_are_told_from_texts(kind):
    row = teacher_row(1, "3137000001") | {"phone": 13900000001}
    cells = next(iter(read_rows(fill_in(kind, [row]), kind))).cells
    assert isinstance(cells["phone"], Number)
    assert not isinstance(cells["id_number"], Number)


def test_an_untouched_template_has_no_rows(kind):
    assert "no rows" in refusal(template_workbook(kind), kind)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        ("姓名,身份证号\n王伟,1\n".encode("gbk"), "CSV"),
        ("\ufeff姓名,身份证号\n".encode(), "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"PK\x03\x04 but not really", "damaged"),
    ],
    ids=["empty", "gbk csv", "utf-8 csv", "xls", "encrypted", "broken"],
)
def test_what_is_not_an_xlsx_is_refused_by_name(content, words, kind):
    assert words in refusal(content, kind)


def test_csv_is_sent_back_to_the_template(kind):
    sentence = refusal("姓名\n王伟\n".encode("gbk"), kind)
    assert "save it as .xlsx" in sentence


def test_macros_are_refused_by_part_and_by_type(filled, kind):
    assert "macros" in refusal(rewrite(filled, {"xl/vbaProject.bin": b"x"}), kind)
    by_type = rewrite(
        filled,
        {
            TYPES: lambda xml: xml.replace(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        },
    )
    assert "macros" in refusal(by_type, kind)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/externalLinks/externalLink1.xml", "other files"),
        ("xl/activeX/activeX1.xml", "controls"),
        ("xl/embeddings/oleObject1.bin", "controls"),
        ("xl/workbook.bin", "xlsb"),
    ],
)
def test_foreign_parts_are_refused(filled, kind, part, words):
    assert words in refusal(rewrite(filled, {part: b"<x/>"}), kind)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_named(filled, kind, state):
    hidden = rewrite(
        filled,
        {WORKBOOK: lambda xml: xml.replace('name="Notes"', f'name="Notes" state="{state}"')},
    )
    assert "“Notes” is hidden" in refusal(hidden, kind)


def test_merged_cells_are_named(filled, kind):
    merged = in_sheet(
        filled, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A3:A4"/></mergeCells>'
    )
    assert "A3:A4 are merged" in refusal(merged, kind)


def test_a_formula_is_named(filled, kind):
    formula = in_sheet(
        filled, "</sheetData>", '<row r="9"><c r="B9"><f>A1</f><v>1</v></c></row></sheetData>'
    )
    assert "Cell B9 holds a formula" in refusal(formula, kind)


def test_a_wrong_header_names_the_column(filled, kind):
    assert "“Phone” is missing" in refusal(in_sheet(filled, ">Phone<", "><"), kind)
    assert "“Shoe size” does not belong" in refusal(
        in_sheet(filled, ">Phone<", ">Shoe size<"), kind
    )
    assert "“Account” stands twice" in refusal(in_sheet(filled, ">Phone<", ">Account<"), kind)


def test_values_beside_the_columns_are_refused_not_lost(filled, kind):
    beside = in_sheet(
        filled,
        "</sheetData>",
        '<row r="9"><c r="T9" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
    )
    assert "Row 9" in refusal(beside, kind)


def test_a_second_filled_sheet_is_named(filled, kind):
    renamed = rewrite(filled, {WORKBOOK: lambda xml: xml.replace('name="Notes"', 'name="Sheet2"')})
    assert "“Sheet2” is filled in too" in refusal(renamed, kind)


def test_far_coordinates_cost_nothing(filled, kind):
    far = in_sheet(
        filled,
        "</sheetData>",
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
    )
    assert "XFD1048576" in refusal(far, kind)


def test_entities_are_refused(filled, kind):
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    bomb = rewrite(filled, {SHEET: lambda xml: xml.replace("?>", f"?>{doctype}", 1)})
    assert "damaged" in refusal(bomb, kind)


def test_a_zip_bomb_is_refused_before_anything_is_unpacked(filled, kind):
    bomb = rewrite(filled, {"xl/media/image1.png": b"\0" * (policy.RATIO_APPLIES_FROM * 20)})
    assert len(bomb) < 100_000
    assert "unpacks to far more" in refusal(bomb, kind)


def test_a_declared_size_above_the_limit_is_refused(filled, kind):
    target = io.BytesIO(filled)
    with zipfile.ZipFile(target, "a") as container:
        container.writestr("xl/media/image1.png", b"x")
    content = bytearray(target.getvalue())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", policy.MAX_UNPACKED_BYTES)
    assert "unpacks to far more" in refusal(bytes(content), kind)


def test_too_many_parts_are_refused(filled, kind):
    many = rewrite(filled, {f"xl/media/{at}.png": b"x" for at in range(policy.MAX_ENTRIES)})
    assert "unpacks to far more" in refusal(many, kind)


def test_a_file_above_the_size_limit_is_refused(kind, monkeypatch, filled):
    monkeypatch.setattr(policy, "MAX_UPLOAD_BYTES", len(filled) - 1)
    assert "larger than" in refusal(filled, kind)


@pytest.mark.slow
def test_200_000_rows_are_read_and_one_more_is_refused(kind):
    bare = ["王伟"]
    empty = template_workbook(kind)

    def workbook(count):
        rows = "".join(row_xml(at, bare) for at in range(3, count + 3))
        return rewrite(
            empty, {SHEET: lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>")}
        )

    assert inspect(workbook(policy.MAX_ROWS), kind) == policy.MAX_ROWS
    assert "more than 200000 rows" in refusal(workbook(policy.MAX_ROWS + 1), kind)


def test_only_the_first_rows_are_read_while_somebody_waits(kind, monkeypatch):
    monkeypatch.setattr(sheet, "CHUNK", 256)
    content = fill_in(kind, [teacher_row(serial, "3137000001") for serial in range(1, 41)])
    late = in_sheet(
        content, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A9:A9"/></mergeCells>'
    )
    assert inspect(late, kind, at_most=10) == 42  # the header and the sample are marks too
    assert "A9:A9 are merged" in refusal(late, kind)
    assert inspect(content, kind, at_most=40) == 40


def test_the_template_locks_its_header_and_keeps_numbers_as_text(kind):
    with zipfile.ZipFile(io.BytesIO(template_workbook(kind))) as container:
        xml, styles = container.read(SHEET).decode(), container.read("xl/styles.xml").decode()
        book = container.read(WORKBOOK).decode()
    assert "<sheetProtection" in xml
    assert 'type="list"' in xml
    assert "state=" not in book
    assert 'numFmtId="49"' in styles
    assert 'locked="0"' in styles
