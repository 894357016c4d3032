"""Carrying a plan out: workshops, then seats, each by one statement over the whole set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import connection
from psycopg import sql

from workshops.domain.building import link_parents
from workshops.domain.placing.pools import Planned

if TYPE_CHECKING:
    from accounts.models import User
    from workshops.models import Placement

LINES = """
CREATE TEMPORARY TABLE placement_line (
    field text, organisation_id bigint, number int, position int, school_id bigint,
    first int, people int
) ON COMMIT DROP
"""
COLUMNS = ("field", "organisation_id", "number", "position", "school_id", "first", "people")
OPEN = """
INSERT INTO workshops_workshop
       (programme_id, kind, stage, subject, topic, organisation_id, parent_id, number, cap, name,
        state, opened_by_id, opened_at)
SELECT %(programme)s, part.kind,
       CASE part.kind WHEN 'subject' THEN part.first ELSE '' END,
       CASE part.kind WHEN 'subject' THEN part.second ELSE '' END,
       CASE part.kind WHEN 'topic' THEN part.first ELSE '' END,
       line.organisation_id, main.id, line.number, %(cap)s, '', 'open', %(by)s, now()
  FROM (SELECT DISTINCT field, organisation_id, CASE WHEN %(mains)s THEN 1 ELSE number END AS number
          FROM placement_line) line
 CROSS JOIN LATERAL (SELECT split_part(line.field, ':', 1) AS kind,
                            split_part(line.field, ':', 2) AS first,
                            split_part(line.field, ':', 3) AS second) part
  LEFT JOIN workshops_workshop main
    ON main.programme_id = %(programme)s AND main.field = line.field
   AND main.organisation_id = line.organisation_id AND main.number = 1 AND line.number > 1
 ORDER BY line.field, line.organisation_id, line.number
ON CONFLICT (programme_id, field, organisation_id, number) DO NOTHING
"""
# Two tables of the transaction instead of two subqueries: their sizes are then known to the
# planner, which otherwise compares everybody with every seat.
FREE = """
CREATE TEMPORARY TABLE placement_free ON COMMIT DROP AS
SELECT room.id, seat.number AS seat,
       row_number() OVER (PARTITION BY room.id ORDER BY seat.number) AS turn
  FROM workshops_workshop room
  JOIN (SELECT DISTINCT field, organisation_id, number FROM placement_line) line
    USING (field, organisation_id, number)
 CROSS JOIN LATERAL generate_series(1, room.cap) AS seat (number)
 WHERE room.programme_id = %(programme)s
   AND NOT EXISTS (SELECT 1 FROM workshops_membership held
                    WHERE held.workshop_id = room.id AND held.seat = seat.number
                      AND held.left_at IS NULL)
"""
PEOPLE = """
CREATE TEMPORARY TABLE placement_person ON COMMIT DROP AS
SELECT room.id, room.field, roster.user_id,
       row_number() OVER (PARTITION BY room.id ORDER BY line.position, roster.place) AS turn
  FROM placement_line line
  JOIN workshops_workshop room USING (field, organisation_id, number)
  JOIN placement_roster roster
    ON roster.field = line.field AND roster.school_id = line.school_id
   AND roster.place > line.first AND roster.place <= line.first + line.people
 WHERE room.programme_id = %(programme)s
"""
SIT = """
INSERT INTO workshops_membership
       (workshop_id, programme_id, field, teacher_id, seat, way, joined_at, joined_by_id, leaving)
SELECT person.id, %(programme)s, person.field, person.user_id, free.seat, 'placement', now(),
       %(by)s, ''
  FROM placement_person person JOIN placement_free free USING (id, turn)
 ORDER BY person.id, free.seat
"""
TABLES = ("placement_line", "placement_free", "placement_person")


def store_plan(placement: Placement, planned: Sequence[Planned], *, by: User) -> int:
    """Open the workshops that are missing and seat everybody. Returns: people seated."""
    values = {"programme": placement.programme_id, "cap": placement.cap, "by": by.pk}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(LINES)
        statement = sql.SQL("COPY placement_line ({}) FROM STDIN").format(
            sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
        )
        with cursor.copy(statement) as copy:
            for row in _rows(planned):
                copy.write_row(row)
        cursor.execute("ANALYZE placement_line")
        for mains in (True, False):
            cursor.execute(OPEN, values | {"mains": mains})
        cursor.execute(FREE, values)
        cursor.execute(PEOPLE, values)
        cursor.execute("ANALYZE placement_free, placement_person, workshops_workshop")
        cursor.execute(SIT, values)
        seated = cursor.rowcount
        cursor.execute("ANALYZE workshops_membership")
    link_parents(placement.programme)
    return seated


def _rows(planned: Iterable[Planned]) -> Iterable[tuple[object, ...]]:
    for one in planned:
        field, organisation = one.place
        for position, part in enumerate(one.chunk.parts):
            school = part.school.key
            yield field, organisation, one.number, position, school, part.first, part.people
