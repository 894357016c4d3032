"""Two at once: the same list twice, and two lists with the same people."""

import threading

import pytest
from django.db import connection

from accounts.domain.people import move_person
from accounts.models import User
from bureau.domain.batches import apply_batch, request_import
from bureau.enums import BatchState
from bureau.models import ImportBatch
from core.models import AuditRecord
from tests.bureau.importing import bring_in, counts, dry_run, quietly
from tests.bureau.make_workbooks import teacher_row
from tests.threads import outcome_of_rival

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run the calls in threads that start together; returns what they return or raise."""
    gate, outcomes = threading.Barrier(len(calls)), [None] * len(calls)

    def run(at, call):
        gate.wait()
        try:
            outcomes[at] = call()
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            outcomes[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_job_that_runs_twice_at_once_imports_once(county):
    rows = [teacher_row(serial, county.first.code) for serial in range(1, 40)]
    batch = dry_run(rows, by=county.officer, organisation=county.county)
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.IMPORTING)
    first, second = at_once(
        lambda: apply_batch(batch.pk, quietly), lambda: apply_batch(batch.pk, quietly)
    )
    assert counts(first) == counts(second) == (39, 0, 0, 0)
    assert User.objects.filter(school=county.first).count() == 39
    assert AuditRecord.objects.filter(verb="import.imported").count() == 1
    assert AuditRecord.objects.filter(verb="import.people_added").count() == 39


def test_two_lists_with_the_same_people_enter_each_person_once(county):
    rows = [teacher_row(serial, county.first.code) for serial in range(1, 40)]
    batches = [dry_run(rows, by=county.officer, organisation=county.county) for _ in range(2)]
    ImportBatch.objects.update(state=BatchState.IMPORTING)
    outcomes = at_once(*(lambda pk=batch.pk: apply_batch(pk, quietly) for batch in batches))
    assert User.objects.filter(school=county.first).count() == 39
    assert sum(batch.added for batch in outcomes) == 39
    assert all(batch.rows == 39 for batch in outcomes)


def test_two_clicks_start_one_import(county):
    batch = dry_run(
        [teacher_row(1, county.first.code)], by=county.officer, organisation=county.county
    )
    outcomes = at_once(
        *(lambda: request_import(batch, by=county.officer).state for _click in range(2))
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "BatchState",
        "ImportNotReady",
    ]


def test_who_is_just_leaving_the_county_is_out_of_its_lists_reach(county):
    bring_in([teacher_row(1, county.first.code)], by=county.officer, organisation=county.county)
    person = User.objects.get(school=county.first, teacher_number__isnull=False)
    batch = dry_run(
        [teacher_row(1, county.second.code)], by=county.officer, organisation=county.county
    )
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.IMPORTING)
    imported = outcome_of_rival(
        lambda: move_person(person, county.foreign, by=None, why="调往外县"),
        lambda: apply_batch(batch.pk, quietly),
    )
    person.refresh_from_db()
    assert (counts(imported), person.school) == ((0, 0, 0, 1), county.foreign)
