"""Every page: axe finds nothing, nothing scrolls sideways, no other host is asked."""

import pytest

from tests.browser.faults import Listener, faults_of
from tests.browser.pages import all_looks

pytestmark = pytest.mark.browser


def is_whole_page(answer):
    html = answer.headers["content-type"].startswith("text/html")
    return html and answer.text().lstrip().lower().startswith("<!doctype html")


@pytest.mark.parametrize("look", all_looks(), ids=lambda look: look.name)
def test_a_page_is_open_to_everybody_and_keeps_to_itself(site, open_page, look):
    path = look.build(site.world)
    page = open_page()
    page.context.add_cookies(site.cookies_of(look.person))
    page.context.add_cookies([{"name": "django_language", "value": look.language, "url": site.url}])
    answer = page.request.get(site.url + path)
    assert answer.status == look.status, f"{path} as {look.person}"
    if not is_whole_page(answer) or path.startswith("/cms/"):
        return  # a file, data, a fragment that stands in another page; or Wagtail's own
    listener = Listener(page, site.url)
    page.goto(site.url + path)
    page.wait_for_load_state("load")
    assert faults_of(page) + listener.faults == []
