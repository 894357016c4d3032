from functools import partial

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from tests.factories import UserFactory
from tests.videos.audiences import SIGNED_IN
from videos.domain import media_addresses
from videos.domain.byte_ranges import RangeNotSatisfiable, byte_span
from videos.domain.media_addresses import MEDIA_SALT
from videos.models import Rendition

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
media_address = partial(media_addresses.media_address, audience=SIGNED_IN)
captions_address = partial(media_addresses.captions_address, audience=SIGNED_IN)


@pytest.fixture
def mp4(ready_video):
    return ready_video.rendition(Rendition.Kind.MP4)


@pytest.fixture
def viewer():
    return UserFactory()


class Browser(Client):
    """Reads each answer to its end, as a browser does; the file is closed then."""

    def generic(self, *args, **kwargs):
        response = super().generic(*args, **kwargs)
        response.body = b"".join(response) if response.streaming else response.content
        return response


@pytest.fixture
def browser(viewer):
    client = Browser()
    client.force_login(viewer, backend=BACKEND)
    return client


def content(mp4):
    with mp4.file.open("rb") as file:
        return file.read()


def test_the_whole_file(browser, viewer, mp4):
    response = browser.get(media_address(mp4, viewer))
    assert response.status_code == 200
    assert response.body == content(mp4)
    assert response["Content-Type"] == "video/mp4"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None)],
)
def test_a_part(browser, viewer, mp4, asked, start, end):
    whole = content(mp4)
    response = browser.get(media_address(mp4, viewer), headers={"Range": asked})
    assert response.status_code == 206
    part = response.body
    assert part == whole[start:end]
    first = start % len(whole)
    last = first + len(part) - 1
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
    assert response["Content-Length"] == str(len(part))


def test_a_part_beyond_the_end(browser, viewer, mp4):
    headers = {"Range": f"bytes={mp4.size_bytes}-"}
    response = browser.get(media_address(mp4, viewer), headers=headers)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{mp4.size_bytes}"


def test_if_range_gives_the_whole_when_the_file_has_changed(browser, viewer, mp4):
    address = media_address(mp4, viewer)
    tag = browser.get(address)["ETag"]
    same = browser.get(address, headers={"Range": "bytes=0-9", "If-Range": tag})
    other = browser.get(address, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_an_unchanged_file_is_not_sent_again(browser, viewer, mp4):
    address = media_address(mp4, viewer)
    tag = browser.get(address)["ETag"]
    assert browser.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_head_has_the_headers_only(browser, viewer, mp4):
    response = browser.head(media_address(mp4, viewer))
    assert (response.status_code, response["Content-Length"]) == (200, str(mp4.size_bytes))


def test_poster_and_captions_go_the_same_way(browser, viewer, ready_video):
    poster = browser.get(media_address(ready_video.rendition(Rendition.Kind.POSTER), viewer))
    captions = browser.get(captions_address(ready_video, viewer))
    assert (poster.status_code, poster["Content-Type"]) == (200, "image/jpeg")
    assert (captions.status_code, captions["Content-Type"]) == (200, "text/vtt; charset=utf-8")
    assert captions.body.startswith(b"WEBVTT")


def test_nginx_sends_the_bytes_when_it_is_there(browser, viewer, mp4, settings):
    settings.MEDIA_XACCEL = "/protected/"
    response = browser.get(media_address(mp4, viewer))
    assert response["X-Accel-Redirect"] == f"/protected/{mp4.file.name}"
    assert response.content == b""
    assert Client().get(media_address(mp4, viewer)).status_code == 403


def test_nobody_else_gets_in(browser, mp4):
    """A stranger, somebody signed out, an old address, a forged one, one of a gone file."""
    friend = UserFactory()
    assert browser.get(media_address(mp4, friend)).status_code == 403
    assert Client().get(media_address(mp4, friend)).status_code == 403
    assert browser.get("/videos/media/forged/").status_code == 403


def test_an_address_ends(browser, viewer, mp4):
    address = media_address(mp4, viewer)
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=7)):
        browser.force_login(viewer, backend=BACKEND)
        assert browser.get(address).status_code == 403


@pytest.mark.parametrize("named", [["r", 0], ["c", 0], ["o", 0], ["x", 1], ["r"], []])
def test_an_address_of_nothing(browser, viewer, named):
    token = signing.dumps([*named, viewer.pk, SIGNED_IN], salt=MEDIA_SALT)
    assert browser.get(f"/videos/media/{token}/").status_code == 403


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", None), ("bytes=-", None), ("bytes=0-0", (0, 0)), ("bytes=5-900", (5, 9)),
        ("bytes=-3", (7, 9)), ("bytes=-30", (0, 9)), ("bytes=3-", (3, 9)), ("bytes=5-3", None),
        ("items=0-1", None), ("bytes=0-1,3-4", None), ("bytes= 1 - 2", (1, 2)),
        ("bytes=１-２", None),
    ],
)  # fmt: skip
def test_byte_span(header, span):
    assert byte_span(header, 10) == span


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_byte_span_outside(header):
    with pytest.raises(RangeNotSatisfiable):
        byte_span(header, 10)
