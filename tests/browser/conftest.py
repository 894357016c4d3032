from dataclasses import replace

import pytest
from django.db import transaction

from tests import database
from tests.browser.site import Site
from tests.browser.window import Window
from tests.world import make_world


@pytest.fixture(scope="session")
def window(chromium):
    """One browser page that looks at all the others."""
    opened = Window(chromium)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def province(window, django_db_setup, django_db_blocker):
    """The world, made once in a transaction that never ends well; the browser is there before."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(province):
    """The shared world with things of the look's own."""
    with transaction.atomic():
        yield replace(province, things={})
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def running_site(django_db_setup, django_db_blocker, chromium):
    """One server and one province for a module of journeys; asks for Chromium first."""
    with django_db_blocker.unblock():
        site = Site(database.template_name())
        yield site
        site.close()


@pytest.fixture
def site(running_site):
    """The site with nothing in it but the province of ``tests.world``."""
    running_site.fresh()
    return running_site


@pytest.fixture
def visit(site, open_page):
    """Opens a page as a person: ``visit("/space/", person="teacher_home", width=360)``."""

    def open_as(path, *, person="anonymous", language="zh-hans", **look):
        page = open_page(**look)
        page.context.add_cookies(site.cookies_of(person))
        page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
        page.goto(site.url + path)
        return page

    return open_as
