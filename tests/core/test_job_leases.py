"""One holder at a time, and a late worker changes nothing."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.domain.jobs import run_job
from core.domain.leases import LeaseLost, claim, confirm, finish, put_back, renew
from core.models import Job, JobState
from tests.core import job_kinds  # noqa: F401 - declares the kinds
from tests.threads import in_own_connection


@pytest.fixture
def job(db):
    return Job.objects.create(kind="test.count", arguments={"to": 2})


def expire(job):
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(lease_until=past)


def test_a_valid_lease_keeps_everybody_else_out(job):
    held = claim(job.pk)
    assert (held.state, held.attempt) == (JobState.RUNNING, 1)
    assert claim(job.pk) is None
    assert run_job(job.pk) is None


def test_a_lease_that_ran_out_is_taken_over(job):
    late = claim(job.pk)
    expire(job)
    heir = claim(job.pk)
    assert (heir.attempt, heir.lease_token == late.lease_token) == (2, False)


def test_a_late_worker_writes_neither_progress_nor_result(job):
    late = claim(job.pk)
    expire(job)
    heir = claim(job.pk)
    assert renew(late.pk, late.lease_token, {"progress_total": 9, "progress_done": 9}) is False
    with pytest.raises(LeaseLost):
        finish(late, JobState.DONE, result={"by": "the late worker"})
    with pytest.raises(LeaseLost):
        put_back(late, wait=timedelta(0), reason="")
    finish(heir, JobState.DONE, result={"by": "the heir"})
    job.refresh_from_db()
    assert (job.result, job.progress_total) == ({"by": "the heir"}, 0)


def test_an_expired_lease_that_nobody_took_may_still_be_renewed(job):
    held = claim(job.pk)
    expire(job)
    assert renew(held.pk, held.lease_token, {}) is True
    assert claim(job.pk) is None


def test_there_is_no_attempt_beyond_the_last(job):
    Job.objects.filter(pk=job.pk).update(max_attempts=1)
    claim(job.pk)
    expire(job)
    assert claim(job.pk) is None


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_runs_the_job():
    job = Job.objects.create(kind="test.count", arguments={"to": 1})
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(in_own_connection(run_job), [job.pk] * 8))
    assert sorted(map(str, states)) == ["None"] * 7 + ["done"]
    job.refresh_from_db()
    assert job.attempt == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lost_its_lease_stops_at_its_next_report():
    job = Job.objects.create(kind="test.lose_the_lease")
    assert run_job(job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.RUNNING, None)


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_a_job_over_while_its_holder_confirms():
    held = claim(Job.objects.create(kind="test.count").pk)
    expire(held)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        confirm(held.pk, held.lease_token)
        assert pool.submit(in_own_connection(claim), held.pk).result() is None
        assert pool.submit(in_own_connection(renew), held.pk, held.lease_token, {}).result()


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_beside_a_handler_that_reports_nothing(monkeypatch):
    from core.domain import running  # noqa: PLC0415

    monkeypatch.setattr(running, "RENEW_SECONDS", 0.05)
    monkeypatch.setattr(running, "REPORT_SECONDS", 0.01)
    held = claim(Job.objects.create(kind="test.count").pk)
    first = held.lease_until
    with running.RunningJob(held).kept(max_seconds=60):
        time.sleep(0.5)
    held.refresh_from_db()
    assert held.lease_until > first


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_hangs_is_not_renewed_for_ever(monkeypatch):
    from core.domain import running  # noqa: PLC0415

    monkeypatch.setattr(running, "RENEW_SECONDS", 0.05)
    monkeypatch.setattr(running, "REPORT_SECONDS", 0.01)
    held = claim(Job.objects.create(kind="test.count").pk)
    job = running.RunningJob(held)
    with job.kept(max_seconds=0):
        time.sleep(0.3)
        with pytest.raises(LeaseLost):
            job.report(1, 2)
