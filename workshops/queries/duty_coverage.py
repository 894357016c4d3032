"""Coverage of duty: shifts planned, served, late and missed; questions that wait too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from workshops.models import WorkshopQuerySet
from workshops.policy import ANSWER_HOURS

Span = tuple[datetime, datetime]

# One line per family, under the name "line"; <families> yields its main workshop's key, field
# and path. Hours are added as intervals and turned into a number once, which costs half.
LINES = """
WITH family (main, field, path) AS MATERIALIZED (<families>), served AS (
    SELECT family.main, count(*) AS planned, count(seen.id) AS there,
           count(*) FILTER (WHERE seen.late) AS late,
           extract(epoch FROM sum(shift.ends_at - greatest(shift.starts_at, seen.at))
                              FILTER (WHERE seen.id IS NOT NULL))::float / 3600 AS hours
      FROM family JOIN workshops_dutyshift shift ON shift.workshop_id = family.main
      LEFT JOIN workshops_dutycheckin seen ON seen.shift_id = shift.id
     WHERE shift.ends_at <= %(now)s
       AND shift.starts_at >= %(since)s AND shift.starts_at < %(until)s
     GROUP BY 1
), waiting AS (
    SELECT family.main, count(*) AS overdue
      FROM family
      JOIN workshops_workshop room
        ON family.main = CASE WHEN room.number = 1 THEN room.id ELSE room.parent_id END
      JOIN workshops_thread thread ON thread.workshop_id = room.id
     WHERE thread.kind = 'question' AND thread.answered_at IS NULL AND thread.hidden_at IS NULL
       AND thread.created_at <= %(overdue)s
     GROUP BY 1
), passed_on AS (
    SELECT family.main, count(DISTINCT handed.thread_id) AS handed,
           count(DISTINCT handed.thread_id) FILTER (
               WHERE answer.author_id = shift.user_id AND thread.answered_at >= handed.at
           ) AS answered
      FROM workshops_handover handed
      JOIN workshops_dutyshift shift ON shift.id = handed.to_id
      JOIN family ON family.main = shift.workshop_id
      JOIN workshops_thread thread ON thread.id = handed.thread_id
      LEFT JOIN workshops_post answer ON answer.id = thread.answer_id
     WHERE handed.at >= %(since)s AND handed.at < %(until)s
     GROUP BY 1
), line AS MATERIALIZED (
    SELECT main, field, path, coalesce(planned, 0) AS planned, coalesce(there, 0) AS there,
           coalesce(late, 0) AS late, coalesce(hours, 0) AS hours,
           coalesce(overdue, 0) AS overdue, coalesce(handed, 0) AS handed,
           coalesce(answered, 0) AS answered
      FROM family LEFT JOIN served USING (main) LEFT JOIN waiting USING (main)
      LEFT JOIN passed_on USING (main)
)
"""
EVERY = """
SELECT main, planned, there, late, hours, overdue, handed, answered
  FROM line ORDER BY field, path
"""


@dataclass(frozen=True)
class Coverage:
    """Duty of one family or of many. Shifts that are over; ``hours`` that somebody was there.

    ``overdue``: questions unanswered for more than 48 hours, now. ``handed``: questions that
    came to a next on duty, ``answered`` those that this one answered.
    """

    planned: int = 0
    there: int = 0
    late: int = 0
    hours: float = 0.0
    overdue: int = 0
    handed: int = 0
    answered: int = 0

    @property
    def missed(self) -> int:
        return self.planned - self.there

    @property
    def on_time(self) -> int:
        return self.there - self.late

    @property
    def share(self) -> int | None:
        """Shifts at which somebody was there. Units: whole percent; None without shifts."""
        return self.there * 100 // self.planned if self.planned else None


@dataclass(frozen=True)
class FamilyLine:
    """A family of the report by its main workshop's key."""

    workshop: int
    coverage: Coverage


def family_lines(families: WorkshopQuerySet, span: Span, now: datetime) -> list[FamilyLine]:
    """Every one of the ``families`` (main workshops) by field and place. One query."""
    rows = asked_of_lines(EVERY, families, span, now)
    return [FamilyLine(main, Coverage(*sums)) for main, *sums in rows]


def asked_of_lines(
    question: str, families: WorkshopQuerySet, span: Span, now: datetime, **values: Any
) -> list[Any]:
    """The rows of ``question``, the product's own SQL over ``line``. One query."""
    wanted = families.order_by().values_list("pk", "field", "organisation__path")
    chosen, given = wanted.query.sql_with_params()
    named = chosen % tuple(f"%(family{place})s" for place in range(len(given)))
    values |= {f"family{place}": one for place, one in enumerate(given)}
    values |= {"since": span[0], "until": span[1], "now": now}
    values["overdue"] = now - timedelta(hours=ANSWER_HOURS)
    with connection.cursor() as cursor:
        cursor.execute(LINES.replace("<families>", named) + question, values)
        return cursor.fetchall()
