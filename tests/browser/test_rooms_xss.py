"""A payload in every text column of the workshops: no room's answer has markup of it, no dialog
fires in a real browser, which shows the room without the content policy that would stop it too."""

from contextvars import copy_context
from functools import partial

import pytest

from tests.browser.pages import look_at
from tests.browser.test_pages import client_of
from tests.browser.test_talk_xss import note, without_policy
from tests.browser.window import ORIGIN, ask, packed
from tests.workshops.hostile_rooms import ROOMS, overwrite
from tests.workshops.test_xss import markup_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("room", ROOMS, ids=lambda one: f"{one.url_name}{one.query}")
def test_no_payload_is_markup_and_no_dialog_fires(world, window, room):
    look = look_at(room)
    address = look.build(world)
    overwrite(ROOMS.index(room))
    client = client_of(world, look)
    answer = client.get(address, follow=True)
    path = answer.wsgi_request.get_full_path()
    shown = answer.getvalue()  # a file is read to its end, which closes it
    if not answer["Content-Type"].startswith("text/html"):
        return
    assert markup_in(shown.decode()) == []
    here = copy_context()
    window._ask = lambda request: without_policy(here.run(ask, client, request))
    page = window._at_rest()
    window._ready = {ORIGIN + path: without_policy(packed(answer))}
    heard: list[str] = []
    listen = partial(note, heard)
    page.on("dialog", listen)
    page.goto(ORIGIN + path)
    page.locator("body").wait_for()
    window.leave(page)
    page.remove_listener("dialog", listen)
    window._listener.heard()  # what a payload could not load is no fault of this look
    assert heard == []
