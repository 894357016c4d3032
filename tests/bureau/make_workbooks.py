"""Filled-in templates, as an officer would hand them in.

``fill_in`` writes rows into the product's own template, so whatever the template is, is what
gets uploaded. ``main`` writes the journey's file: 200 teachers of two schools, five rows wrong.
"""

import io
import zipfile
from xml.sax.saxutils import escape

from accounts.domain.identity import check_character
from bureau.domain.workbook.template import template_workbook

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰"
SHEET = "xl/worksheets/sheet1.xml"


def id_number(serial: int, *, area: str = "370102", born: str = "19850601") -> str:
    """A right ID number for each serial below 10,000 per area and day; it belongs to nobody."""
    day = f"{int(born) + serial // 1000}"
    first = f"{area}{day}{serial % 1000:03d}"
    return first + check_character(first)


def person_name(serial: int) -> str:
    given = GIVEN[serial % len(GIVEN)] + GIVEN[serial // len(GIVEN) % len(GIVEN)]
    return SURNAMES[serial % len(SURNAMES)] + given


def cell(reference: str, value) -> str:
    """Texts as Excel keeps them inline, ints as numbers, a string with ``=`` as a formula."""
    if isinstance(value, int):
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def row_xml(number: int, values) -> str:
    cells = "".join(
        cell(f"{chr(65 + at)}{number}", value)
        for at, value in enumerate(values)
        if value not in ("", None)
    )
    return f'<row r="{number}">{cells}</row>'


def rewrite(content: bytes, changes: dict) -> bytes:
    """The same container with some parts replaced (by a function) or added (by bytes)."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            change = changes.get(name)
            new.writestr(name, change(part.decode()) if callable(change) else part)
        for name, part in changes.items():
            if not callable(part):
                new.writestr(name, part)
    return target.getvalue()


def fill_in(kind, rows, *, first_row: int = 3) -> bytes:
    """The kind's template with ``rows`` (dicts by column key, or lists) below the sample."""
    keys = [column.key for column in kind.columns]
    listed = [row if isinstance(row, list) else [row.get(key, "") for key in keys] for row in rows]
    filled = "".join(row_xml(first_row + at, row) for at, row in enumerate(listed))
    return rewrite(
        template_workbook(kind),
        {SHEET: lambda xml: xml.replace("</sheetData>", f"{filled}</sheetData>")},
    )


def teacher_row(serial: int, school_code: str, **changed) -> dict:
    row = {
        "real_name": person_name(serial),
        "id_number": id_number(serial),
        "phone": f"139{serial:08d}",
        "teacher_number": f"T{serial:08d}",
        "school_code": school_code,
        "stage": "primary",
        "subject": "chinese",
    }
    return row | changed


def two_hundred_teachers(first_school: str, second_school: str) -> list[dict]:
    """100 teachers for each school; rows 12, 47, 88, 133 and 180 of the list are wrong."""
    rows = [
        teacher_row(serial, first_school if serial <= 100 else second_school)
        for serial in range(1, 201)
    ]
    wrong_check_digit = rows[11]["id_number"][:17]
    rows[11]["id_number"] = wrong_check_digit + ("0" if rows[11]["id_number"][17] != "0" else "1")
    rows[46]["subject"] = "physics"
    rows[87]["school_code"] = "9999999999"
    rows[132] |= {"id_number": rows[0]["id_number"], "real_name": rows[0]["real_name"]}
    rows[179]["phone"] = rows[178]["phone"]
    return rows
