"""The screen in a real browser: stream, small pictures, a line that breaks, no clock."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from tests.factories import UserFactory
from tests.videos.audiences import PUBLIC, SIGNED_IN

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.videos.urls"),
]
BACKEND = "django.contrib.auth.backends.ModelBackend"
APPLE = "Object.defineProperty(Navigator.prototype, 'vendor', {get: () => 'Apple Computer, Inc.'})"
NOW = "document.querySelector('video').currentTime"


@pytest.fixture
def show(open_page, live_server, ready_video):
    """Opens the video's page, signed in unless it is public; notes faults and requests."""

    def shower(audience=SIGNED_IN, script="", **window):
        page = open_page(**window)
        if audience != PUBLIC:
            client = Client()
            client.force_login(UserFactory(), backend=BACKEND)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
            page.context.add_cookies([{**cookie, "url": live_server.url}])
        if script:
            page.add_init_script(script)
        page.faults, page.asked = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda line: line.type == "error" and page.faults.append(line.text))
        page.on("response", lambda answer: page.asked.append((answer.url, answer.status)))
        page.goto(f"{live_server.url}/watch/{ready_video.pk}/?audience={audience}")
        return page

    return shower


def play(page, until):
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function(f"() => {NOW} >= {until}")


def until(page, gesture, times=150):
    """Repeats the gesture, as a hand does, until the page answers: it may still be loading."""
    for step in range(times):
        if gesture(step):
            return True
        page.wait_for_timeout(100)
    return False


def test_the_stream_plays_where_the_browser_reads_it_itself(show):
    page = show(script=APPLE)
    play(page, 0.5)
    source = page.evaluate("document.querySelector('video').currentSrc")
    second = "document.querySelectorAll('video source')[1].src"
    assert source == page.evaluate(second)
    page.evaluate(f"{NOW} = 3")
    page.wait_for_function(f"() => {NOW} >= 3.2")
    assert {status for url, status in page.asked if "/videos/media/" in url} <= {200, 206, 304}
    assert page.faults == []


def test_a_public_video_plays_without_an_account(show):
    page = show(PUBLIC)
    play(page, 0.3)
    assert "/videos/media/" in page.evaluate("document.querySelector('video').currentSrc")
    assert page.faults == []


def test_the_time_line_shows_small_pictures(show):
    page = show()
    play(page, 0.2)
    page.evaluate("document.querySelector('video').pause()")
    line = page.locator(".plyr__progress")
    picture = page.locator(".plyr__preview-thumb--is-shown img").first

    def point(step):
        line.hover(position={"x": 300 + step % 9, "y": 9})
        return picture.is_visible()

    assert until(page, point)
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    assert picture.evaluate("image => image.naturalWidth") >= 160
    assert page.faults == []


def test_a_broken_line_is_mended_once_and_then_told(show):
    page = show()
    play(page, 1)
    page.evaluate("document.querySelector('video').dispatchEvent(new Event('error'))")
    page.wait_for_function(f"() => !document.querySelector('video').paused && {NOW} >= 1.2")
    expect(page.locator("[data-broken]")).to_be_hidden()
    page.evaluate("document.querySelector('video').dispatchEvent(new Event('error'))")
    expect(page.locator("[data-broken]")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_screen(show, scheme):
    page = show(scheme=scheme, width=360)
    page.wait_for_selector(".plyr__controls")
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
