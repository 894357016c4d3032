"""How much anybody may send."""

from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.utils import timezone

from accounts.enums import Role
from tests.factories import UserFactory, appoint, make_branch
from tests.threads import in_own_connection
from tests.videos.uploading import begin, film, finished, make_editor, send
from videos import errors
from videos.domain import uploads_files as files
from videos.domain import uploads_quota
from videos.domain.uploads import end_upload
from videos.domain.uploads_taking import take_upload
from videos.domain.videos import COURSE_VIDEO
from videos.models import Upload

pytestmark = pytest.mark.django_db
CONTENT = film(10_000)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def allowances(settings):
    settings.UPLOAD_EDITOR_BYTES = 25_000
    settings.UPLOAD_SCHOOL_BYTES = 35_000


@pytest.fixture
def colleagues():
    """Two editors of one school."""
    province, _city, _county, school = make_branch()
    people = [UserFactory(school=school), UserFactory(school=school)]
    for person in people:
        appoint(person, Role.EDITOR, province)
    return people


def take(upload):
    return take_upload(upload, title="课", by=upload.owner, purpose=COURSE_VIDEO)


def test_unfinished_uploads_count_with_all_that_they_declared():
    editor = make_editor()
    begin(editor, CONTENT)
    send(begin(editor, CONTENT), CONTENT[:1])
    with pytest.raises(errors.QuotaReached) as refusal:
        begin(editor, CONTENT)
    assert refusal.value.params["needed"] == "9.8\xa0KB"
    assert begin(editor, CONTENT[:5000])


def test_a_file_that_was_used_counts_for_the_year_and_no_longer():
    editor = make_editor()
    for _number in range(2):
        take(finished(editor))
    with pytest.raises(errors.QuotaReached):
        begin(editor, CONTENT)
    Upload.objects.update(closed_at=timezone.now() - timedelta(days=366))
    assert begin(editor, CONTENT)


def test_an_upload_that_ended_counts_no_more():
    editor = make_editor()
    uploads = [begin(editor, CONTENT) for _number in range(2)]
    end_upload(uploads[0], by=editor)
    assert begin(editor, CONTENT)


def test_a_school_has_an_allowance_of_its_own(colleagues):
    begin(colleagues[0], CONTENT)
    begin(colleagues[0], CONTENT)
    begin(colleagues[1], CONTENT)
    with pytest.raises(errors.SchoolQuotaReached):
        begin(colleagues[1], CONTENT)
    assert begin(make_editor(), CONTENT)


def test_a_person_has_so_many_under_way(monkeypatch):
    monkeypatch.setattr(uploads_quota, "UPLOADS_AT_A_TIME", 2)
    editor = make_editor()
    begin(editor, CONTENT[:10])
    begin(editor, CONTENT[:10])
    with pytest.raises(errors.TooManyUploads):
        begin(editor, CONTENT[:10])


def test_the_disk_keeps_room_for_what_others_have_yet_to_send(settings, monkeypatch):
    settings.UPLOAD_SPARE_BYTES = 1000
    free = 21_000
    monkeypatch.setattr(files.shutil, "disk_usage", lambda path: Usage(0, 0, free))
    begin(make_editor(), CONTENT)
    with pytest.raises(errors.NoRoom):
        begin(make_editor(), CONTENT + b"x")
    assert begin(make_editor(), CONTENT)


def race(people):
    """Each begins at the same moment; what came of it."""
    barrier = Barrier(len(people))

    def try_it(person):
        barrier.wait()
        try:
            return begin(person, CONTENT)
        except errors.UploadRefused as refusal:
            return refusal

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(in_own_connection(try_it), people))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_both_have_the_last_room_of_a_person():
    editor = make_editor()
    begin(editor, CONTENT)
    outcomes = race([editor] * 4)
    assert sum(isinstance(outcome, errors.QuotaReached) for outcome in outcomes) == 3
    assert Upload.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_cannot_both_have_the_last_room_of_their_school(
    colleagues, settings
):
    settings.UPLOAD_SCHOOL_BYTES = 15_000
    outcomes = race(colleagues * 2)
    assert sum(isinstance(outcome, errors.SchoolQuotaReached) for outcome in outcomes) == 3
    assert Upload.objects.count() == 1
