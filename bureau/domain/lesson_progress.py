"""The roll-up of lessons, reviews and national study: every unit in one statement (R4, R8, R9)."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from lessons.domain.hours_sql import REVIEWED, STUDIED
from lessons.domain.research import school_year_of
from lessons.queries.research import OWING
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme

COUNTS = (
    "research_owing",
    "research_given",
    "lessons_shown",
    "lessons_chosen",
    "reviews_due",
    "reviews_finished",
    "national_owing",
    "national_finished",
)
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in COUNTS)
REWRITE = f"""
WITH reviewed AS (
    SELECT user_id, count(*) AS finished FROM ({REVIEWED} AND assignment.replaced_at IS NULL) done
     GROUP BY 1
), due AS (
    SELECT assignment.user_id, count(*) AS due FROM lessons_draw draw
      JOIN lessons_caseassignment assignment ON assignment.draw_id = draw.id
       AND assignment.replaced_at IS NULL
     WHERE draw.programme_id = %(programme)s GROUP BY 1
), studied AS (
    SELECT user_id FROM ({STUDIED}) done GROUP BY 1 HAVING count(*) >= %(watched)s
), person AS (
    SELECT e.school_id,
           (e.person_type = ANY (%(owing)s))::int AS research_owing,
           (e.person_type = ANY (%(owing)s) AND EXISTS (
               SELECT FROM lessons_researchlesson r
                WHERE r.teacher_id = e.user_id AND r.school_year = %(school_year)s))::int
             AS research_given,
           0 AS lessons_shown, 0 AS lessons_chosen,
           coalesce(due.due, 0) AS reviews_due, coalesce(reviewed.finished, 0) AS reviews_finished,
           (e.state = 'approved')::int AS national_owing,
           (e.state = 'approved' AND studied.user_id IS NOT NULL)::int AS national_finished
      FROM programmes_enrolment e
      LEFT JOIN due ON due.user_id = e.user_id
      LEFT JOIN reviewed ON reviewed.user_id = e.user_id
      LEFT JOIN studied ON studied.user_id = e.user_id
     WHERE e.programme_id = %(programme)s AND e.state <> 'withdrawn'
    UNION ALL
    SELECT l.school_id, 0, 0, (l.state <> 'chosen')::int, (l.state = 'chosen')::int, 0, 0, 0, 0
      FROM lessons_lesson l
     WHERE l.programme_id = %(programme)s AND l.barred_at IS NULL
       AND l.state IN ('shown', 'proposed', 'chosen')
), school AS (SELECT school_id, {_SUMS} FROM person GROUP BY school_id),
unit AS (
    SELECT ancestor.key::bigint AS organisation_id, {_SUMS}
      FROM school JOIN organisations_organisation o ON o.id = school.school_id
      LEFT JOIN organisations_organisation acting ON acting.id = o.acting_county_id
     CROSS JOIN LATERAL unnest(string_to_array(
         coalesce(acting.path || o.id, rtrim(o.path, '/')), '/')) AS ancestor(key)
     GROUP BY ancestor.key
), gone AS (
    DELETE FROM bureau_unitlessons
     WHERE programme_id = %(programme)s
       AND organisation_id NOT IN (SELECT organisation_id FROM unit)
)
INSERT INTO bureau_unitlessons (programme_id, organisation_id, {", ".join(COUNTS)}, counted_at)
SELECT %(programme)s, organisation_id, {", ".join(COUNTS)}, statement_timestamp()
  FROM unit ORDER BY organisation_id
ON CONFLICT (programme_id, organisation_id) DO UPDATE
SET {", ".join(f"{name} = excluded.{name}" for name in (*COUNTS, "counted_at"))}
"""  # noqa: S608 - own texts


@transaction.atomic
def count_lessons(programme: Programme) -> int:
    """Rewrite the roll-up of lessons of ``programme`` in one statement. Safe to repeat.

    Two runs never overlap: the second finds the first at work and leaves. The research lessons
    are those of the school year that is under way.

    Returns: units counted; 0 when somebody else is counting.
    """
    held = Programme.objects.select_for_update(skip_locked=True, no_key=True)
    if not held.filter(pk=programme.pk).values_list("pk", flat=True).first():
        return 0
    values: dict[str, Any] = {
        "programme": programme.pk,
        "users": None,
        "watched": rule_pack_of(programme).national_lessons.watched,
        "owing": OWING,
        "school_year": school_year_of(timezone.localdate()),
    }
    with connection.cursor() as cursor:
        cursor.execute(REWRITE, values)
        return cursor.rowcount
