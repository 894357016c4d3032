import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.shortcuts import render
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from core.models import Job, JobState
from tests.factories import UserFactory, appoint, make_branch
from tests.videos.audiences import SIGNED_IN
from tests.videos.factories import Person, claim
from tests.videos.uploading import begin, film, finished, make_editor
from videos.domain.players import player_for
from videos.enums import VideoState
from videos.models import Video

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def editor():
    editor = UserFactory()
    appoint(editor, Role.EDITOR, make_branch()[0])
    return editor


@pytest.fixture
def desk(editor):
    client = Client()
    client.force_login(editor, backend=BACKEND)
    return client


def text(response):
    return response.content.decode()


def make_videos(editor, number):
    for count in range(number):
        Video.objects.create(
            title=f"样片{count}",
            original="videos/originals/absent.mp4",
            original_name="a.mp4",
            size_bytes=1,
            sha256="0" * 64,
            added_by=editor,
        )


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_for_one_and_for_three(
    desk, editor, number, django_assert_num_queries
):
    make_videos(editor, number)
    desk.get(reverse("videos:list"))
    with django_assert_num_queries(6):
        page = desk.get(reverse("videos:list"))
    assert text(page).count("样片") == number


def test_the_list_finds_by_title_and_state(desk, editor):
    make_videos(editor, 3)
    Video.objects.filter(title="样片1").update(state=VideoState.FAILED, failure="坏了")
    found = desk.get(reverse("videos:list"), {"q": "样片", "state": "failed"})
    assert "样片1" in text(found)
    assert "坏了" in text(found)
    assert "样片2" not in text(found)


def test_a_countys_editor_sees_no_video():
    _province, _city, county, _school = make_branch()
    user = UserFactory()
    appoint(user, Role.EDITOR, county)
    make_videos(user, 1)
    assert not Video.objects.visible_to(user).exists()


def test_a_video_is_added_by_form(desk, upload, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("videos:add"), {"title": " 新课 ", "file": upload})
    video = Video.objects.get()
    assert answer["Location"] == reverse("videos:detail", args=[video.pk])
    assert (video.title, video.state) == ("新课", VideoState.READY)
    assert video.preparing.result["url"] == answer["Location"]
    page = text(desk.get(answer["Location"]))
    assert "<video" in page
    assert "videos/media/" in page


def test_an_empty_file_is_explained_on_the_form(desk, upload, monkeypatch):
    upload.size = 0
    answer = desk.post(reverse("videos:add"), {"title": "新课"})
    assert answer.status_code == 200
    assert not Video.objects.exists()


def test_a_failed_video_shows_why_and_can_be_retried(desk, editor):
    make_videos(editor, 1)
    Video.objects.update(state=VideoState.FAILED, failure="没有画面")
    video = Video.objects.get()
    assert "没有画面" in text(desk.get(reverse("videos:detail", args=[video.pk])))
    desk.post(reverse("videos:retry", args=[video.pk]))
    video.refresh_from_db()
    assert (video.state, video.preparing.state) == (VideoState.RECEIVED, JobState.QUEUED)
    assert "hx-get" in text(desk.get(reverse("videos:detail", args=[video.pk])))


def test_a_video_whose_job_was_parked_can_be_retried(desk, editor):
    make_videos(editor, 1)
    parked = Job.objects.create(kind="videos.prepare", state=JobState.PARKED)
    Video.objects.update(state=VideoState.PROCESSING, preparing=parked)
    video = Video.objects.get()
    assert reverse("videos:retry", args=[video.pk]) in text(
        desk.get(reverse("videos:detail", args=[video.pk]))
    )


def test_captions_are_added_refused_and_removed(desk, editor, captions_file, upload):
    make_videos(editor, 1)
    video = Video.objects.get()
    address = reverse("videos:captions", args=[video.pk])
    assert "WebVTT" in text(desk.post(address, {"file": upload}))
    desk.post(address, {"file": captions_file})
    video.refresh_from_db()
    assert video.captions
    desk.post(address, {"remove": "1"})
    video.refresh_from_db()
    assert not video.captions


def test_a_player_knows_what_is_covered_and_where_to_go_on():
    person = Person(units=1, length=100)
    person.beat(200, claim(0, 95))
    player = player_for(person.user, person.units[0], audience=SIGNED_IN)
    assert (player.watched_seconds, player.ranges, player.covered) == (95, [(0, 95)], False)
    assert player.data["speeds"] == [0.75, 1.0]
    assert player.data["length"] == 100
    assert player.files.mp4 == ""


def test_a_player_of_a_video_brings_signed_addresses(ready_video):
    viewer = UserFactory()
    player = player_for(viewer, ready_video.unit, audience=SIGNED_IN)
    addresses = list(vars(player.files).values())
    client = Client()
    client.force_login(viewer, backend=BACKEND)
    assert [client.get(address).status_code for address in addresses] == [200] * 5


def test_a_video_is_added_by_a_file_sent_before(desk, editor):
    upload = finished(editor)
    sent = {"title": "新课", "upload": str(upload.pk)}
    answer = desk.post(reverse("videos:add"), sent)
    video = Video.objects.get()
    assert answer["Location"] == reverse("videos:detail", args=[video.pk])
    assert (video.upload.pk, video.sha256) == (upload.pk, upload.sha256)
    assert desk.post(reverse("videos:add"), sent)["Location"] == answer["Location"]


def test_a_form_without_a_title_keeps_the_file_that_was_sent(desk, editor):
    upload = finished(editor)
    page = text(desk.post(reverse("videos:add"), {"upload": str(upload.pk)}))
    assert f'value="{upload.pk}" checked' in page
    assert not Video.objects.exists()


@pytest.mark.parametrize("case", ["nothing", "another's", "unfinished", "no key", "no recording"])
def test_a_video_without_a_proper_file_is_refused_in_words(desk, editor, case):
    sent = {
        "nothing": {},
        "another's": {"upload": finished(make_editor()).pk},
        "unfinished": {"upload": begin(editor, film()).pk},
        "no key": {"upload": "x"},
        "no recording": {"file": SimpleUploadedFile("a.mp4", b"no recording")},
    }[case]
    page = desk.post(reverse("videos:add"), {"title": "课", **sent})
    assert "errorlist" in text(page)
    assert "课" in text(page)
    assert not Video.objects.exists()


def test_a_page_with_a_player_stays_light(ready_video, rf):
    """Bytes of its own scripts and styles after gzip, beside Plyr's."""
    player = player_for(UserFactory(), ready_video.unit, audience=SIGNED_IN)
    page = render(rf.get("/"), "videos/player.html", {"player": player}).content.decode()
    addresses = re.findall(r'(?:<script src|<link rel="stylesheet" href)="/static/([^"]+)"', page)
    sizes = {
        address: len(gzip.compress(Path(finders.find(address)).read_bytes()))
        for address in addresses
    }
    plyr = sum(size for address, size in sizes.items() if address.startswith("npm/plyr/"))
    assert plyr < 40_000
    assert sum(sizes.values()) - plyr < 12_000
