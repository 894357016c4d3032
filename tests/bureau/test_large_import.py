"""Imports cost statements per step, not per row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bureau.domain.batches import apply_batch, check_batch, request_import, upload_batch
from bureau.domain.kinds import import_kind
from bureau.domain.workbook.writing import table_workbook
from tests.bureau.importing import counts, quietly, take_over
from tests.bureau.make_workbooks import fill_in, id_number, person_name, teacher_row

pytestmark = pytest.mark.django_db


def statements(county, serials):
    kind = import_kind("people")
    content = fill_in(kind, [teacher_row(serial, county.first.code) for serial in serials])
    batch = upload_batch(
        kind, content, file_name="l.xlsx", organisation=county.county, by=county.officer
    )
    with CaptureQueriesContext(connection) as dry:
        check_batch(batch.pk, quietly)
    request_import(batch, by=county.officer)
    with CaptureQueriesContext(connection) as real:
        apply_batch(batch.pk, quietly)
    return len(dry), len(real)


def test_three_rows_and_ninety_take_the_same_statements(county):
    statements(county, [500])  # caches are warm
    assert statements(county, range(1, 4)) == statements(county, range(101, 191))


def many_rows(count, codes):
    for serial in range(count):
        area, day = f"{370101 + serial // 30_000:06d}", serial % 30_000 // 1_000 + 1
        number = id_number(serial % 1_000, area=area, born=f"198501{day:02d}")
        phone, teacher = f"139{serial:08d}", f"B{serial:09d}"
        school = codes[serial % len(codes)]
        yield [person_name(serial), number, "", phone, "", teacher, school, "小学", "语文", "", ""]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_twenty_thousand_people_come_in_and_again_change_nothing(county):
    kind = import_kind("people")
    headers = [column.header for column in kind.columns]
    rows = many_rows(20_000, [county.first.code, county.second.code])
    content, _rows = table_workbook("人员", headers, [12] * len(headers), rows)

    def dry():
        batch = upload_batch(
            kind, content, file_name="l.xlsx", organisation=county.county, by=county.officer
        )
        return check_batch(batch.pk, quietly)

    batch = dry()
    assert counts(batch) == (20_000, 0, 0, 0)
    take_over(batch)
    assert counts(dry()) == (0, 0, 20_000, 0)
