"""Older videos are completed, versions stand in line, and what nobody needs is swept away."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import Error, transaction

from core.models import Job
from tests.factories import UserFactory
from tests.videos.audiences import SIGNED_IN
from videos.domain.checking import findings_of
from videos.domain.completing import complete_video, incomplete_videos
from videos.domain.media_addresses import addresses_of
from videos.domain.orphans import sweep_files
from videos.domain.renditions import EXTRAS
from videos.domain.versions import replace_video, versions_of
from videos.enums import VideoState
from videos.errors import AlreadyReplaced
from videos.models import Fingerprint, Rendition, Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_video(ready_video):
    """A video as they were before thumbnails, stream, fingerprint and findings."""
    for made in ready_video.renditions.filter(kind__in=EXTRAS):
        made.file.storage.delete(made.file.name)
        made.delete()
    Fingerprint.objects.all().delete()
    Video.objects.update(facts=None, findings=[])
    return Video.objects.get(pk=ready_video.pk)


def test_an_old_video_plays_and_is_completed(old_video):
    files = addresses_of(old_video, UserFactory(), SIGNED_IN)
    assert (bool(files.mp4), bool(files.poster), files.playlist, files.track) == (
        True,
        True,
        "",
        "",
    )
    assert list(incomplete_videos()) == [old_video]
    mp4 = old_video.rendition(Rendition.Kind.MP4).file.name
    video = Video.objects.get(pk=complete_video(old_video.pk).pk)
    assert list(incomplete_videos()) == []
    assert sorted(video.renditions.values_list("kind", flat=True)) == sorted(Rendition.Kind.values)
    assert video.rendition(Rendition.Kind.MP4).file.name == mp4
    assert findings_of(video)
    assert Fingerprint.objects.filter(video=video).exists()
    assert list(Path(video.original.storage.path("videos/work")).iterdir()) == []


def test_the_command_starts_one_job_per_video_and_day(old_video):
    for expected in ("1 videos", "1 videos"):
        out = StringIO()
        call_command("complete_videos", stdout=out)
        assert out.getvalue().startswith(expected)
    assert Job.objects.filter(kind="videos.complete").count() == 1


def test_a_new_file_is_a_new_video_and_the_old_one_stays(prepared):
    person = UserFactory()
    first, second, third = (prepared.video(person) for _ in range(3))
    replace_video(first, second, by=person)
    replace_video(first, second, by=person)  # a retry changes nothing
    replace_video(second, third, by=person)
    assert versions_of(Video.objects.get(pk=second.pk)) == [third, second, first]
    for former, later in ((first, third), (third, first), (second, second)):
        with pytest.raises(AlreadyReplaced):
            replace_video(former, later, by=person)


@pytest.mark.parametrize("field", ["original", "sha256", "size_bytes"])
def test_the_original_is_never_altered(ready_video, field):
    other = {"original": "b.mp4", "sha256": "1" * 64, "size_bytes": 7}
    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        Video.objects.filter(pk=ready_video.pk).update(**{field: other[field]})


def test_what_nobody_names_is_swept_after_a_while(ready_video):
    files = Path(ready_video.rendition(Rendition.Kind.MP4).file.path).parent
    work = Path(ready_video.original.storage.path("videos/work"))
    left = [files / "left.mp4", work / "video0-left"]
    left[0].write_bytes(b"left")
    left[1].mkdir(parents=True)
    kept = sorted(files.iterdir())
    assert sweep_files() == 0  # it may be somebody's who is still writing
    for path in left:
        os.utime(path, (0, 0))
    assert sweep_files() == 2
    assert sorted(files.iterdir()) == [path for path in kept if path != left[0]]
    assert not left[1].exists()


def test_work_under_way_is_left_alone(ready_video):
    Video.objects.update(state=VideoState.PROCESSING)
    work = Path(ready_video.original.storage.path(f"videos/work/video{ready_video.pk}-busy"))
    work.mkdir(parents=True)
    left = Path(ready_video.rendition(Rendition.Kind.MP4).file.path).with_name("left.mp4")
    left.write_bytes(b"left")
    for path in (work, left):
        os.utime(path, (0, 0))
    assert sweep_files(timedelta(0)) == 0
