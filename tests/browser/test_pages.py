"""Every page: axe finds nothing, nothing scrolls sideways, no other host is asked."""

import pytest

from tests.browser.faults import Listener, faults_of
from tests.browser.pages import all_looks

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", all_looks(), ids=lambda look: look.name)
def test_a_page_is_open_to_everybody_and_keeps_to_itself(site, open_page, look):
    path = look.build(site.world)
    page = open_page()
    page.context.add_cookies(site.cookies_of(look.person))
    page.context.add_cookies([{"name": "django_language", "value": look.language, "url": site.url}])
    answer = page.request.get(site.url + path)
    assert answer.status == look.status, f"{path} as {look.person}"
    if not answer.headers["content-type"].startswith("text/html"):
        return  # a file or data, nothing to look at
    listener = Listener(page, site.url)
    page.goto(site.url + path)
    page.wait_for_load_state("load")
    assert faults_of(page) + listener.faults == []
