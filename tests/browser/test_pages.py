"""Every page: axe finds nothing, nothing scrolls sideways, no other host is asked."""

import pytest
from django.conf import settings
from django.test import TestCase

from tests.browser.pages import all_looks
from tests.browser.window import new_client

pytestmark = pytest.mark.browser
BACKEND = "django.contrib.auth.backends.ModelBackend"


def client_of(world, look):
    client = new_client()
    if look.person != "anonymous":
        client.force_login(world.people[look.person], backend=BACKEND)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = look.language
    return client


def is_whole_page(answer):
    starts = answer.getvalue().lstrip()[:15].lower()  # a file is read to its end, which closes it
    return answer.headers["Content-Type"].startswith("text/html") and starts == b"<!doctype html>"


@pytest.mark.parametrize("look", all_looks(), ids=lambda look: look.name)
def test_a_page_is_open_to_everybody_and_keeps_to_itself(world, window, look):
    with TestCase.captureOnCommitCallbacks(execute=True):
        address = look.build(world)
    client = client_of(world, look)
    answer = client.get(address, follow=True)
    assert answer.status_code == look.status, f"{address} as {look.person}"
    path = answer.wsgi_request.get_full_path()
    if not is_whole_page(answer) or path.startswith("/cms/"):
        return  # a file, data, a fragment that stands in another page; or Wagtail's own
    assert window.faults_of(path, answer, client) == []
