"""What the browsers of a workshop's members send, per round."""

from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.flows import FORM

REPLY = "我也这样试过两次，学生的问题比我准备的更好；下周把记录发到资源里。" * 3


def thread(session, **counting):
    """A thread of fifty posts."""
    _thread(session, session.known["short"], "", **counting)


def thread_long(session, **counting):
    """A page in the middle of a thread of 1,500 posts."""
    _thread(session, session.known["long"], "?page=17", **counting)


def _thread(session, key, page, **counting):
    _response, text = session.ask("GET", f"/workshops/threads/{key}/{page}", **counting)
    assert text.count(b'<article class="post') == 50


def reply(session, **counting):
    """A reply, with the notices of those who follow the thread."""
    body = urlencode({"text": REPLY, "token": str(uuid4())})
    path = f"/workshops/threads/{session.known['spoken']}/reply/"
    response, _text = session.ask("POST", path, body, FORM, **counting)
    assert "sent=1" in response.headers["Location"]


def workshop(session, **counting):
    """The home of a workshop of 300."""
    _response, text = session.ask("GET", f"/workshops/{session.known['workshop']}/", **counting)
    assert b"300" in text


def roster(session, **counting):
    """The second page of its members."""
    path = f"/workshops/{session.known['workshop']}/members/?page=2"
    _response, text = session.ask("GET", path, **counting)
    assert text.count(b"<tr") > 50 or text.count(b"<li") > 50
