"""Recordings whose files lie in an object store."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from tests.factories import UserFactory
from tests.videos.audiences import SIGNED_IN
from videos.domain.media_addresses import addresses_of, media_address, original_address
from videos.domain.orphans import absent_renditions, orphan_renditions
from videos.domain.preparation import prepare_video
from videos.domain.videos import add_video
from videos.domain.viewings import streams_first
from videos.domain.workplace import work_folder
from videos.enums import VideoState
from videos.models import Rendition

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LARGE = (Rendition.Kind.MP4, Rendition.Kind.STREAM)


@pytest.fixture
def bucket(settings):
    here = {"BACKEND": "tests.videos.bucket.Bucket"}
    settings.STORAGES = {**settings.STORAGES, "default": here}
    return default_storage


@pytest.fixture
def viewer():
    return UserFactory()


@pytest.fixture
def browser(viewer):
    client = Client()
    client.force_login(viewer, backend=BACKEND)
    return client


def test_a_recording_is_prepared_away_from_its_store(bucket, upload):
    video = prepare_video(add_video(upload, "短片", UserFactory()).pk)
    assert video.state == VideoState.READY
    assert sorted(video.renditions.values_list("kind", flat=True)) == sorted(Rendition.Kind.values)
    assert list(absent_renditions()) == list(orphan_renditions()) == []
    assert list(work_folder(video).glob(f"video{video.pk}-*")) == []


def test_the_store_sends_large_files_after_each_check(bucket, ready_video, browser, viewer):
    for kind in LARGE:
        made = ready_video.rendition(kind)
        address = media_address(made, viewer, SIGNED_IN)
        answer = browser.get(address, headers={"Range": "bytes=0-99"})
        assert answer.status_code == 302
        assert answer["Location"] == (
            f"https://bucket.example/{made.file.name}?expire=120&as=video/mp4"
        )
        assert answer["Cache-Control"] == "private, no-store"
        assert Client().get(address).status_code == 403
    original = browser.get(original_address(ready_video, viewer, SIGNED_IN))
    assert original["Location"].startswith("https://bucket.example/videos/originals/")


def test_small_files_come_from_here(bucket, ready_video, browser, viewer):
    """Tracks and pictures of another host would be refused by the page's own policy."""
    files = addresses_of(ready_video, viewer, SIGNED_IN)
    for address in (files.poster, files.playlist, files.track, files.captions):
        assert browser.get(address).status_code == 200


def test_players_ask_a_store_for_segments(bucket):
    assert streams_first()


def test_players_ask_a_disk_for_the_whole():
    assert not streams_first()
