"""What every test stands on: cloned databases, a real browser, real servers or a reason."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase

from config import memory
from config.garbage import collect_rarely
from tests import database

if memory.is_roomy():  # tmp_path too: clusters and films are made there
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory.MEMORY))

REQUIRE_ALL = os.environ.get("YANXIU_REQUIRE_ALL") == "1"
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")  # the first needs least
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
S3_URL = os.environ.get("YANXIU_TEST_S3_URL")
REDIS_URL = os.environ.get("YANXIU_TEST_REDIS_URL")
NEEDS = {
    "browser": (CHROMIUM, "needs Chromium: install it or set CHROMIUM to its path"),
    "s3": (S3_URL, "needs an S3 server: set YANXIU_TEST_S3_URL (.ci/services/s3 start)"),
    "redis": (REDIS_URL, "needs a Redis server: set YANXIU_TEST_REDIS_URL"),
}


def pytest_configure(config):
    """Files of one worker's tests are no other worker's: keys of rows are the same in all."""
    settings.MEDIA_ROOT /= os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config):
    """The template is made while the workers start; who needs it earlier waits for it."""
    making = subprocess.Popen([sys.executable, "-m", "tests.database"], cwd=settings.BASE_DIR)
    config.add_cleanup(making.wait)


def pytest_collection_modifyitems(items):
    """What needs no database goes first, for one is being made; small tests end it evenly.

    A test that waits leaves its processor to the others, so those are spread out.
    """
    waiting = [item for item in items if item.get_closest_marker("waits")]
    rest = [item for item in items if not item.get_closest_marker("waits")]
    rest.sort(key=_turn)
    first = sum(_turn(item) == 0 for item in rest)
    apart = (len(rest) - first) * 3 // 5 // max(1, len(waiting))  # the last one ends in time
    for number, item in enumerate(waiting):
        rest.insert(first + number * (apart + 1), item)
    items[:] = rest
    collect_rarely()


def _turn(item) -> int:
    """0 without a database, 1 in a world that many share (the matrix, the looks), 2 alone."""
    if item.get_closest_marker("django_db"):
        return 2
    if item.cls and issubclass(item.cls, TransactionTestCase):
        return 2
    return int("django_db_setup" in item.fixturenames)


def pytest_runtest_setup(item):
    for marker, (there, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not there:
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test skipped for want of a browser or server fails where they have to be there."""
    report = yield
    if REQUIRE_ALL and report.skipped and any(map(item.get_closest_marker, NEEDS)):
        report.outcome = "failed"
        report.longrepr = f"skipped although YANXIU_REQUIRE_ALL is set: {call.excinfo.value}"
    return report


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """A clone of the migrated template for this process, and another after each commit."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    name = f"test_yanxiu_{worker}" if worker else "test_yanxiu"
    template = database.template_name()

    def restore(test_case):
        database.clone(template, name)

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        before = database.connection.settings_dict["NAME"]
        database.ensure_template(template)
        database.clone(template, name)
        database.use(name)
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield
        database.drop(name)
        database.use(before)


@pytest.fixture(scope="module", autouse=True)
def files_go_with_their_rows():
    """Another module's rows are other rows: its `verify` must not meet the files of these."""
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_url():
    """A real Redis; tests that use it carry the marker ``redis``."""
    return REDIS_URL


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for the whole session (tests carry the marker ``browser``)."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - where installed

    expect.set_options(timeout=20_000)  # a slow machine is no fault of the page

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
        browser = playwright.chromium.launch(
            executable_path=str(Path(CHROMIUM)), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Opens fresh browser windows: ``open_page(width=360)`` gives a Playwright page."""
    contexts = []

    def opener(*, width=1280, height=800, scheme="light", locale="zh-CN"):
        viewport = {"width": width, "height": height}
        contexts.append(chromium.new_context(viewport=viewport, color_scheme=scheme, locale=locale))
        return contexts[-1].new_page()

    yield opener
    for context in contexts:
        context.close()
