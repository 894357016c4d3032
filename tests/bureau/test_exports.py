import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from accounts.models import User
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import (
    clear_expired_exports,
    download_export,
    make_export,
    request_export,
)
from bureau.domain.kinds import import_kind
from bureau.domain.workbook.reading import read_rows
from bureau.domain.workbook.sheet import sheet_rows
from bureau.enums import ExportState
from bureau.errors import FileGone, ScopeLost
from core.models import AuditRecord
from credits.domain.ledger import post_entry
from programmes.models import Enrolment
from tests.bureau.importing import bring_in, counts, dry_run, quietly
from tests.bureau.make_workbooks import SHEET, teacher_row
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(county):
    rows = [teacher_row(serial, county.first.code) for serial in (1, 2)]
    rows.append(teacher_row(3, county.second.code, email="three@example.cn"))
    rows.append(teacher_row(4, county.second.code, stage="", subject=""))
    bring_in(rows, by=county.officer, organisation=county.county)
    UserFactory(school=county.foreign)
    return rows


def made(kind, organisation, by):
    by.__dict__.pop("current_appointments", None)
    export = request_export(EXPORT_KINDS[kind], organisation, by=by, language="zh-hans")
    return make_export(export.pk, quietly)


def cells(content):
    with zipfile.ZipFile(io.BytesIO(content)) as container, container.open(SHEET) as sheet:
        return [list(row.values()) for _number, row in sheet_rows(sheet, [])]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_exported_people_come_back_and_change_nothing(county, roster, language):
    with translation.override(language):
        export = made("people", county.county, county.officer)
    content = download_export(export, by=county.officer)
    again = dry_run([], by=county.officer, organisation=county.county, content=content)
    assert export.rows == 4
    assert counts(again) == (0, 0, 4, 0)


def test_an_edited_export_changes_what_was_edited(county, roster):
    export = made("people", county.county, county.officer)
    content = download_export(export, by=county.officer)
    rows = [row.cells for row in read_rows(content, import_kind("people"))]
    rows[0] |= {"phone": "13712345678"}
    batch = bring_in(rows, by=county.officer, organisation=county.county)
    assert counts(batch) == (0, 1, 3, 0)
    assert User.objects.filter(phone="13712345678").count() == 1


def test_id_numbers_and_phones_leave_masked(county, roster):
    content = download_export(made("people", county.county, county.officer), by=county.officer)
    text = str(cells(content))
    assert [row["id_number"] for row in roster if row["id_number"] in text] == []
    assert [row["phone"] for row in roster if row["phone"] in text] == []
    assert text.count("3701************") == 4


def test_a_principal_exports_the_own_school_only(county, roster):
    content = download_export(made("people", county.first, county.principal), by=county.principal)
    assert len(cells(content)) == 3
    with pytest.raises(ScopeLost):
        made("people", county.county, county.principal)


def test_completion_shows_hours_per_part(county, roster):
    Enrolment.objects.update(state="approved", approved_at=timezone.now())
    first = Enrolment.objects.get(user__teacher_number="T00000001")
    post_entry(
        user=first.user,
        programme=county.programme,
        part="policy",
        category="required",
        class_hours=Decimal("2"),
        source="test.policy:1",
        label="policy",
    )
    with translation.override("en"):
        export = made("completion", county.county, county.officer)
    content = download_export(export, by=county.officer)
    table = {row[1]: row for row in cells(content)}
    assert export.rows == 3
    line = table[first.user.username]
    assert line[7:13] == ["0", "0", "2", "0", "2", "0"]


def test_a_formula_in_a_name_stays_text(county, roster):
    User.objects.filter(teacher_number="T00000001").update(real_name="=1+1")
    content = download_export(made("people", county.county, county.officer), by=county.officer)
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        sheet = container.read(SHEET).decode()
    assert "=1+1" in sheet
    assert "<f>" not in sheet


def test_a_file_is_handed_to_its_requester_only_while_the_right_holds(county, roster):
    export = made("people", county.county, county.officer)
    with pytest.raises(ScopeLost):
        download_export(export, by=county.principal)
    county.officer.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ScopeLost):
        download_export(export, by=User.objects.get(pk=county.officer.pk))


def test_a_file_is_deleted_after_its_time(county, roster, django_capture_on_commit_callbacks):
    export = made("people", county.county, county.officer)
    type(export).objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(FileGone):
        download_export(export, by=county.officer)
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_expired_exports() == 1
    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.EXPIRED, "")
    assert clear_expired_exports() == 0


def test_making_twice_makes_one_file_and_each_download_is_audited(county, roster):
    export = made("people", county.county, county.officer)
    assert make_export(export.pk, quietly).file == export.file
    download_export(export, by=county.officer)
    download_export(export, by=county.officer)
    verbs = AuditRecord.objects.filter(object_label="bureau.exportfile").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "export.request",
        "export.made",
        "export.download",
        "export.download",
    ]
