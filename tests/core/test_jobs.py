from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from core.domain.job_kinds import UnknownJobKind
from core.domain.jobs import retry_parked, run_job, start_job
from core.domain.sweeping import sweep_jobs
from core.models import AuditRecord, Job, JobState
from tests.core import job_kinds  # noqa: F401 - declares the kinds
from tests.factories import UserFactory


def ago(**spans):
    return timezone.now() - timedelta(**spans)


@pytest.mark.django_db
def test_a_job_runs_when_its_transaction_commits(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = start_job("test.count", {"to": 4}, by=UserFactory())
        assert job.state == JobState.QUEUED
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"counted": 4})
    assert (job.progress_done, job.progress_total, job.stage) == (4, 4, "counting")
    assert job.lease_token is None


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_transaction_that_failed_does_not_exist():
    with transaction.atomic():
        start_job("test.count", {"to": 1}, by=None)
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_does_not_answer_leaves_the_job_to_the_sweeper(monkeypatch):
    def unreachable(*_arguments, **_named):
        raise OSError("the queue does not answer")

    monkeypatch.setattr(current_app.tasks["core.run_job"], "apply_async", unreachable)
    with transaction.atomic():
        job = start_job("test.count", {"to": 1}, by=None)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


@pytest.mark.django_db
def test_the_same_key_gives_the_same_job(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sent:
        first = start_job("test.count", {"to": 1}, by=None, key="import:7")
        second = start_job("test.count", {"to": 1}, by=None, key="import:7")
    assert first == second
    assert len(sent) == 1


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_at_once():
    with pytest.raises(UnknownJobKind):
        start_job("test.nobody_declared_this", {}, by=None)


@pytest.mark.django_db
def test_a_job_whose_kind_has_gone_is_parked():
    job = Job.objects.create(kind="test.gone")
    assert run_job(job.pk) == JobState.PARKED


@pytest.mark.django_db
def test_a_finished_job_does_not_run_again():
    job = start_job("test.count", {"to": 2}, by=None)
    assert run_job(job.pk) == JobState.DONE
    assert run_job(job.pk) is None


@pytest.mark.django_db
def test_a_refusal_fails_with_its_sentence_and_is_not_tried_again():
    job = start_job("test.refuse", {}, by=None)
    assert run_job(job.pk) == JobState.FAILED
    job.refresh_from_db()
    assert job.reason == "The file is empty: choose another one."
    assert run_job(job.pk) is None


@pytest.mark.django_db
def test_an_error_is_tried_again_after_a_pause_and_then_parked():
    job = start_job("test.break", {}, by=None)
    assert run_job(job.pk) == JobState.QUEUED
    assert run_job(job.pk) is None  # not before the pause has passed
    Job.objects.filter(pk=job.pk).update(next_attempt_at=ago(seconds=1))
    assert run_job(job.pk) == JobState.PARKED
    job.refresh_from_db()
    assert "ValueError" in job.reason
    assert "name a person" not in job.reason


@pytest.mark.django_db
def test_a_parked_job_starts_anew_on_request_and_the_request_is_on_record():
    officer = UserFactory()
    job = start_job("test.count", {"to": 2}, by=None)
    Job.objects.filter(pk=job.pk).update(state=JobState.PARKED, attempt=5, reason="broken")
    job.refresh_from_db()
    retry_parked(job, by=officer)
    retry_parked(job, by=officer)
    record = AuditRecord.objects.get(verb="job.retry")
    assert (record.by, record.object_key, record.why) == (officer, str(job.pk), "broken")
    assert run_job(job.pk) == JobState.DONE


@pytest.mark.django_db
def test_a_reason_is_written_in_the_language_of_who_started_the_job():
    english = UserFactory(language="en")
    job = start_job("test.break", {}, by=english)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.reason == "It failed 1 times in a row (ValueError)."
    with translation.override("zh-hans"):
        assert job.why == "连续失败 1 次（ValueError）。"


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_handlers_transaction_is_open():
    job = Job.objects.create(kind="test.report_inside_a_transaction")
    assert run_job(job.pk) == JobState.DONE
    job.refresh_from_db()
    assert (job.result, job.progress_done, job.progress_total) == ({"seen": True}, 3, 7)
    assert User.objects.filter(username="made-by-job").count() == 1


@pytest.mark.django_db
def test_the_sweeper_sends_a_lost_message_again(django_capture_on_commit_callbacks):
    job = start_job(
        "test.count", {"to": 3}, by=None
    )  # its callback never runs: the message is lost
    assert sweep_jobs() == 0  # it may still be on its way
    Job.objects.filter(pk=job.pk).update(sent_at=ago(seconds=11))
    assert sweep_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 1)
    assert sweep_jobs() == 0


@pytest.mark.django_db
def test_the_sweeper_sends_a_job_whose_pause_has_passed():
    job = start_job("test.count", {"to": 3}, by=None)
    waiting = Job.objects.filter(pk=job.pk)
    waiting.update(sent_at=None, next_attempt_at=timezone.now() + timedelta(seconds=30))
    assert sweep_jobs() == 0
    waiting.update(next_attempt_at=ago(seconds=1))
    assert sweep_jobs() == 1
    assert waiting.get().state == JobState.DONE


@pytest.mark.django_db
def test_work_whose_worker_died_in_its_last_attempt_is_parked():
    job = Job.objects.create(
        kind="test.count",
        arguments={"to": 1},
        state=JobState.RUNNING,
        attempt=5,
        lease_token="00000000-0000-0000-0000-000000000001",
        lease_until=ago(seconds=1),
        sent_at=ago(seconds=60),
    )
    assert sweep_jobs() == 0
    job.refresh_from_db()
    assert job.state == JobState.PARKED
