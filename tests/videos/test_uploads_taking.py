"""From a finished upload to the thing it was sent for, once."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from core.invariants import check_invariants
from core.models import Job
from tests.factories import UserFactory
from tests.threads import in_own_connection
from tests.videos.uploading import begin, film, finished, make_editor, send
from videos import errors
from videos.domain import uploads_files as files
from videos.domain.preparation import prepare_video
from videos.domain.uploads_sweeping import remove_orphans, sweep_uploads
from videos.domain.uploads_taking import place_upload, take_upload, take_upload_file
from videos.domain.videos import COURSE_VIDEO, add_video
from videos.enums import UploadState, VideoState
from videos.models import Upload, Video

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(hours=25)


@pytest.fixture
def editor():
    return make_editor()


def take(upload, **more):
    more = {"title": " 新课 ", "by": upload.owner, "purpose": COURSE_VIDEO} | more
    return take_upload(upload, **more)


def age(path):
    old = time.time() - LONG_AGO.total_seconds()
    os.utime(path, (old, old))


def broken():
    return {finding.invariant.name for finding in check_invariants() if not finding.kept}


def test_a_finished_upload_becomes_a_video_by_a_rename(editor, django_capture_on_commit_callbacks):
    upload = finished(editor)
    number = files.path_of(upload.pk).stat().st_ino
    with django_capture_on_commit_callbacks(execute=True):
        video = take(upload)
    upload.refresh_from_db()
    assert (video.title, video.original_name, video.sha256) == ("新课", "第1课.mp4", upload.sha256)
    assert Path(video.original.path).stat().st_ino == number
    assert (upload.state, upload.video, upload.stored_name) == ("taken", video, video.original.name)
    assert upload.stored_at
    assert not files.path_of(upload.pk).exists()
    assert broken() == set()


def test_taking_it_again_gives_the_same_video(editor):
    upload = finished(editor)
    assert take(upload) == take(upload)
    assert (Video.objects.count(), Job.objects.filter(kind="videos.prepare").count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_at_once_make_one_video(editor):
    upload = finished(editor)
    with ThreadPoolExecutor(4) as pool:
        videos = list(pool.map(in_own_connection(take), [upload] * 4))
    assert len({video.pk for video in videos}) == Video.objects.count() == 1


def test_what_is_not_complete_cannot_be_taken(editor):
    upload = begin(editor, film())
    with pytest.raises(errors.UploadIncomplete):
        take(upload)
    send(upload, film())
    with pytest.raises(errors.UploadIncomplete):
        take(upload)


@pytest.mark.parametrize("change", [{"purpose": "lessons.material"}, {"context": "lesson:7"}])
def test_what_was_sent_for_something_else_cannot_be_taken(editor, change):
    with pytest.raises(errors.UploadForOtherUse):
        take(finished(editor), **change)


def test_what_somebody_else_sent_cannot_be_taken(editor):
    with pytest.raises(errors.UploadForOtherUse):
        take(finished(editor), by=UserFactory())


def test_a_taking_that_is_rolled_back_leaves_the_upload_as_it_was(
    editor, django_capture_on_commit_callbacks
):
    upload = finished(editor)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        take(upload)
        transaction.set_rollback(True)
    upload.refresh_from_db()
    assert upload.state == UploadState.FINISHED
    assert files.path_of(upload.pk).exists()
    assert take(upload)


def test_a_process_killed_after_the_commit_leaves_work_for_the_job(editor):
    """Nothing that waits for the commit has run, as if the process had died there."""
    upload = finished(editor, film())
    video = take(upload)
    assert not default_storage.exists(video.original.name)
    with pytest.raises(errors.RecordingUnusable):
        prepare_video(video.pk)  # these bytes are no recording, but they were found
    assert default_storage.size(video.original.name) == 10_000
    assert Video.objects.get().state == VideoState.FAILED


def test_a_process_killed_after_the_commit_leaves_work_for_the_sweep(editor):
    video = take(finished(editor))
    assert sweep_uploads()["placed"] == 0  # it may still be at it
    Upload.objects.update(closed_at=timezone.now() - LONG_AGO)
    assert sweep_uploads()["placed"] == 1
    assert default_storage.size(video.original.name) == 10_000
    place_upload(Upload.objects.get().pk)


def test_a_file_for_another_floor_gets_the_name_that_its_row_holds(
    editor, django_capture_on_commit_callbacks
):
    upload = finished(editor)
    how = {"by": editor, "purpose": COURSE_VIDEO}
    with django_capture_on_commit_callbacks(execute=True):
        taken = take_upload_file(upload, "materials/a1.pdf", **how)
        assert take_upload_file(upload, "materials/a1.pdf", **how) == taken
    assert (taken.size_bytes, taken.original_name) == (10_000, "第1课.mp4")
    assert Path(default_storage.path("materials/a1.pdf")).read_bytes() == film()
    with pytest.raises(errors.UploadForOtherUse):
        take_upload_file(upload, "materials/a2.pdf", **how)
    with pytest.raises(errors.UploadForOtherUse):
        take(upload)


def test_the_sweep_ends_what_nobody_goes_on_with(editor, django_capture_on_commit_callbacks):
    begin(editor, film()), finished(editor)
    Upload.objects.update(expires_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_uploads()["expired"] == 2
    assert set(Upload.objects.values_list("state", flat=True)) == {UploadState.EXPIRED}
    assert list(files.folder().iterdir()) == []


def test_the_sweep_closes_what_had_arrived_when_its_process_died(editor):
    upload = begin(editor, film())
    files.path_of(upload.pk).write_bytes(film())
    assert sweep_uploads()["closed"] == 1
    assert Upload.objects.get().state == UploadState.RECEIVED


def test_files_that_no_row_knows_are_found_and_removed(editor, media_folder):
    kept, ended = begin(editor, film()), begin(editor, film())
    Upload.objects.filter(pk=ended.pk).update(state="ended", closed_at=timezone.now())
    video = add_video(ContentFile(film(), "a.mp4"), "课", editor)
    place_upload(video.upload.pk)
    stray = [files.folder() / "stray.part", media_folder / "videos/originals/2017/01/stray.mp4"]
    for path in stray:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left")
    for path in (p for p in media_folder.rglob("*") if p.is_file()):
        age(path)
    fresh = files.folder() / "fresh.part"
    fresh.write_bytes(b"")
    assert broken() == {"videos.no_orphan_uploads"}
    assert remove_orphans() == 3
    left = {path for path in media_folder.rglob("*") if path.is_file()}
    assert left == {fresh, files.path_of(kept.pk), Path(video.original.path)}
    assert broken() == set()


def test_verify_names_uploads_whose_file_is_gone(editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        video = take(finished(editor))
    Path(video.original.path).unlink()
    files.path_of(finished(editor).pk).write_bytes(b"short")
    assert broken() == {"videos.upload_has_file", "videos.taken_upload_has_file"}


def test_verify_names_whoever_sent_more_than_allowed(editor, settings):
    settings.UPLOAD_SCHOOL_BYTES = settings.UPLOAD_EDITOR_BYTES = 10_000
    begin(editor, film())
    assert broken() == set()
    settings.UPLOAD_EDITOR_BYTES = settings.UPLOAD_PERSON_BYTES = 9_000
    assert broken() == {"videos.uploads_within_allowance"}


def test_verify_names_a_video_that_is_not_what_was_sent(editor):
    upload = finished(editor)
    take(upload)
    Upload.objects.update(sha256="0" * 64)
    assert "videos.taken_as_sent" in broken()
