"""A real browser plays a real recording in real time, with a network that comes and goes."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Error, expect

from accounts.enums import Role
from tests.factories import UserFactory, appoint, make_branch
from videos.domain import players
from videos.domain.preparation import prepare_video
from videos.domain.synthetic import captions_for, make_recording
from videos.domain.units import reading_unit
from videos.domain.videos import add_video, replace_captions
from videos.enums import VideoState
from videos.models import StudyRecord, Video

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.waits,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.videos.urls"),
]
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECONDS = 16
SLIDES = ["教育部门应当保障教师的权利", "学校应当支持教师进修", "教师应当履行义务", "小结"]


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("films") / "film.mp4"
    return make_recording(target, "教育政策与法规", SLIDES, seconds=SECONDS, teacher="主讲：王敏")


@pytest.fixture
def teacher():
    return UserFactory(real_name="李秀英")


@pytest.fixture
def unit(film, monkeypatch):
    """A video that went through preparation; its page beats every three seconds."""
    monkeypatch.setattr(players, "BEAT_SECONDS", 3)
    upload = SimpleUploadedFile("film.mp4", film.read_bytes())
    editor = UserFactory()
    video = add_video(upload, "教师的权利与义务", editor)
    captions = captions_for(SLIDES, seconds=SECONDS).encode()
    replace_captions(video, SimpleUploadedFile("a.vtt", captions), by=editor)
    return prepare_video(video.pk).unit


@pytest.fixture
def show(open_page, live_server, teacher):
    """Opens the unit's page as the teacher; notes what the content policy refuses."""

    pages = []

    def shower(unit, context=None, **window):
        page = context.new_page() if context else open_page(**window)
        pages.append(page)
        if context is None:
            client = Client()
            client.force_login(teacher, backend=BACKEND)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
            page.context.add_cookies([{**cookie, "url": live_server.url}])
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda line: (
                page.faults.append(line.text)
                if line.type == "error" and "ERR_INTERNET_DISCONNECTED" not in line.text
                else None
            ),
        )
        page.goto(f"{live_server.url}/study/{unit.pk}/")
        return page

    yield shower
    for page in pages:  # the last beat comes before the database goes
        with suppress(Error):  # a page that the test closed or crashed is gone already
            page.context.set_offline(False)
            page.close(run_before_unload=True)
    time.sleep(0.5)


def play(page, until=0.1):
    """Plays until the film's second ``until``; the page lives on after it."""
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function(f"() => document.querySelector('video').currentTime >= {until}")


def seconds_of(teacher, unit):
    record = StudyRecord.objects.filter(user=teacher, unit=unit).first()
    return record.watched_seconds if record else 0


def wait_for_credit(page, teacher, unit, seconds):
    """Lets the page live on (a plain sleep would hold its events) until it has earned."""
    for _try in range(100):
        if seconds_of(teacher, unit) >= seconds:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{seconds_of(teacher, unit)} of {seconds} seconds arrived")


def wait_until(condition, seconds=20):
    ends = time.monotonic() + seconds
    while not condition() and time.monotonic() < ends:
        time.sleep(0.2)
    assert condition()


def test_a_cut_in_the_middle_loses_nothing(show, teacher, unit):
    page = show(unit)
    play(page)
    wait_for_credit(page, teacher, unit, 2)
    page.context.set_offline(True)
    known = seconds_of(teacher, unit)
    page.wait_for_timeout(5000)
    expect(page.locator("[data-state]")).to_have_class("study-state offline")
    assert seconds_of(teacher, unit) <= known + 1
    assert page.locator("[data-bar] rect.waiting").count() >= 1
    page.context.set_offline(False)
    wait_for_credit(page, teacher, unit, SECONDS)
    assert seconds_of(teacher, unit) == SECONDS
    expect(page.locator(".study")).to_have_class("study is-covered")
    expect(page.locator("[data-state]")).to_have_class("study-state saved")
    assert page.faults == []


