"""The same promises on a disk and in a bucket of a real S3 server."""

from datetime import timedelta

import pytest
import requests
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone

from core.models import JobState
from tests.factories import UserFactory
from tests.videos.audiences import SIGNED_IN
from tests.videos.stores import new_bucket
from tests.videos.uploading import film, finished, make_editor
from videos.domain import uploads_files as files
from videos.domain.media_addresses import media_address
from videos.domain.orphans import absent_renditions, orphan_renditions
from videos.domain.uploads_orphans import orphans, taken_without_file
from videos.domain.uploads_sweeping import remove_orphans, sweep_uploads
from videos.domain.uploads_taking import place_upload, take_upload, take_upload_file
from videos.domain.videos import COURSE_VIDEO
from videos.enums import VideoState
from videos.models import Upload

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(params=["disk", pytest.param("s3", marks=pytest.mark.s3)])
def store(request, settings):
    if request.param == "s3":
        settings.STORAGES = {**settings.STORAGES, "default": new_bucket()}
        default_storage.connection.create_bucket(Bucket=default_storage.bucket_name)
    yield default_storage
    if request.param == "s3":
        default_storage.bucket.objects.all().delete()
        default_storage.bucket.delete()


@pytest.fixture
def editor():
    return make_editor()


def take(upload):
    return take_upload(upload, title="课", by=upload.owner, purpose=COURSE_VIDEO)


def content_of(store, name):
    with store.open(name) as opened:
        return opened.read()


def test_an_upload_becomes_a_recording_that_plays(
    store, editor, recording, django_capture_on_commit_callbacks
):
    upload = finished(editor, recording.read_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        video = take(upload)
    video.refresh_from_db()
    assert (video.state, video.preparing.state) == (VideoState.READY, JobState.DONE)
    assert content_of(store, video.original.name) == recording.read_bytes()
    assert list(files.folder().iterdir()) == []
    assert Upload.objects.get().stored_at
    assert taken_without_file() == list(absent_renditions()) == list(orphan_renditions()) == []


def test_a_file_for_another_floor_gets_the_name_that_its_row_holds(
    store, editor, django_capture_on_commit_callbacks
):
    upload = finished(editor)
    with django_capture_on_commit_callbacks(execute=True):
        take_upload_file(upload, "materials/a1.pdf", by=editor, purpose=COURSE_VIDEO)
    assert content_of(store, "materials/a1.pdf") == film()
    assert list(files.folder().iterdir()) == []


def test_a_process_killed_between_the_commit_and_the_store_loses_nothing(store, editor):
    video = take(finished(editor))
    assert not store.exists(video.original.name)
    Upload.objects.update(closed_at=timezone.now() - timedelta(hours=1))
    assert sweep_uploads()["placed"] == 1
    assert content_of(store, video.original.name) == film()


def test_a_process_killed_between_the_store_and_its_note_stores_nothing_twice(store, editor):
    video = take(finished(editor))
    place_upload(video.upload.pk)
    Upload.objects.update(stored_at=None)
    place_upload(video.upload.pk)
    assert content_of(store, video.original.name) == film()
    folder = video.original.name.rpartition("/")[0]
    assert store.listdir(folder)[1] == [video.original.name.rpartition("/")[2]]
    assert Upload.objects.get().stored_at


def test_a_copy_cut_short_is_made_anew(store, editor):
    video = take(finished(editor))
    store.save(video.original.name, ContentFile(film()[:500]))
    place_upload(video.upload.pk)
    assert content_of(store, video.original.name) == film()


def test_a_taking_that_is_rolled_back_stores_nothing(
    store, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        name = take(finished(editor)).original.name
        transaction.set_rollback(True)
    assert not store.exists(name)


def test_an_original_that_no_row_knows_is_found_and_removed(store, editor):
    video = take(finished(editor))
    place_upload(video.upload.pk)
    store.save("videos/originals/2017/06/stray.mp4", ContentFile(b"left"))
    assert remove_orphans() == 0  # somebody may be about to write its row
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        assert orphans() == [("videos/originals/2017/06/stray.mp4",)]
        assert remove_orphans() == 0
    stray = Upload.objects.get().stored_name
    assert store.exists(stray)


@pytest.mark.s3
@pytest.mark.parametrize("store", ["s3"], indirect=True)
def test_a_bucket_sends_parts_to_whoever_was_let_in_and_to_nobody_else(store, ready_video):
    viewer, made = UserFactory(), ready_video.rendition("mp4")
    browser = Client()
    browser.force_login(viewer, backend=BACKEND)
    address = browser.get(media_address(made, viewer, SIGNED_IN))["Location"]
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in address
    whole = content_of(store, made.file.name)
    answer = requests.get(address, headers={"Range": "bytes=100-199"}, timeout=10)
    assert (answer.status_code, answer.content) == (206, whole[100:200])
    assert answer.headers["Content-Type"] == "video/mp4"
    assert requests.get(address.partition("?")[0], timeout=10).status_code == 403
    forged = address[:-1] + ("1" if address.endswith("0") else "0")
    assert requests.get(forged, timeout=10).status_code == 403
