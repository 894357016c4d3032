"""The offices' report of duty: sums, units below and the families that need a look first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workshops.models import Workshop, WorkshopQuerySet
from workshops.models.workshop import READERS
from workshops.queries.desk import in_reach
from workshops.queries.duty_coverage import Coverage, FamilyLine, Span, asked_of_lines

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Organisation
    from programmes.models import Programme

SHOWN = ("missed", "late", "overdue", "none")

# Every block of the page reads the same lines, which cost more than all the rest: one statement
# counts them once. "branch" is the unit directly below the asked one, null for its own families;
# a page beyond the last is the last.
REPORT = """
, asked AS (
    SELECT *, count(*) OVER () AS found, row_number() OVER (
               ORDER BY planned - there DESC, overdue DESC, late DESC, planned = 0, field, path
           ) AS place
      FROM line
     WHERE CASE %(show)s WHEN 'missed' THEN planned > there WHEN 'late' THEN late > 0
                         WHEN 'overdue' THEN overdue > 0 WHEN 'none' THEN planned = 0
                         ELSE true END
), placed AS (
    SELECT *, nullif(split_part(substr(path, length(%(at)s) + 1), '/', 1), '')::bigint AS branch
      FROM line
)
SELECT CASE grouping(branch) WHEN 1 THEN 'all' ELSE 'unit' END AS block, branch AS key,
       0 AS place, coalesce(sum(planned), 0)::bigint, coalesce(sum(there), 0)::bigint,
       coalesce(sum(late), 0)::bigint, coalesce(sum(hours), 0),
       coalesce(sum(overdue), 0)::bigint, coalesce(sum(handed), 0)::bigint,
       coalesce(sum(answered), 0)::bigint, count(*), count(*) FILTER (WHERE planned > there),
       count(*) FILTER (WHERE late > 0), count(*) FILTER (WHERE overdue > 0),
       count(*) FILTER (WHERE planned = 0)
  FROM placed GROUP BY GROUPING SETS ((), (branch))
 UNION ALL
SELECT 'line', main, place, planned, there, late, hours, overdue, handed, answered, 1, 0, 0, 0, 0
  FROM asked
 WHERE (place - 1) / %(rows)s = least(%(page)s - 1, (found - 1) / %(rows)s)
 ORDER BY block, place
"""


@dataclass(frozen=True)
class DutyReport:
    """What the page shows. ``units``: by the key of the unit directly below, None for the own.

    ``counts``: families by what ``show`` would leave; ``lines``: those of one page.
    """

    sums: Coverage
    families: int
    counts: Mapping[str, int]
    units: Mapping[int | None, Coverage]
    lines: Sequence[FamilyLine]


def families_below(
    user: User, programme: Programme, unit: Organisation, *, field: str = "", level: str = ""
) -> WorkshopQuerySet:
    """The families at or below ``unit`` that the user's office sees, by their main workshops."""
    rows = in_reach(user, programme).filter(number=1, organisation__path__startswith=unit.path)
    if field:
        rows = rows.filter(field=field)
    if level in ("1", "2", "3"):
        rows = rows.filter(organisation__level=int(level))
    return rows


def duty_report(
    families: WorkshopQuerySet,
    unit: Organisation,
    span: Span,
    now: datetime,
    *,
    show: str,
    page: int,
    rows: int,
) -> DutyReport:
    """All blocks of the report, with the page's most urgent families. One query.

    First come missed shifts, then questions that wait, then late ones.
    """
    asked = {"at": unit.path, "show": show, "page": page, "rows": rows}
    found: dict[str, list[Any]] = {"all": [], "unit": [], "line": []}
    for block, key, _place, *figures in asked_of_lines(REPORT, families, span, now, **asked):
        found[block].append((key, Coverage(*figures[:7]), figures[7:]))
    ((_key, sums, (count, *counts)),) = found["all"]
    return DutyReport(
        sums=sums,
        families=count,
        counts=dict(zip(SHOWN, counts, strict=True)),
        units={key: one for key, one, _counts in found["unit"]},
        lines=[FamilyLine(key, one) for key, one, _counts in found["line"]],
    )


def workshops_of(lines: Sequence[FamilyLine]) -> dict[int, Workshop]:
    """The workshops of some lines, with what their titles are made of. One query."""
    rows = Workshop.objects.with_place().filter(pk__in=[one.workshop for one in lines])
    return {one.pk: one for one in rows}


def highest_unit(user: User) -> Organisation | None:
    """The highest unit for which the user reads the desk of workshops."""
    held = [one.organisation for one in user.current_appointments if one.role in READERS]
    return min(held, key=lambda unit: (unit.level, unit.pk), default=None)
