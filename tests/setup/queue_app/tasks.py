"""Work whose every effect can be counted afterwards. Its tables are made by tests.setup.tally."""

import os
import time

from django.db import connection, transaction
from django.dispatch import receiver

from core.domain.jobs import job_kind
from core.signals import job_finished


@job_kind("test.tally", max_attempts=20)
def tally(job):
    """Take ``steps`` steps of a tenth of a second, each written once by whoever holds the job."""
    steps = job.arguments["steps"]
    _write("INSERT INTO tally_run (job, pid) VALUES (%s, %s)", job.pk, os.getpid())
    for step in range(steps):
        time.sleep(0.1)
        with transaction.atomic():
            job.confirm()
            _write(
                "INSERT INTO tally (job, step) VALUES (%s, %s) ON CONFLICT DO NOTHING", job.pk, step
            )
        job.report(step + 1, steps)
    return {"steps": steps}


@job_kind("test.poison", max_attempts=2)
def poison(job):
    """Takes its process down, as running out of memory would."""
    os.kill(os.getpid(), 9)


@receiver(job_finished)
def count_endings(job, **kwargs):
    _write("INSERT INTO tally_end (job) VALUES (%s)", job.pk)


def _write(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
