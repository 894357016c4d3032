"""Seats follow the enrolment: whoever withdraws or teaches another subject gives the seat up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from core.domain.audit import record_acts
from notifications.domain.notify import notify
from workshops.enums.seats import Leaving
from workshops.models import Membership

# In the order of every other lock: enrolment (held by whoever changed it), main rows, seats.
LOCK = """
SELECT main.id FROM workshops_workshop main
 WHERE main.id IN (SELECT CASE WHEN room.number = 1 THEN room.id ELSE room.parent_id END
                     FROM workshops_membership held
                     JOIN workshops_workshop room ON room.id = held.workshop_id
                    WHERE held.teacher_id = ANY (%(people)s) AND held.left_at IS NULL
                      AND held.programme_id = %(programme)s)
 ORDER BY main.id FOR NO KEY UPDATE
"""
RISE = """
UPDATE workshops_membership held
   SET left_at = clock_timestamp(), leaving = %(leaving)s
  FROM programmes_enrolment enrolment
 WHERE held.teacher_id = ANY (%(people)s) AND held.programme_id = %(programme)s
   AND held.left_at IS NULL
   AND enrolment.user_id = held.teacher_id AND enrolment.programme_id = held.programme_id
   AND (enrolment.state = 'withdrawn'
        OR held.field LIKE 'subject:%%'
       AND held.field <> 'subject:' || enrolment.stage || ':' || enrolment.subject)
RETURNING held.id, held.teacher_id
"""


def follow_enrolments(programme_id: int, user_ids: Sequence[int]) -> int:
    """Free the seats of those of ``user_ids`` who withdrew or whose subject is another now.

    In the caller's transaction. Safe to repeat. They are told, and can join where they belong.

    Returns: seats freed.
    Source: R28, A11.
    """
    values: dict[str, Any] = {
        "people": list(user_ids),
        "programme": programme_id,
        "leaving": Leaving.WITHDRAWN.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOCK, values)
        cursor.execute(RISE, values)
        freed = cursor.fetchall()
    if freed:
        keys = [key for key, _person in freed]
        record_acts("workshops.leave", Membership, keys, by=None, why=Leaving.WITHDRAWN)
        notify((person for _key, person in freed), "workshops.seat_freed", {}, "/workshops/mine/")
    return len(freed)
