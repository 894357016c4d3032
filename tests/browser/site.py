"""The real site for a real browser: its own database with a small province, its own server."""

import shutil

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread

from accounts.sessions import SessionStore
from tests import database
from tests.world import World, make_world


class Site:
    """A server over a database that each test may change as it likes."""

    def __init__(self, template: str):
        self.before = database.connection.settings_dict["NAME"]
        self.base, self.work = f"{self.before}_province", f"{self.before}_browser"
        database.clone(template, self.base)
        database.use(self.base)
        self.world: World = make_world()
        self.fresh()
        self.server = LiveServerThread("127.0.0.1", static_handler=StaticFilesHandler)
        self.server.daemon = True
        self.server.start()
        self.server.is_ready.wait()
        if self.server.error:
            raise self.server.error

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def fresh(self) -> None:
        """Back to the bare province, which has no files."""
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        database.use(self.work)
        database.clone(self.base, self.work)
        self.world.things.clear()

    def cookies_of(self, person: str) -> list[dict]:
        """A signed-in session of a person of the world; nothing for the anonymous."""
        if person == "anonymous":
            return []
        user = self.world.people[person]
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        name = settings.SESSION_COOKIE_NAME
        return [{"name": name, "value": session.session_key, "url": self.url}]

    def close(self) -> None:
        self.server.terminate()
        for name in (self.work, self.base):
            database.drop(name)
        database.use(self.before)
