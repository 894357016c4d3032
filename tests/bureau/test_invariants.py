import pytest

from bureau.domain.progress import count_progress
from bureau.invariants import INVARIANTS
from bureau.models import ImportBatch, StagedRow, UnitProgress
from core.invariants import check_invariants
from tests.bureau.importing import bring_in, dry_run
from tests.bureau.make_workbooks import id_number, teacher_row

pytestmark = pytest.mark.django_db


def broken():
    return {finding.invariant.name for finding in check_invariants() if not finding.kept}


@pytest.fixture
def imported(county):
    rows = [teacher_row(1, county.first.code), teacher_row(2, county.first.code, phone="1")]
    batch = bring_in(rows, by=county.officer, organisation=county.county)
    count_progress(county.programme)
    return batch


def test_an_import_keeps_every_promise(imported, county):
    dry_run([teacher_row(3, county.first.code)], by=county.officer, organisation=county.county)
    assert broken() & {invariant.name for invariant in INVARIANTS} == set()


def staged_number(batch):
    row = StagedRow.objects.get(batch=batch)
    row.cells["id_number"] = id_number(9)
    row.save()


@pytest.mark.parametrize(
    ("name", "tamper"),
    [
        ("import_counts_match_audit", lambda batch: ImportBatch.objects.update(added=0, left=1)),
        ("staged_rows_cleaned", lambda batch: batch.staged_rows.update(data={"phone": "1"})),
        ("staged_id_numbers_sealed", staged_number),
        (
            "roll_up_adds_up",
            lambda batch: UnitProgress.objects.filter(organisation__level=3).update(approved=7),
        ),
    ],
)
def test_what_is_changed_behind_the_back_is_named(imported, name, tamper):
    tamper(imported)
    assert name in broken()
