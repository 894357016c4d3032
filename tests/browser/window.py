"""A real browser without a server between: Django answers it inside the test's own transaction.

A server sees committed rows only, so every look would need a database of its own. Here whatever
a page asks for is handed to Django's test client as the person who looks, and the browser gets
the whole answer, content policy and all. Why: docs/decisions/0004-looks-without-a-server.md.
"""

from contextvars import copy_context

from django.db import transaction
from django.test import Client
from playwright.sync_api import Error

from tests.browser.faults import Listener, faults_of

HOST = "yanxiu.localhost"  # a browser trusts this ending as it would a certificate
ORIGIN = f"http://{HOST}"
BLANK = f"{ORIGIN}/blank/"  # of the same site: the browser keeps its process and its scripts
NOTHING = {"status": 200, "content_type": "text/html", "body": ""}
UNSENT = {"host", "cookie", "content-length", "content-type", "accept-encoding"}


class Window:
    """One browser page for one look after another; a new one only when something broke."""

    def __init__(self, chromium):
        self._chromium = chromium
        self._page = self._listener = self._storage = self._ask = None
        self._static: dict[str, dict] = {}

    def faults_of(self, path: str, answer, client) -> list[str]:
        """What is wrong with the page that ``client`` got from ``path`` as ``answer``."""
        here = copy_context()  # the browser calls back from a context without our connection
        self._ask = lambda request: here.run(ask, client, request)
        try:
            page = self._at_rest()
            self._ready = {ORIGIN + path: packed(answer)}
            page.goto(ORIGIN + path)
            found = faults_of(page)
            self.leave(page)
            return found + self._listener.heard()
        except Error:
            self.close()
            raise

    def leave(self, page):
        """Timers end, last words are said; asked again of a page that just moved on by itself."""
        try:
            page.goto(BLANK)
        except Error:
            page.goto(BLANK)

    def close(self) -> None:
        if self._page:
            self._page.context.close()
        self._page = None

    def _at_rest(self):
        if not self._page:
            context = self._chromium.new_context(locale="zh-CN", reduced_motion="reduce")
            self._page = context.new_page()
            self._page.route("**/*", self._answer)
            self._listener = Listener(self._page, ORIGIN)
            self._storage = context.new_cdp_session(self._page)
        self._storage.send("Storage.clearDataForOrigin", {"origin": ORIGIN, "storageTypes": "all"})
        self._listener.heard()  # what another test left unasked is no fault of this page
        self._page.set_viewport_size({"width": 1280, "height": 800})
        self._page.emulate_media(color_scheme="light")
        return self._page

    def _answer(self, route):
        if not route.request.url.startswith(ORIGIN):
            route.abort()  # the listener has noted it
            return
        if route.request.url == BLANK:
            route.fulfill(**NOTHING)
            return
        ready = self._ready.pop(route.request.url, None)
        route.fulfill(**(ready or self._asked(route.request)))

    def _asked(self, request) -> dict:
        """The answer to what the page asks for by itself; it should get all of it."""
        if request.url in self._static:
            return self._static[request.url]
        answer = self._ask(request)
        if answer["status"] >= 400:
            self._listener.faults.append(f"misses: {request.url} ({answer['status']})")
        elif request.url.startswith(f"{ORIGIN}/static/"):
            self._static[request.url] = answer
        return answer


def new_client() -> Client:
    """A person's side of the window, not signed in yet."""
    return Client(raise_request_exception=False, headers={"host": HOST})


def ask(client, request) -> dict:
    """The browser's request, made by ``client``."""
    headers = {key: value for key, value in request.headers.items() if key not in UNSENT}
    kind = request.headers.get("content-type", "application/octet-stream")
    path, data = request.url.removeprefix(ORIGIN), request.post_data_buffer or b""
    with transaction.atomic():
        return packed(client.generic(request.method, path, data, kind, headers=headers))


def packed(answer) -> dict:
    headers, body = dict(answer.headers), answer.getvalue()
    return {"status": answer.status_code, "headers": headers, "body": body}
