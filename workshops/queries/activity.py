"""Activity of workshops, rolled up by unit: what an office sees of those below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from organisations.models import Organisation
from organisations.queries import reach_sql, reach_values

if TYPE_CHECKING:
    from programmes.models import Programme

COUNTS = ("workshops", "full", "members", "active", "posts", "waiting", "overdue", "reports")
# By the unit directly below ``path``; '' are the workshops of the unit itself.
BY_UNIT = """
SELECT split_part(substr(place.path, length(%(path)s) + 1), '/', 1) AS below,
       count(*), count(*) FILTER (WHERE workshop.taken >= workshop.cap),
       sum(workshop.taken), coalesce(sum(week.active), 0), coalesce(sum(week.posts), 0),
       coalesce(sum(week.waiting), 0), coalesce(sum(week.overdue), 0),
       coalesce(sum(week.reports), 0), max(week.counted_at)
  FROM workshops_workshop workshop
  JOIN organisations_organisation place ON place.id = workshop.organisation_id
  LEFT JOIN workshops_workshopweek week ON week.workshop_id = workshop.id
 WHERE workshop.programme_id = %(programme)s AND starts_with(place.path, %(path)s)
   AND (%(field)s = '' OR starts_with(workshop.field || ':', %(field)s || ':'))
 GROUP BY 1
"""
# Teachers with a seat, those of them who wrote this week in the workshop where they sit.
BY_SCHOOL = f"""
WITH seated AS (
    SELECT DISTINCT school.id AS school_id, seat.teacher_id, seat.workshop_id
      FROM organisations_organisation school
      JOIN accounts_user person ON person.school_id = school.id
      JOIN workshops_membership seat ON seat.teacher_id = person.id AND seat.left_at IS NULL
       AND seat.programme_id = %(programme)s
       AND (%(field)s = '' OR starts_with(seat.field || ':', %(field)s || ':'))
     WHERE {reach_sql("school")}
), said AS (
    SELECT seated.school_id, seated.teacher_id,
           (SELECT count(*) FROM workshops_post post
              JOIN workshops_thread thread ON thread.id = post.thread_id
             WHERE post.author_id = seated.teacher_id AND post.created_at >= %(since)s
               AND post.hidden_at IS NULL AND thread.workshop_id = seated.workshop_id) AS posts
      FROM seated
)
SELECT school_id, count(DISTINCT teacher_id),
       count(DISTINCT teacher_id) FILTER (WHERE posts > 0), sum(posts)
  FROM said GROUP BY 1
"""  # noqa: S608 - ours


@dataclass(frozen=True)
class Counts:
    """Sums over workshops; ``active`` counts a person once in each workshop."""

    workshops: int = 0
    full: int = 0
    members: int = 0
    active: int = 0
    posts: int = 0
    waiting: int = 0
    overdue: int = 0
    reports: int = 0
    counted_at: datetime | None = None

    def __add__(self, other: Counts) -> Counts:
        sums = {name: getattr(self, name) + getattr(other, name) for name in COUNTS}
        moments = [one for one in (self.counted_at, other.counted_at) if one]
        return Counts(**sums, counted_at=min(moments, default=None))


@dataclass(frozen=True)
class SchoolCounts:
    """Teachers of a school with a seat, those who wrote in the last seven days, their posts."""

    members: int = 0
    active: int = 0
    posts: int = 0


def activity_below(programme: Programme, unit: Organisation, field: str = "") -> dict[int, Counts]:
    """The sums by the key of the unit directly below; the unit's own under its key. One query.

    ``field``: "", a stage ("subject:primary"), or a subject or topic.
    """
    values = {"programme": programme.pk, "path": unit.path, "field": field}
    return {
        int(below or unit.pk): Counts(
            **dict(zip(COUNTS, map(int, numbers), strict=True)), counted_at=at
        )
        for below, *numbers, at in _rows(BY_UNIT, values)
    }


def activity_of_schools(
    programme: Programme, unit: Organisation, field: str = ""
) -> dict[int, SchoolCounts]:
    """The schools below a county (or a school itself) by their keys. One query."""
    since = timezone.now() - timedelta(days=7)
    values = {"programme": programme.pk, "field": field, "since": since} | reach_values(unit)
    return {key: SchoolCounts(*map(int, numbers)) for key, *numbers in _rows(BY_SCHOOL, values)}


def _rows(statement: str, values: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
