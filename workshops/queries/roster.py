"""Who is to be placed: written into a table of the transaction, read by groups, never by rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from organisations.queries import reach_sql, reach_values

if TYPE_CHECKING:
    from workshops.models import Placement

# Somebody without a county (research staff of a city) stands in the unit that is there.
ROSTER = f"""
CREATE TEMPORARY TABLE placement_roster ON COMMIT DROP AS
WITH enrolled AS (
    SELECT enrolment.id, enrolment.user_id, enrolment.school_id,
           'subject:' || enrolment.stage || ':' || enrolment.subject AS field
      FROM programmes_enrolment enrolment
     WHERE enrolment.programme_id = %(programme)s AND enrolment.state = 'approved'
), chosen AS (
    SELECT DISTINCT enrolled.id, enrolled.user_id, enrolled.school_id,
           'topic:' || course.topic AS field
      FROM enrolled
      JOIN courses_coursechoice choice ON choice.enrolment_id = enrolled.id
      JOIN courses_course course ON course.id = choice.course_id
     WHERE %(field)s LIKE 'topic:%%'
), wanted AS (
    SELECT * FROM enrolled WHERE %(field)s IN ('', field)
    UNION ALL
    SELECT * FROM chosen WHERE field = %(field)s
)
SELECT wanted.user_id, wanted.field, wanted.school_id,
       unit.id AS county_id,
       coalesce(nullif(split_part(unit.path, '/', 2), '')::bigint, unit.id) AS city_id,
       split_part(unit.path, '/', 1)::bigint AS province_id,
       row_number() OVER (PARTITION BY wanted.field, wanted.school_id
                          ORDER BY wanted.user_id) AS place
  FROM wanted
  JOIN organisations_organisation school ON school.id = wanted.school_id
  JOIN organisations_organisation unit
    ON unit.id = coalesce(school.acting_county_id, school.parent_id)
 WHERE {reach_sql("school")}
   AND NOT EXISTS (SELECT 1 FROM workshops_membership held
                    WHERE held.teacher_id = wanted.user_id AND held.field = wanted.field
                      AND held.programme_id = %(programme)s AND held.left_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM workshops_host host
                     JOIN workshops_workshop hosted ON hosted.id = host.workshop_id
                    WHERE host.user_id = wanted.user_id AND host.ended_at IS NULL
                      AND hosted.field = wanted.field
                      AND hosted.programme_id = %(programme)s
                      AND coalesce(host.ends_on, 'infinity')
                          >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
"""  # noqa: S608 - own text
GROUPS = """
SELECT field, province_id, city_id, county_id, school_id, count(*)
  FROM placement_roster GROUP BY 1, 2, 3, 4, 5
"""
# The families that have members already keep what they have and are filled first.
FAMILIES = """
SELECT room.field, room.organisation_id, room.number, room.cap, room.taken
  FROM workshops_workshop room
 WHERE room.programme_id = %(programme)s AND room.state = 'open'
 ORDER BY room.field, room.organisation_id, room.number
"""


def write_roster(placement: Placement) -> None:
    """Everybody of the placement's fields below its unit who has no seat and does not host.

    Two statements; the table ends with the transaction.
    """
    values: dict[str, Any] = {"programme": placement.programme_id, "field": placement.field}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS placement_roster")
        cursor.execute(ROSTER, values | reach_values(placement.organisation))
        cursor.execute("ANALYZE placement_roster")


def roster_groups() -> list[tuple[str, int, int, int, int, int]]:
    """Field, province, city, county, school and people, one row per field and school."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPS)
        return cursor.fetchall()


def open_rooms(placement: Placement) -> list[tuple[str, int, int, int, int]]:
    """Field, organisation, number, cap and people of every open workshop of the year."""
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"programme": placement.programme_id})
        return cursor.fetchall()
