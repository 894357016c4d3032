"""Coverage of duty: shifts planned, served, late and missed; questions that wait too long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from workshops.models import Workshop
from workshops.models.workshop import READERS
from workshops.policy import ANSWER_HOURS
from workshops.queries.desk import in_reach

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Organisation
    from programmes.models import Programme

# One line per family; %(mains)s are the keys of main workshops.
COVERAGE = """
WITH served AS (
    SELECT shift.workshop_id AS main, count(*) AS planned, count(seen.id) AS there,
           count(*) FILTER (WHERE seen.late) AS late,
           coalesce(sum(extract(epoch FROM shift.ends_at - greatest(shift.starts_at, seen.at)))
                    FILTER (WHERE seen.id IS NOT NULL), 0) / 3600 AS hours
      FROM workshops_dutyshift shift
      LEFT JOIN workshops_dutycheckin seen ON seen.shift_id = shift.id
     WHERE shift.workshop_id = ANY (%(mains)s) AND shift.ends_at <= %(now)s
       AND shift.starts_at >= %(since)s AND shift.starts_at < %(until)s
     GROUP BY 1
), waiting AS (
    SELECT CASE WHEN room.number = 1 THEN room.id ELSE room.parent_id END AS main,
           count(*) AS overdue
      FROM workshops_workshop room JOIN workshops_thread thread ON thread.workshop_id = room.id
     WHERE thread.kind = 'question' AND thread.answered_at IS NULL AND thread.hidden_at IS NULL
       AND thread.created_at <= %(overdue)s
       AND (room.id = ANY (%(mains)s) OR room.number > 1 AND room.parent_id = ANY (%(mains)s))
     GROUP BY 1
), passed_on AS (
    SELECT shift.workshop_id AS main, count(DISTINCT handed.thread_id) AS handed,
           count(DISTINCT handed.thread_id) FILTER (
               WHERE answer.author_id = shift.user_id AND thread.answered_at >= handed.at
           ) AS answered
      FROM workshops_handover handed
      JOIN workshops_dutyshift shift ON shift.id = handed.to_id
      JOIN workshops_thread thread ON thread.id = handed.thread_id
      LEFT JOIN workshops_post answer ON answer.id = thread.answer_id
     WHERE shift.workshop_id = ANY (%(mains)s)
       AND handed.at >= %(since)s AND handed.at < %(until)s
     GROUP BY 1
)
SELECT main, coalesce(planned, 0), coalesce(there, 0), coalesce(late, 0),
       coalesce(hours, 0)::float, coalesce(overdue, 0), coalesce(handed, 0),
       coalesce(answered, 0)
  FROM served FULL JOIN waiting USING (main) FULL JOIN passed_on USING (main)
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

    def __add__(self, other: Coverage) -> Coverage:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Coverage(*(one + another for one, another in pairs))

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
    """A family of the report by its main workshop's key, and where it belongs."""

    workshop: int
    path: str
    coverage: Coverage


def coverage_of(
    mains: Iterable[int], since: datetime, until: datetime, now: datetime
) -> dict[int, Coverage]:
    """The coverage of every family that has any, by its main workshop's key. One query."""
    values: dict[str, Any] = {
        "mains": list(mains),
        "since": since,
        "until": until,
        "now": now,
        "overdue": now - timedelta(hours=ANSWER_HOURS),
    }
    with connection.cursor() as cursor:
        cursor.execute(COVERAGE, values)
        return {main: Coverage(*counts) for main, *counts in cursor.fetchall()}


def family_lines(
    user: User,
    programme: Programme,
    unit: Organisation,
    field: str,
    span: tuple[datetime, datetime],
    now: datetime,
) -> list[FamilyLine]:
    """Every family at or below ``unit`` that the user's office sees. Two queries."""
    rows = in_reach(user, programme).filter(number=1, organisation__path__startswith=unit.path)
    if field:
        rows = rows.filter(field=field)
    rows = rows.order_by("field", "organisation__path")
    found = list(rows.values_list("pk", "organisation__path"))
    covered = coverage_of([pk for pk, _path in found], *span, now)
    return [FamilyLine(pk, path, covered.get(pk, Coverage())) for pk, path in found]


def total(lines: Iterable[FamilyLine]) -> Coverage:
    return sum((one.coverage for one in lines), Coverage())


def by_unit(
    lines: Sequence[FamilyLine], own: Organisation, below: Iterable[Organisation]
) -> list[tuple[Organisation, Coverage]]:
    """The families of the unit itself, then those rolled up under each of the units below it."""
    here = total(one for one in lines if one.path == own.path)
    rolled = [
        (unit, total(one for one in lines if one.path.startswith(unit.path))) for unit in below
    ]
    return [(own, here), *rolled]


def most_urgent(lines: Iterable[FamilyLine]) -> list[FamilyLine]:
    """What somebody should look at first: questions that wait, missed shifts, late ones."""

    def trouble(line: FamilyLine) -> tuple[int, int, int, bool]:
        sums = line.coverage
        return (-sums.missed, -sums.overdue, -sums.late, not sums.planned)

    return sorted(lines, key=trouble)


def workshops_of(lines: Sequence[FamilyLine]) -> dict[int, Workshop]:
    """The workshops of some lines, with what their titles are made of. One query."""
    rows = Workshop.objects.with_place().filter(pk__in=[one.workshop for one in lines])
    return {one.pk: one for one in rows}


def highest_unit(user: User) -> Organisation | None:
    """The highest unit for which the user reads the desk of workshops."""
    held = [one.organisation for one in user.current_appointments if one.role in READERS]
    return min(held, key=lambda unit: (unit.level, unit.pk), default=None)
