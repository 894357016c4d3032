"""What a teacher's browser sends, as a sequence of requests per round."""

import http.client
import json
from urllib.parse import urlencode

from benchmarks.server import PORT

CSRF = "c" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
BEAT_SECONDS = 20


class Session:
    """One signed-in person on one kept-alive connection."""

    def __init__(self, teacher: dict, known: dict):
        self.known, self.tokens, self.beats = known, teacher["tokens"], 0
        self.teacher = teacher
        self._cookie = f"sessionid={teacher['session']}; csrftoken={CSRF}"
        self._connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.statements = 0

    def ask(self, method, path, body=None, headers=None, *, count=False):
        """The response's status, text and headers; counts its SQL when asked."""
        sent = {
            "Cookie": self._cookie,
            **(headers or {}),
            **({"X-Count-SQL": "1"} if count else {}),
        }
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        text = response.read()
        if response.status >= 400:
            raise SystemExit(f"{method} {path}: {response.status} {text[:300]!r}")
        self.statements += int(response.headers.get("X-SQL", 0))
        return response, text


def bare(session, **counting):
    session.ask("GET", "/bare/", **counting)


def space(session, **counting):
    _response, text = session.ask("GET", "/space/", **counting)
    assert "学时" in text.decode()


def course(session, **counting):
    _response, text = session.ask("GET", f"/courses/{session.known['course']}/", **counting)
    assert text.count(b"/modules/") >= 50 or text.count("单元".encode()) >= 50


def beat(session, **counting):
    """The next twenty seconds of the hour that the page has been open."""
    number, start = divmod(session.beats * BEAT_SECONDS, 3000)
    ago = 3500 - start - BEAT_SECONDS
    claim = {"from": start, "to": start + BEAT_SECONDS, "ago": ago}
    session.beats += 1
    body = json.dumps({"token": session.tokens[number % len(session.tokens)], "beats": [claim]})
    session.ask("POST", "/videos/beat/", body, {"Content-Type": "application/json"}, **counting)


def attempt(session, **counting):
    """Start, read the paper, answer ten questions one by one, hand in, read the result."""
    path = f"/courses/{session.known['course']}/test/start/"
    response, _text = session.ask("POST", path, "", FORM, **counting)
    place = response.headers["Location"]
    assert "/attempts/" in place, f"no sitting was opened: {place}"
    session.ask("GET", place, **counting)
    for position in range(1, 11):
        body = urlencode({f"q{position}": "0"})
        session.ask("POST", f"{place}answer/", body, FORM, **counting)
    session.ask("POST", f"{place}hand-in/", "", FORM, **counting)
    session.ask("GET", place, **counting)
