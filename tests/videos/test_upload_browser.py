"""A real browser sends a real file to the real server, with a line that is slow and breaks."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from tests.browser.faults import Listener, faults_of
from tests.videos.upload_server import UploadServer, headers_of
from tests.videos.uploading import begin, film, finished, make_editor, send
from videos.domain import uploads_files as files
from videos.models import Upload, Video

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MEGABYTE = 1024**2
CONTENT = film(40 * MEGABYTE)
PATIENCE = 30_000  # milliseconds, on a machine that is busy with other tests
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def running(django_db_setup, tmp_path_factory):
    server = UploadServer(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.close()


@pytest.fixture
def server(running, settings):
    settings.MEDIA_ROOT = running.media
    running.wait()
    return running


@pytest.fixture
def editor():
    return make_editor()


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "第1课.mp4"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def desk(server, editor, open_page):
    """Opens /videos/add/ as the editor, on a line of so many megabytes a second."""

    def opener(megabytes=None, context=None, **window):
        page = context.new_page() if context else open_page(**window)
        session = re.search("sessionid=([^;]+)", headers_of(editor)["Cookie"])[1]
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        page.faults = Listener(page, server.url).faults
        page.line = Line(page)
        page.line.set(megabytes)
        page.goto(f"{server.url}/videos/add/")
        return page

    return opener


class Line:
    """The page's line to the server."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.megabytes = None

    def set(self, megabytes):
        self.megabytes = megabytes
        self._say(offline=False)

    def cut(self):
        self._say(offline=True)

    def mend(self):
        self._say(offline=False)

    def _say(self, *, offline):
        speed = self.megabytes * MEGABYTE if self.megabytes else -1
        conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1}
        conditions["uploadThroughput"] = speed
        self.session.send("Network.emulateNetworkConditions", conditions)


def state(page, kind):
    box = page.locator("[data-upload]")
    return expect(box).to_have_attribute("data-state", kind, timeout=PATIENCE)


def choose(page, path):
    page.locator("input[type=file]").set_input_files(path)


def share(page, least):
    """Wait until so many per cent have been sent."""
    enough = "least => parseInt(document.querySelector('[data-percent]').textContent, 10) >= least"
    page.wait_for_function(enough, arg=least)


def test_a_file_outlives_cut_lines_a_pause_and_a_closed_page(desk, recording):
    page = desk(megabytes=16)
    page.get_by_label("标题").fill("教师的权利与义务")
    choose(page, recording)
    for least in (10, 25):
        share(page, least)
        page.line.cut()
        state(page, "offline")
        page.line.mend()
        state(page, "sending")
    share(page, 40)
    page.get_by_role("button", name="暂停").click()
    state(page, "paused")
    expect(page.get_by_role("button", name="继续")).to_be_focused()
    context = page.context
    page.close()
    arrived = files.size_of(Upload.objects.get().pk)
    assert arrived > 4 * MEGABYTE

    page = desk(context=context)
    expect(page.locator("[data-waiting]")).to_contain_text("再选同一个文件即可续传")
    choose(page, recording)
    state(page, "finished")
    expect(page.locator("[data-sha256]")).to_have_text(DIGEST)
    upload = Upload.objects.get()
    assert files.path_of(upload.pk).read_bytes() == CONTENT
    page.get_by_label("标题").fill("教师的权利与义务")
    page.get_by_role("button", name="添加").click()
    page.wait_for_url(re.compile(r"/videos/\d+/$"), timeout=PATIENCE)
    assert Video.objects.get().sha256 == DIGEST
    assert page.faults == []


def test_a_second_browser_on_the_same_file_waits(desk, recording):
    first = desk(megabytes=2)
    choose(first, recording)
    share(first, 5)
    second = desk()
    choose(second, recording)
    state(second, "busy")
    expect(second.locator("[data-words]")).to_contain_text("正在另一个窗口上传")
    first.close()
    state(second, "finished")
    assert Upload.objects.get().sha256 == DIGEST


def test_a_form_sent_too_early_waits_for_its_file(desk, recording):
    page = desk(megabytes=16)
    page.get_by_label("标题").fill("课")
    choose(page, recording)
    page.get_by_role("button", name="添加").click()
    expect(page.locator("[data-held]")).to_contain_text("自动提交")
    page.wait_for_url(re.compile(r"/videos/\d+/$"), timeout=PATIENCE)
    assert Video.objects.get().sha256 == DIGEST


def test_a_file_of_another_kind_is_refused_at_its_first_bytes(desk, tmp_path):
    picture = tmp_path / "课.mp4"
    picture.write_bytes(b"GIF89a" + bytes(20 * MEGABYTE))
    page = desk()
    choose(page, picture)
    state(page, "refused")
    expect(page.locator("[data-words]")).to_contain_text("图片")
    page.get_by_role("button", name="另选文件").click()
    expect(page.locator("input[type=file]")).to_be_focused()


def test_an_upload_is_ended_from_the_page(desk, recording):
    page = desk(megabytes=2)
    page.on("dialog", lambda dialog: dialog.accept())
    choose(page, recording)
    share(page, 2)
    page.get_by_role("button", name="取消上传", exact=True).click()
    expect(page.locator("[data-drop]")).to_be_visible()
    assert Upload.objects.get().state == "ended"
    choose(page, recording)
    share(page, 2)
    assert Upload.objects.count() == 2


def test_a_session_that_ended_keeps_what_has_arrived(desk, recording, editor, server):
    page = desk(megabytes=16)
    choose(page, recording)
    share(page, 10)
    page.context.clear_cookies()
    state(page, "signed-out")
    session = re.search("sessionid=([^;]+)", headers_of(editor)["Cookie"])[1]
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    page.context.add_cookies([{"name": "csrftoken", "value": "b" * 32, "url": server.url}])
    page.get_by_role("button", name="继续").click()
    state(page, "finished")
    assert Upload.objects.get().sha256 == DIGEST


def test_axe_finds_nothing_in_any_state(desk, recording, editor):
    send(begin(editor, CONTENT), CONTENT[:MEGABYTE])
    finished(editor)
    page = desk(megabytes=4)
    found = faults_of(page)
    choose(page, recording)
    share(page, 5)
    page.get_by_role("button", name="暂停").click()
    found += faults_of(page)
    page.line.set(None)
    page.get_by_role("button", name="继续").click()
    state(page, "finished")
    found += faults_of(page)
    page.goto(page.url.replace("add/", "uploads/"))
    assert found + faults_of(page) + page.faults == []
