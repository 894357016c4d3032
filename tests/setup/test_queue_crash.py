"""Real workers on a real broker: whatever is killed, every job ends exactly once."""

import pytest
import redis

from core.models import Job, JobState
from tests.setup import tally

pytestmark = [
    pytest.mark.slow,
    pytest.mark.waits,
    pytest.mark.django_db(transaction=True),
]

JOBS, STEPS = 12, 12
RECOVERY_SECONDS = 30
START_SECONDS = 90  # a worker imports the whole project, perhaps on a busy machine


@pytest.fixture(params=["pgmq", pytest.param("redis", marks=pytest.mark.redis)])
def broker(request, worker_id):
    """The address for CELERY_BROKER_URL; None is the queue in PostgreSQL itself."""
    if request.param == "pgmq":
        return None
    number = 1 + int(worker_id.removeprefix("gw") or 0) if worker_id != "master" else 1
    url = request.getfixturevalue("redis_url").rsplit("/", 1)[0] + f"/{number}"
    redis.Redis.from_url(url).flushdb()
    return url


def enqueue(kind, count, **arguments):
    """Rows whose message never left: the sweeper has to send it."""
    jobs = [Job(kind=kind, arguments=arguments, max_attempts=20) for _ in range(count)]
    return Job.objects.bulk_create(jobs)


def some_done_and_some_running():
    return tally.done() >= 2 and Job.objects.filter(state=JobState.RUNNING).count() == 2


def test_a_killed_worker_loses_and_doubles_nothing(broker, tmp_path):
    tally.make_tables()
    enqueue("test.tally", JOBS, steps=STEPS)
    with tally.worker(tmp_path, broker) as first:
        tally.wait(some_done_and_some_running, seconds=START_SECONDS, log=first.log)
        first.kill()
    cut_off = set(Job.objects.filter(state=JobState.RUNNING).values_list("pk", flat=True))
    assert len(cut_off) == 2

    def recovered():
        return not Job.objects.filter(pk__in=cut_off).exclude(state=JobState.DONE).exists()

    with tally.worker(tmp_path, broker) as second:
        tally.wait(lambda: tally.done() == JOBS, seconds=START_SECONDS, log=second.log)
    assert recovered()
    assert Job.objects.filter(pk__in=cut_off, attempt=2).count() == 2
    assert Job.objects.exclude(pk__in=cut_off).filter(attempt=1).count() == JOBS - 2
    assert tally.rows("SELECT count(*) FROM tally") == [(JOBS * STEPS,)]
    assert tally.rows("SELECT count(*), count(DISTINCT job) FROM tally_end") == [(JOBS, JOBS)]


def test_work_of_a_killed_worker_goes_on_within_half_a_minute(broker, tmp_path):
    """The second worker is there already, as in production."""
    tally.make_tables()
    (job,) = enqueue("test.tally", 1, steps=40)
    (tmp_path / "second").mkdir()
    (tmp_path / "first").mkdir()

    def runs():
        return tally.rows("SELECT count(*) FROM tally_run")[0][0]

    with tally.worker(tmp_path / "first", broker) as first:
        tally.wait(lambda: runs() == 1, seconds=START_SECONDS, log=first.log)
        with tally.worker(tmp_path / "second", broker) as second:
            first.kill()
            taken = tally.wait(lambda: runs() == 2, seconds=START_SECONDS, log=second.log)
            tally.wait(lambda: tally.done() == 1, seconds=RECOVERY_SECONDS, log=second.log)
    assert taken < RECOVERY_SECONDS
    job.refresh_from_db()
    assert (job.attempt, job.progress_done, job.result) == (2, 40, {"steps": 40})


def test_work_that_kills_its_process_is_parked_and_the_worker_lives_on(broker, tmp_path):
    tally.make_tables()
    (bad,) = enqueue("test.poison", 1)
    Job.objects.filter(pk=bad.pk).update(max_attempts=1)
    with tally.worker(tmp_path, broker) as worker:

        def parked():
            return Job.objects.filter(pk=bad.pk, state=JobState.PARKED).exists()

        tally.wait(parked, seconds=START_SECONDS + RECOVERY_SECONDS, log=worker.log)
        enqueue("test.tally", 1, steps=1)
        tally.wait(lambda: tally.done() == 1, seconds=RECOVERY_SECONDS, log=worker.log)
        assert worker.process.poll() is None
    assert tally.rows("SELECT count(*), count(DISTINCT job) FROM tally_end") == [(2, 2)]
