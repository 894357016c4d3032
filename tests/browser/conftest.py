import pytest

from tests import database
from tests.browser.site import Site


@pytest.fixture(scope="package")
def running_site(django_db_setup, django_db_blocker, chromium):
    """One server and one province for all browser tests; asks for Chromium first."""
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
