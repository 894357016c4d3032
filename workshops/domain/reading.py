"""How far somebody has read, and what somebody follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from workshops.models import Reading, Thread

if TYPE_CHECKING:
    from accounts.models import User

READ = """
INSERT INTO workshops_reading AS known (thread_id, user_id, read_to, follows)
VALUES (%(thread)s, %(user)s, %(number)s, %(follow)s)
ON CONFLICT (thread_id, user_id) DO UPDATE
   SET read_to = greatest(known.read_to, EXCLUDED.read_to),
       follows = known.follows OR EXCLUDED.follows
 WHERE known.read_to < EXCLUDED.read_to OR EXCLUDED.follows > known.follows
"""


def read_on(thread: Thread, user: User, number: int, *, follow: bool = False) -> None:
    """The user has read up to post ``number``, never back. Safe to repeat. One statement."""
    values = {"thread": thread.pk, "user": user.pk, "number": number, "follow": follow}
    with connection.cursor() as cursor:
        cursor.execute(READ, values)


def set_following(thread: Thread, user: User, *, follows: bool) -> None:
    """Be told of new posts, or no longer. Safe to repeat."""
    Reading.objects.update_or_create(thread=thread, user=user, defaults={"follows": follows})
