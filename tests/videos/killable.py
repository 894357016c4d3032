"""Workers that may be killed: each a process of its own, forked from one that is ready to go.

Run as ``python -m tests.videos.killable DATABASE MEDIA_ROOT``. For each line on its input it
starts a worker, which runs all jobs there are and ends, and prints the worker's number.
"""

import os
import signal
import sys
from pathlib import Path


def main(database_name, media_root):
    import django  # noqa: PLC0415 - the settings are named before

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from core.domain.job_kinds import kind_named  # noqa: PLC0415
    from tests import database  # noqa: PLC0415

    settings.MEDIA_ROOT = Path(media_root)
    database.use(database_name)
    kind_named("videos.prepare")  # what every worker needs is loaded once
    reverse("videos:list")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever dies is gone at once
    for _line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            work()
            os._exit(0)
        sys.stdout.write(f"{worker}\n")
        sys.stdout.flush()


def work():
    """Run what is waiting or abandoned, as the sweeper and the queue would."""
    from core.domain.jobs import run_job  # noqa: PLC0415
    from core.models import Job  # noqa: PLC0415

    while job := Job.objects.claimable().order_by("pk").first():
        run_job(job.pk)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    main(*sys.argv[1:])
