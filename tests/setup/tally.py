"""A real worker on the test's own database, and what its work left behind."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from core.models import Job, JobState

TABLES = """
    CREATE TABLE tally (job bigint, step int, PRIMARY KEY (job, step));
    CREATE TABLE tally_run (job bigint, pid int);
    CREATE TABLE tally_end (job bigint)
"""


def make_tables():
    with connection.cursor() as cursor:
        cursor.execute(TABLES)


def rows(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def database_url():
    parts = connection.settings_dict
    host = quote(parts["HOST"], safe="/")
    return f"postgresql://{parts['USER']}@/{parts['NAME']}?host={host}"


class Worker:
    """`celery worker -B` with two children, in a process group of its own."""

    def __init__(self, folder, broker_url=None):
        command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-B", "-c2"]
        command += ["-Qdefault", "--without-gossip", "--without-mingle", "--loglevel=INFO"]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.setup.queue_settings",
            "DATABASE_URL": database_url(),
            "YANXIU_VAR": str(folder),
            "C_FORCE_ROOT": "1",
        }
        if broker_url:
            environment["CELERY_BROKER_URL"] = broker_url
        else:
            environment.pop("CELERY_BROKER_URL", None)
        self.log = folder / "worker.log"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self):
        """SIGKILL for the worker and its children at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def worker(folder, broker_url=None):
    started = Worker(folder, broker_url)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.kill()


def wait(question, *, seconds, log=None):
    """Until ``question()`` is true; returns how long it took."""
    started_at = time.monotonic()
    while not question():
        if time.monotonic() - started_at > seconds:
            shown = log.read_text()[-3000:] if log else ""
            raise AssertionError(f"not within {seconds} s: {states()}\n{shown}")
        time.sleep(0.1)
    return time.monotonic() - started_at


def states():
    return sorted(Job.objects.values_list("pk", "state", "attempt", "reason"))


def done():
    return Job.objects.filter(state=JobState.DONE).count()
