"""Every address that an owner's page shows, tried by everybody who should not get in."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import UserFactory
from tests.videos import audiences as tests_audiences
from tests.videos.audiences import MEMBERS, PUBLIC, SIGNED_IN
from videos.domain import audiences
from videos.domain.media_addresses import media_address, original_address
from videos.models import Rendition
from videos.policy import MEDIA_ADDRESS_LIVES_FOR

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.videos.urls")]
BACKEND = "django.contrib.auth.backends.ModelBackend"
ADDRESS = re.compile(r"/videos/media/[\w:-]+/")


def browser_of(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def fetch(client, address, span=""):
    response = client.get(address, headers={"Range": f"bytes={span}"} if span else {})
    response.body = b"".join(response) if response.streaming else response.content
    return response


@pytest.fixture
def owner():
    owner = UserFactory()
    tests_audiences.members.add(owner.pk)
    yield owner
    tests_audiences.members.discard(owner.pk)


@pytest.fixture
def seen(ready_video, owner):
    """What the owner's browser asks for: addresses, and each segment of the stream."""
    return addresses_on_page(browser_of(owner), ready_video, MEMBERS)


def addresses_on_page(client, video, audience):
    page = client.get(reverse("watch", args=[video.pk]), {"audience": audience})
    found = [(address, "") for address in dict.fromkeys(ADDRESS.findall(page.content.decode()))]
    for address, _span in tuple(found):
        response = fetch(client, address)
        if response["Content-Type"].startswith(("application/vnd.apple", "text/vtt")):
            text = response.body.decode()
            found += [(inner, "") for inner in dict.fromkeys(ADDRESS.findall(text))]
            found += segments(text)
    return found


def segments(playlist):
    """Each byte range of a playlist with the address that follows or holds it."""
    ranges = re.findall(r'BYTERANGE[:=]"?(\d+)@(\d+)', playlist)
    address = ADDRESS.search(playlist)
    return [(address[0], f"{start}-{int(start) + int(length) - 1}") for length, start in ranges]


def statuses(client, seen):
    return {fetch(client, address, span).status_code for address, span in seen}


def test_the_owner_sees_every_file(owner, seen):
    kinds = [fetch(browser_of(owner), address, span) for address, span in seen]
    assert {answer.status_code for answer in kinds} == {200, 206}
    types = {answer["Content-Type"] for answer in kinds}
    assert types == {
        "video/mp4", "application/vnd.apple.mpegurl", "image/jpeg", "text/vtt; charset=utf-8",
        "application/octet-stream",
    }  # fmt: skip
    assert all("private" in answer["Cache-Control"] for answer in kinds)
    assert len(seen) == 8 + 2  # six files of the page, two inside, a header and a segment


def test_a_stranger_and_somebody_signed_out_see_none(seen):
    assert statuses(browser_of(UserFactory()), seen) == {403}
    assert statuses(Client(), seen) == {403}


def test_whoever_leaves_the_audience_is_out_at_once(owner, seen):
    client = browser_of(owner)
    tests_audiences.members.discard(owner.pk)
    assert statuses(client, seen) == {403}
    tests_audiences.members.add(owner.pk)
    assert statuses(client, seen) == {200, 206}


def test_old_addresses_lead_nowhere(owner, seen):
    later = timezone.now() + MEDIA_ADDRESS_LIVES_FOR + timedelta(minutes=1)
    with time_machine.travel(later):
        assert statuses(browser_of(owner), seen) == {403}


def test_another_member_does_not_use_the_owners_addresses(seen):
    friend = UserFactory()
    tests_audiences.members.add(friend.pk)
    assert statuses(browser_of(friend), seen) == {403}
    tests_audiences.members.discard(friend.pk)


def test_an_audience_that_nobody_declared_lets_nobody_in(owner, ready_video):
    poster = ready_video.rendition(Rendition.Kind.POSTER)
    for audience in ("lessons.unheard_of:1", "", "tests.members:8"):
        address = media_address(poster, owner, audience)
        assert fetch(browser_of(owner), address).status_code == 403


def test_a_prefix_belongs_to_one_floor():
    with pytest.raises(ValueError, match="declared twice"):
        audiences.register(SIGNED_IN, lambda user, key: True)


def test_the_original_needs_more_than_watching(ready_video):
    user = UserFactory()
    assert fetch(browser_of(user), original_address(ready_video, user, PUBLIC)).status_code == 403
    answer = fetch(browser_of(user), original_address(ready_video, user, SIGNED_IN))
    assert answer.status_code == 200
    assert "filename*=UTF-8''%E7%AC%AC1%E8%AF%BE.MP4" in answer["Content-Disposition"]
    with ready_video.original.open("rb") as original:
        assert answer.body == original.read()


def test_what_is_public_needs_no_account_but_asks_each_time(ready_video):
    seen = addresses_on_page(Client(), ready_video, PUBLIC)
    watched = [pair for pair in seen if fetch(Client(), *pair).status_code != 403]
    assert len(seen) - len(watched) == 1  # the original
    assert statuses(browser_of(UserFactory()), watched) == {200, 206}
    poster = next(pair for pair in watched if "image" in fetch(Client(), *pair)["Content-Type"])
    assert fetch(Client(), *poster)["Cache-Control"] == "public, no-cache"
    tests_audiences.released.discard("7")
    assert statuses(Client(), watched) == {403}
    tests_audiences.released.add("7")


def test_a_playlist_is_written_for_its_viewer(owner, ready_video):
    playlist = ready_video.rendition(Rendition.Kind.PLAYLIST)
    answer = fetch(browser_of(owner), media_address(playlist, owner, MEMBERS))
    assert "stream.mp4" not in answer.body.decode()
    assert answer["Cache-Control"] == "private, no-store"
    (stream,) = set(ADDRESS.findall(answer.body.decode()))
    assert fetch(browser_of(owner), stream).body == _content(ready_video, Rendition.Kind.STREAM)


def test_nginx_sends_large_files_and_not_the_written_ones(owner, seen, settings):
    settings.MEDIA_XACCEL = "/protected/"
    answers = [fetch(browser_of(owner), *pair) for pair in seen]
    handed_on = [answer for answer in answers if answer.has_header("X-Accel-Redirect")]
    assert all(answer.body == b"" for answer in handed_on)
    assert len(answers) - len(handed_on) == 2  # playlist and track are ours


def _content(video, kind):
    with video.rendition(kind).file.open("rb") as file:
        return file.read()
