"""A teacher's browser in a few lines: studies and answers for ever, and remembers every yes."""

import http.client
import itertools
import json
import threading
import time
from urllib.parse import urlencode

CSRF = "c" * 32
QUESTIONS = 10


class ScriptedClient(threading.Thread):
    """``studied`` and ``answers`` hold what the server acknowledged with 200."""

    def __init__(self, port, story):
        super().__init__(daemon=True)
        self._port, self._story, self._token = port, story, story["token"]
        self._cookie = f"sessionid={story['session']}; csrftoken={CSRF}"
        self._ended = threading.Event()
        self.opened_at = time.monotonic()
        self.studied = 0
        self.answers, self.sent, self.answered_at = {}, {}, time.monotonic()
        self.longest_silence = 0.0
        self.unexpected = []

    def run(self):
        for number in itertools.count():
            if self._ended.is_set():
                return
            self._study()
            self._answer(1 + number % QUESTIONS, str(number // QUESTIONS % 4))
            time.sleep(0.2)

    def close(self):
        self._ended.set()
        self.join()

    def _study(self):
        wall = time.monotonic() - self.opened_at
        claim = {"from": self.studied, "to": int(wall), "ago": 0}
        if claim["to"] <= claim["from"]:
            return
        body = json.dumps({"token": self._token, "beats": [claim]})
        if answer := self._post("/videos/beat/", body, "application/json"):
            self.studied, self._token = answer["watched_seconds"], answer["token"]

    def _answer(self, position, option):
        self.sent.setdefault(position, []).append(option)
        path = f"/courses/attempts/{self._story['attempt']}/answer/"
        body = urlencode({f"q{position}": option})
        if self._post(path, body, "application/x-www-form-urlencoded"):
            self.answers[position] = option
            self.sent[position] = [option]
            self.longest_silence = max(self.longest_silence, time.monotonic() - self.answered_at)
            self.answered_at = time.monotonic()

    def _post(self, path, body, content_type):
        headers = {"Content-Type": content_type, "Cookie": self._cookie, "X-CSRFToken": CSRF}
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        if response.status >= 500:
            return None
        if response.status != 200:
            self.unexpected.append((path, response.status, text[:200]))
            return None
        return json.loads(text)
