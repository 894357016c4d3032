"""The pages over HTTP, from the template to the imported people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from bureau import policy
from bureau.domain.kinds import import_kind
from bureau.domain.progress import count_progress
from bureau.domain.workbook import sheet
from bureau.models import ExportFile, ImportBatch
from organisations.enums import Level
from programmes.models import Enrolment
from tests.bureau.importing import bring_in, dry_run
from tests.bureau.make_workbooks import fill_in, teacher_row, two_hundred_teachers
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, county):
    county.officer.language = "en"
    county.officer.save()
    client.force_login(county.officer, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def upload(client, county, content, name="teachers.xlsx"):
    return client.post(
        reverse("bureau:upload", args=["people"]),
        {
            "file": SimpleUploadedFile(name, content),
            "organisation": county.county.pk,
        },
    )


def test_from_upload_to_imported_people(officer, county, django_capture_on_commit_callbacks):
    rows = two_hundred_teachers(county.first.code, county.second.code)
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(officer, county, fill_in(import_kind("people"), rows))
    batch = ImportBatch.objects.get()
    assert response.url == reverse("bureau:import", args=[batch.pk])
    page = officer.get(response.url).content.decode()
    assert "195 rows can be imported" in page
    refused = officer.get(response.url, {"outcome": "refused"}).content.decode()
    assert "check digit" in refused
    assert rows[0]["id_number"] not in page
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("bureau:apply_import", args=[batch.pk]))
    assert "195 rows were imported" in officer.get(response.url).content.decode()
    assert User.objects.filter(teacher_number__startswith="T0000").count() == 195
    returned = officer.get(reverse("bureau:returned", args=[batch.pk]))
    assert returned.content.startswith(b"PK")
    inbox = county.officer.notifications.values_list("kind", flat=True).order_by("pk")
    assert list(inbox) == ["bureau.import_checked", "bureau.import_imported"]


def test_the_returned_workbook_can_be_corrected_and_uploaded(officer, county):
    rows = [teacher_row(1, county.first.code), teacher_row(2, county.first.code, phone="1")]
    batch = dry_run(rows, by=county.officer, organisation=county.county)
    content = officer.get(reverse("bureau:returned", args=[batch.pk])).content
    again = dry_run([], by=county.officer, organisation=county.county, content=content)
    assert (again.rows, again.refused) == (1, 1)


def test_a_refused_file_keeps_the_page_and_says_why(officer, county):
    response = upload(officer, county, "姓名\n王伟\n".encode("gbk"), "teachers.csv")
    assert response.status_code == 200
    assert "save it as .xlsx" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_fault_deep_in_the_file_is_said_by_the_job_and_the_file_can_go(
    officer, county, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(policy, "INSPECTED_ROWS", 1)
    monkeypatch.setattr(sheet, "CHUNK", 256)
    rows = [teacher_row(serial, county.first.code) for serial in (1, 2, 3)]
    rows[2]["email"] = "x" * (policy.MAX_CELL_CHARACTERS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(officer, county, fill_in(import_kind("people"), rows))
    page = officer.get(response.url).content.decode()
    assert "more than 2000 characters" in page
    assert "Delete the file" in page
    officer.post(reverse("bureau:discard_import", args=[ImportBatch.objects.get().pk]))
    assert ImportBatch.objects.get().state == "discarded"


def test_a_list_can_be_discarded(officer, county, settings, django_capture_on_commit_callbacks):
    batch = dry_run(
        [teacher_row(1, county.first.code)], by=county.officer, organisation=county.county
    )
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("bureau:discard_import", args=[batch.pk]))
    assert not batch.staged_rows.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_the_page_of_a_list_costs_the_same_for_one_row_and_for_many(
    officer, county, django_assert_max_num_queries
):
    for count in (1, 30):
        rows = [teacher_row(serial, county.first.code) for serial in range(1, count + 1)]
        batch = dry_run(rows, by=county.officer, organisation=county.county)
        with django_assert_max_num_queries(14):
            officer.get(reverse("bureau:import", args=[batch.pk]))


def test_the_board_shows_the_units_below_and_costs_the_same_for_more(
    officer, county, django_assert_max_num_queries
):
    rows = [teacher_row(1, county.first.code), teacher_row(2, county.second.code)]
    bring_in(rows, by=county.officer, organisation=county.county)
    Enrolment.objects.update(state="approved", approved_at=timezone.now())
    count_progress(county.programme)
    for _turn in range(2):
        with django_assert_max_num_queries(20):
            page = officer.get(reverse("bureau:home")).content.decode()
        assert county.first.name in page
        assert county.foreign.name not in page
        for _more in range(5):
            make_organisation(Level.SCHOOL, county.county)
    assert "0% have filled the required hours" in page


def test_a_school_board_lists_its_people_with_what_is_missing(
    officer, county, django_assert_max_num_queries
):
    rows = [teacher_row(serial, county.first.code) for serial in range(1, 31)]
    bring_in(rows, by=county.officer, organisation=county.county)
    with django_assert_max_num_queries(21):
        page = officer.get(reverse("bureau:unit", args=[county.first.pk])).content.decode()
    assert rows[0]["real_name"] in page
    assert "18 class hours" in page


def test_a_foreign_unit_does_not_exist(officer, county):
    assert officer.get(reverse("bureau:unit", args=[county.foreign.pk])).status_code == 404
    assert officer.get(reverse("bureau:check", args=[county.foreign.pk])).status_code == 404


def test_the_check_says_when_the_board_is_older_than_the_details(officer, county):
    bring_in([teacher_row(1, county.first.code)], by=county.officer, organisation=county.county)
    address = reverse("bureau:check", args=[county.county.pk])
    assert "older than the details" in officer.get(address).content.decode()
    count_progress(county.programme)
    assert "agree with the details" in officer.get(address).content.decode()


def test_an_export_is_made_and_downloaded(officer, county, django_capture_on_commit_callbacks):
    bring_in([teacher_row(1, county.first.code)], by=county.officer, organisation=county.county)
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("bureau:make_export", args=["people", county.county.pk]))
    export = ExportFile.objects.get()
    assert "Download" in officer.get(reverse("bureau:exports")).content.decode()
    response = officer.get(reverse("bureau:download", args=[export.pk]))
    assert response.content.startswith(b"PK")
    assert response.headers["Cache-Control"] == "no-store"
