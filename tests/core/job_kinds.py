"""Kinds of work that only tests start."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import transaction

from accounts.models import User
from core.domain.jobs import job_kind
from core.errors import DomainError
from core.models import Job
from tests.threads import in_own_connection


@job_kind("test.count")
def count(job):
    for done in range(1, job.arguments["to"] + 1):
        job.report(done, job.arguments["to"], stage="counting")
    return {"counted": job.arguments["to"]}


@job_kind("test.refuse")
def refuse(job):
    raise DomainError("The file is empty: choose another one.")


@job_kind("test.break", max_attempts=2)
def break_down(job):
    raise ValueError("the text of an error may name a person")


@job_kind("test.report_inside_a_transaction")
def report_inside_a_transaction(job):
    with transaction.atomic():
        User.objects.create(username="made-by-job", real_name="王芳")
        job.report(3, 7)
        return {"seen": seen_from_outside(job.pk, progress=3)}


@job_kind("test.lose_the_lease")
def lose_the_lease(job):
    """Another worker takes over while this one works on."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(in_own_connection(take_over), job.pk).result()
    ends_at = time.monotonic() + 10
    while time.monotonic() < ends_at:
        job.report(1, 2)
        time.sleep(0.05)
    return {"written": "by the late worker"}


def take_over(pk):
    Job.objects.filter(pk=pk).update(lease_token="00000000-0000-0000-0000-000000000001")


def seen_from_outside(pk, *, progress):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(in_own_connection(_wait_for), pk, progress).result()


def _wait_for(pk, progress):
    ends_at = time.monotonic() + 5
    while time.monotonic() < ends_at:
        if Job.objects.get(pk=pk).progress_done == progress:
            return True
        time.sleep(0.02)
    return False
