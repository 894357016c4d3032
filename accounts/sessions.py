"""Sessions in the database, read together with the person: one statement per request.

Named in ``SESSION_ENGINE``; ``accounts.middleware.PersonMiddleware`` asks ``person_of``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.backends import db
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import Session, User
from accounts.models.appointment import holds_on_sql
from core.rows import Columns, rows_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

PERSON = Columns(User, "person")
READ = f"""
SELECT session.session_data,
       EXISTS (SELECT FROM accounts_appointment held
                WHERE held.user_id = person.id AND {holds_on_sql("held", "%(today)s")}),
       {PERSON}
  FROM accounts_session session LEFT JOIN accounts_user person ON person.id = session.user_id
 WHERE session.session_key = %(key)s AND session.expire_date > %(now)s
"""  # noqa: S608 - names of this product's own columns


class SessionStore(db.SessionStore):
    """Django's own store; ``person`` is the row that came with the session, if any."""

    person: User | None = None

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row

    def load(self):
        values = {"now": timezone.now(), "today": timezone.localdate(), "key": self.session_key}
        for row in rows_of(READ, values):
            data, appointed, self.person = next(row), next(row), PERSON.read(row)
            if self.person and not appointed:  # a teacher: nothing to look up for rights
                self.person.current_appointments = []
            return self.decode(data)
        self._session_key = None
        return {}


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """Who is signed in, without a further query when the session's own check holds.

    Whatever is out of the ordinary (a check that fails, an earlier key, a fresh session) is
    left to Django's ``get_user``, which reads the person itself and ends such a session.
    """
    session = request.session
    user_id = session.get(SESSION_KEY)
    person = getattr(session, "person", None)
    if (
        person is not None
        and user_id == str(person.pk)
        and person.is_active
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    ):
        return person
    return get_user(request)
