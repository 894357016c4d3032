"""Evening out the workshops of a family: shown first, then done exactly so (A11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from core.domain.audit import record_act
from workshops.domain.placing.balancing import Change, Filled, digest_of, even_out
from workshops.domain.seats import lock_family
from workshops.errors.seats import MembersChanged
from workshops.models import Workshop

if TYPE_CHECKING:
    from accounts.models import User

PEOPLE = """
SELECT room.id, room.cap, coalesce(person.school_id, 0), count(held.id)
  FROM workshops_workshop room
  LEFT JOIN workshops_membership held ON held.workshop_id = room.id AND held.left_at IS NULL
  LEFT JOIN accounts_user person ON person.id = held.teacher_id
 WHERE (room.id = %(main)s OR room.parent_id = %(main)s AND room.number > 1)
   AND room.state = 'open'
 GROUP BY 1, 2, 3 ORDER BY 1, 3
"""
RISE = """
UPDATE workshops_membership held
   SET left_at = clock_timestamp(), left_by_id = %(by)s, leaving = 'moved'
  FROM unnest(%(schools)s::bigint[], %(sources)s::bigint[], %(targets)s::bigint[])
       AS change (school, source, target), accounts_user person
 WHERE held.workshop_id = change.source AND held.left_at IS NULL
   AND person.id = held.teacher_id AND coalesce(person.school_id, 0) = change.school
RETURNING held.teacher_id, change.target
"""
SIT = """
WITH mover AS (
    SELECT person, room, row_number() OVER (PARTITION BY room ORDER BY turn) AS turn
      FROM unnest(%(people)s::bigint[], %(rooms)s::bigint[]) WITH ORDINALITY
           AS moved (person, room, turn)
), free AS (
    SELECT room.id, seat.number,
           row_number() OVER (PARTITION BY room.id ORDER BY seat.number) AS turn
      FROM workshops_workshop room
     CROSS JOIN LATERAL generate_series(1, room.cap) AS seat (number)
     WHERE room.id = ANY (%(rooms)s)
       AND NOT EXISTS (SELECT 1 FROM workshops_membership held
                        WHERE held.workshop_id = room.id AND held.seat = seat.number
                          AND held.left_at IS NULL)
)
INSERT INTO workshops_membership
       (workshop_id, programme_id, field, teacher_id, seat, way, joined_at, joined_by_id, leaving)
SELECT free.id, %(programme)s, %(field)s, mover.person, free.number, 'move',
       clock_timestamp(), %(by)s, ''
  FROM mover JOIN free ON free.id = mover.room AND free.turn = mover.turn
"""


def changes_for(main: Workshop) -> list[Change]:
    """Which schools would change the workshop. One query."""
    found: dict[int, tuple[int, dict[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"main": main.pk})
        for room, cap, school, people in cursor.fetchall():
            found.setdefault(room, (cap, {}))[1].update({school: people} if people else {})
    return even_out([Filled(room, cap, schools) for room, (cap, schools) in found.items()])


@transaction.atomic
def balance(workshop: Workshop, *, digest: str, by: User) -> int:
    """Move what ``changes_for`` showed under the fingerprint ``digest``. Returns: people moved.

    The family stays locked, so nobody joins or leaves meanwhile.

    Raises: MembersChanged when the same family would now be evened out differently.
    Source: A11.
    """
    main = lock_family(workshop)
    changes = changes_for(main)
    if digest_of(changes) != digest:
        raise MembersChanged
    values: dict[str, Any] = {
        "by": by.pk,
        "schools": [one.school for one in changes],
        "sources": [one.source for one in changes],
        "targets": [one.target for one in changes],
    }
    with connection.cursor() as cursor:
        cursor.execute(RISE, values)
        moved = cursor.fetchall()
        seats = {
            "people": [person for person, _room in moved],
            "rooms": [room for _person, room in moved],
            "programme": main.programme_id,
            "field": main.field,
            "by": by.pk,
        }
        cursor.execute(SIT, seats)
    record_act("workshops.balance", main, by=by, to_state=str(len(moved)))
    return len(moved)
