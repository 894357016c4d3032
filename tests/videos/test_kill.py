"""kill -9 of the worker at any moment: each recording ends ready, once, and nothing is left.

``YANXIU_KILLS=10x10`` kills a hundred workers at ten recordings or more; the suite kills three.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone

from core.models import AuditRecord, Job, JobState
from tests.factories import UserFactory
from tests.videos.odd_files import H264, draw
from videos.domain.orphans import absent_renditions, orphan_renditions
from videos.domain.videos import add_video
from videos.enums import VideoState
from videos.models import Fingerprint, Rendition, Video

RECORDINGS, KILLS = map(int, os.environ.get("YANXIU_KILLS", "1x3").split("x"))
LONGEST = 120  # seconds for one recording to end ready, on a busy machine

pytestmark = [pytest.mark.slow, pytest.mark.waits, pytest.mark.django_db(transaction=True)]


class Workshop:
    """Starts workers and kills them."""

    def __init__(self, process):
        self.process = process

    def start(self):
        self.process.stdin.write("work\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def kill(self, worker):
        """Without warning; its lease runs out, as it would a quarter of a minute later."""
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        self.wait(worker)
        expired = timezone.now() - timezone.timedelta(seconds=1)
        Job.objects.filter(state=JobState.RUNNING).update(lease_until=expired)

    def wait(self, worker, seconds=LONGEST):
        ends = time.monotonic() + seconds
        while Path(f"/proc/{worker}").exists():
            assert time.monotonic() < ends, "a worker hangs"
            time.sleep(0.01)


@contextmanager
def workshop(media_root):
    arguments = [connection.settings_dict["NAME"], str(media_root)]
    command = [sys.executable, "-m", "tests.videos.killable", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, **pipes) as process:
        yield Workshop(process)
        process.kill()


def add(path):
    with path.open("rb") as opened, transaction.atomic():
        video = add_video(File(opened, name=path.name), "课例", UserFactory())
        connection.run_on_commit.clear()  # the message is lost; the row is the truth
    return video


def test_a_killed_worker_costs_time_and_nothing_else(tmp_path, media_folder):
    film = draw(tmp_path / "film.mp4", *H264, picture="testsrc2=size=160x90:rate=25:d=3")
    with workshop(media_folder) as workers:
        usual = measure(workers, add(film))
        killed = 0
        while killed < RECORDINGS * KILLS:
            video = add(film)
            killed += kill_at_random(workers, video, usual)
            workers.wait(workers.start())
            assert_ready_once(video)
    assert list(absent_renditions()) == list(orphan_renditions()) == []
    assert list((media_folder / "videos" / "work").iterdir()) == []


def kill_at_random(workers, video, usual):
    """Kill worker after worker at the video, until one is too quick.

    Returns: how many were killed at it.
    """
    for number in range(KILLS):
        worker = workers.start()
        time.sleep(random.uniform(0, usual))
        if Job.objects.get(pk=video.preparing_id).is_finished:
            return number
        workers.kill(worker)
    return KILLS


def measure(workers, video):
    """How long a worker takes that nobody kills. Units: seconds."""
    began = time.monotonic()
    workers.wait(workers.start())
    assert_ready_once(video)
    return time.monotonic() - began


def assert_ready_once(video):
    video = Video.objects.get(pk=video.pk)
    assert (video.state, video.preparing.state) == (VideoState.READY, JobState.DONE)
    moves = AuditRecord.objects.filter(
        verb="video.move", object_label="videos.video", object_key=str(video.pk)
    )
    assert moves.filter(to_state=VideoState.READY).count() == 1
    assert sorted(video.renditions.values_list("kind", flat=True)) == sorted(Rendition.Kind.values)
    assert all(Path(made.file.path).stat().st_size == made.size_bytes
               for made in video.renditions.all())  # fmt: skip
    assert Fingerprint.objects.filter(video=video).count() == 1
