"""A job in a worker's hands: progress out, lease renewed, while the handler works."""

import logging
import threading
import time
from contextlib import contextmanager

from django.db import Error, connection

from core.domain.leases import LEASE, LeaseLost, confirm, renew
from core.models import Job

logger = logging.getLogger(__name__)

RENEW_SECONDS = LEASE.total_seconds() / 3
REPORT_SECONDS = 0.5  # progress is written at most this often


class RunningJob:
    """What a handler sees of its job."""

    def __init__(self, job: Job):
        self.pk = job.pk
        self.arguments = job.arguments
        self.created_by_id = job.created_by_id
        self.attempt = job.attempt
        self._token = job.lease_token
        self._keeper: Keeper | None = None
        self.progress: dict = {}

    def report(self, done: int, total: int, stage: str = "") -> None:
        """Tell how far the work is; cheap enough for every row.

        It is seen at once, also while the handler's own transaction is open. ``stage`` is an
        untranslated message (``gettext_noop``).

        Raises: LeaseLost when another worker has taken the job over.
        """
        self.progress = {
            "progress_done": min(done, total),
            "progress_total": total,
            "stage": stage,
        }
        if self._keeper is None:
            if not renew(self.pk, self._token, self.progress):
                raise LeaseLost
        elif not self._keeper.note(self.progress):
            raise LeaseLost

    def confirm(self) -> None:
        """Make sure, for the rest of the caller's transaction, that the job is still ours.

        Raises: LeaseLost.
        """
        confirm(self.pk, self._token)

    @contextmanager
    def kept(self, max_seconds: int):
        """Renew the lease beside the handler, for at most ``max_seconds``.

        Inside somebody's transaction (tests) there is no second connection that could see the
        row: progress is then written directly.
        """
        if connection.in_atomic_block:
            yield self
            return
        self._keeper = Keeper(self.pk, self._token, max_seconds)
        self._keeper.start()
        try:
            yield self
        finally:
            self._keeper.close()


class Keeper(threading.Thread):
    """Renews one lease and writes its progress, on a connection of its own."""

    def __init__(self, job_id, token, max_seconds: int):
        super().__init__(name=f"job-{job_id}", daemon=True)
        self._job = (job_id, token)
        self._ends_at = time.monotonic() + max_seconds
        self._news = threading.Event()
        self._closed = threading.Event()
        self._progress: dict = {}
        self._held = True

    def note(self, progress: dict) -> bool:
        """Take ``progress`` for the next write; tells whether the lease is still held."""
        self._progress = progress
        self._news.set()
        return self._held

    def close(self) -> None:
        self._closed.set()
        self._news.set()
        self.join()

    def run(self) -> None:
        try:
            while self._held and self._wait():
                self._renew()
        finally:
            connection.close()

    def _wait(self) -> bool:
        self._news.wait(RENEW_SECONDS)
        self._news.clear()
        return not self._closed.is_set()

    def _renew(self) -> None:
        try:
            self._held = time.monotonic() < self._ends_at and renew(*self._job, self._progress)
        except Error:  # the database is away; the lease is ours until someone takes it
            logger.warning("lease of job %s not renewed", self._job[0])
            connection.close()
        self._closed.wait(REPORT_SECONDS)