def test_a_second_tab_earns_nothing_extra(show, teacher, unit):
    began = time.monotonic()
    first = show(unit)
    other = reading_unit("同时打开的阅读材料", 600)
    second = show(other, context=first.context)
    play(first, until=6)
    expect(second.locator(".study")).to_be_visible()
    first.close(run_before_unload=True)
    second.close(run_before_unload=True)
    time.sleep(1)
    total = seconds_of(teacher, unit) + seconds_of(teacher, other)
    assert 3 <= total <= time.monotonic() - began + 1


def test_a_page_that_closes_says_its_last_word(show, teacher, unit):
    page = show(unit)
    play(page, until=2.3)
    page.goto("about:blank")
    wait_until(lambda: seconds_of(teacher, unit) >= 1)


def test_a_crash_without_network_is_made_good_by_the_next_page(show, teacher, unit):
    page = show(unit)
    play(page, until=1)
    page.context.set_offline(True)
    play(page, until=5)
    known, context = seconds_of(teacher, unit), page.context
    page.close()
    context.set_offline(False)
    show(unit, context=context)
    wait_until(lambda: seconds_of(teacher, unit) >= known + 3)


def test_seeking_covers_only_what_was_played_and_resumes_there(show, teacher, unit):
    page = show(unit)
    play(page, until=1.5)
    page.evaluate("document.querySelector('video').currentTime = 10")
    play(page, until=12.5)
    page.evaluate("document.querySelector('video').pause()")
    wait_until(lambda: seconds_of(teacher, unit) >= 2)
    record = StudyRecord.objects.get(user=teacher, unit=unit)
    assert len(record.watched) == 2
    assert record.watched[0][0] == 0
    assert record.watched[1][0] == 10
    assert record.watched_seconds <= 5
    page.reload()
    page.wait_for_function("document.querySelector('video').currentTime >= 10")
    gap = page.locator("[data-missing] button").first
    gap.click()
    page.wait_for_function("document.querySelector('video').currentTime < 4")


def test_no_speed_beyond_the_allowed_one(show, unit):
    page = show(unit)
    page.evaluate("document.querySelector('video').playbackRate = 4")
    page.wait_for_function("document.querySelector('video').playbackRate === 1")
    assert page.faults == []


def test_the_keyboard_plays_and_pauses(show, unit):
    page = show(unit)
    page.locator("button[data-plyr='play']").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('video').paused")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('video').paused")


def test_reading_counts_only_while_the_page_is_visible(show, teacher):
    text = reading_unit("教育政策原文", 3)
    page = show(text)
    page.wait_for_timeout(1000)
    hide = """value => {
        Object.defineProperty(document, 'visibilityState', {value, configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    page.evaluate(hide, "hidden")
    page.wait_for_timeout(3000)
    assert seconds_of(teacher, text) <= 1
    page.evaluate(hide, "visible")
    wait_until(lambda: seconds_of(teacher, text) == 3)
    expect(page.locator(".study")).to_have_class("study is-covered")
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_videos_pages(show, teacher, unit, live_server, scheme):
    appoint(teacher, Role.EDITOR, make_branch()[0])
    page = show(unit, scheme=scheme)
    video = unit.video
    failed = Video.objects.create(
        title="课例", original="a.mp4", size_bytes=1, sha256="0" * 64, state=VideoState.FAILED,
        failure="没有画面", added_by=teacher,
    )  # fmt: skip
    found = axe_faults(page)
    for path in ("", "add/", f"{video.pk}/", f"{failed.pk}/"):
        page.goto(f"{live_server.url}/videos/{path}")
        found += axe_faults(page)
    text = reading_unit("教育政策原文", 300)
    page.goto(f"{live_server.url}/study/{text.pk}/")
    assert found + axe_faults(page) == []
    assert page.faults == []


def axe_faults(page):
    violations = Axe().run(page).response["violations"]
    return [
        f"{page.url} {fault['id']}: {node['html'][:120]}"
        for fault in violations
        for node in fault["nodes"]
    ]
