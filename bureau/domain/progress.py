"""The roll-up behind the boards: every unit's figures, counted by the database in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from bureau.models import UnitProgress
from credits.enums import RegistrationState
from credits.models import Registration
from credits.queries import completion_sql
from organisations.models import Organisation
from organisations.queries import reach, reach_sql, reach_values
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Category, EnrolmentState
from programmes.models import Programme

STATES = ("entered", "confirmed", "approved", "returned")
BUCKETS = 7  # six sixths of the hours asked for, and complete
COUNTS = (*STATES, "required_complete", "all_complete", "registered")


def _spread_columns(prefix: str) -> list[str]:
    return [f"{prefix}{bucket}" for bucket in range(BUCKETS)]


_REQUIRED, _ALL = _spread_columns("r"), _spread_columns("a")
_BY_SCHOOL = ",\n".join(
    [
        *(f"count(*) FILTER (WHERE state = '{state}') AS {state}" for state in STATES),
        f"count(*) FILTER (WHERE required_bucket = {BUCKETS - 1}) AS required_complete",
        f"count(*) FILTER (WHERE bucket = {BUCKETS - 1}) AS all_complete",
        "count(*) FILTER (WHERE is_registered) AS registered",
        *(
            f"count(*) FILTER (WHERE required_bucket = {at}) AS {name}"
            for at, name in enumerate(_REQUIRED)
        ),
        *(f"count(*) FILTER (WHERE bucket = {at}) AS {name}" for at, name in enumerate(_ALL)),
    ]
)
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in (*COUNTS, *_REQUIRED, *_ALL))
FIGURES = f"""
WITH hours AS ({{completion}}),
person AS (
    SELECT e.school_id, e.state,
           least(floor(h.required * 6 / %(required_needed)s), 5)
             + (h.required >= %(required_needed)s)::int AS required_bucket,
           least(floor(h.counted * 6 / %(all_needed)s), 5)
             + h.complete::int AS bucket,
           EXISTS (SELECT FROM credits_registration r
                   WHERE r.enrolment_id = e.id AND r.state = 'registered') AS is_registered
    FROM programmes_enrolment e
    LEFT JOIN hours h ON h.enrolment_id = e.id
    WHERE e.programme_id = %(programme)s AND e.state <> 'withdrawn'
),
school AS (SELECT school_id, {_BY_SCHOOL} FROM person GROUP BY school_id),
unit AS (
    SELECT ancestor.key::bigint AS organisation_id, {_SUMS}
    FROM school JOIN organisations_organisation o ON o.id = school.school_id
    LEFT JOIN organisations_organisation acting ON acting.id = o.acting_county_id
    CROSS JOIN LATERAL unnest(string_to_array(
        coalesce(acting.path || o.id, rtrim(o.path, '/')), '/')) AS ancestor(key)
    GROUP BY ancestor.key
)"""  # noqa: S608 - own text
_SPREADS = ", ".join(f"ARRAY[{', '.join(names)}]::int[]" for names in (_REQUIRED, _ALL))
_COLUMNS = (*COUNTS, "required_spread", "spread")
REWRITE = f"""{FIGURES},
gone AS (
    DELETE FROM bureau_unitprogress
    WHERE programme_id = %(programme)s
      AND organisation_id NOT IN (SELECT organisation_id FROM unit)
)
INSERT INTO bureau_unitprogress
  (programme_id, organisation_id, {", ".join(_COLUMNS)}, counted_at)
SELECT %(programme)s, organisation_id, {", ".join(COUNTS)}, {_SPREADS}, statement_timestamp()
FROM unit ORDER BY organisation_id
ON CONFLICT (programme_id, organisation_id) DO UPDATE
SET {", ".join(f"{name} = excluded.{name}" for name in (*_COLUMNS, "counted_at"))}"""  # noqa: S608


@dataclass(frozen=True)
class Figures:
    """What a board shows of one unit. Units: persons."""

    entered: int = 0
    confirmed: int = 0
    approved: int = 0
    returned: int = 0
    required_complete: int = 0
    all_complete: int = 0
    registered: int = 0


@transaction.atomic
def count_progress(programme: Programme) -> int:
    """Rewrite the roll-up of ``programme`` in one statement. Safe to repeat.

    Two runs never overlap: the second finds the first at work and leaves.
    Returns: units counted; 0 when somebody else is counting.
    """
    held = Programme.objects.select_for_update(skip_locked=True, no_key=True)
    if not held.filter(pk=programme.pk).values_list("pk", flat=True).first():
        return 0
    sql, values = _statement(REWRITE, programme)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def figures_from_details(programme: Programme, organisation: Organisation) -> Figures:
    """The same figures counted anew from enrolments and ledger, for one unit only.

    It shares nothing with the roll-up but the ledger's own definition of completion: states
    are counted by the ORM, and each person's hours one by one.
    """
    enrolments = programme.enrolments.filter(reach(organisation, "school"))
    states = {state: enrolments.filter(state=state).count() for state in STATES}
    needed = _needed(programme)[Category.REQUIRED]
    sql, values = completion_sql(
        programme,
        f"enrolment.state = 'approved' AND {reach_sql('school')}",
        reach_values(organisation),
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT required, complete FROM ({sql}) person", values)  # noqa: S608
        people = cursor.fetchall()
    registered = Registration.objects.filter(
        enrolment__in=enrolments.exclude(state=EnrolmentState.WITHDRAWN),
        state=RegistrationState.REGISTERED,
    )
    return Figures(
        **states,
        registered=registered.count(),
        required_complete=sum(1 for required, _complete in people if required >= needed),
        all_complete=sum(1 for _required, complete in people if complete),
    )


def figures_rolled_up(programme: Programme, organisation: Organisation) -> Figures:
    """What the boards show at present; all 0 while nobody of the unit is on a list."""
    rolled = UnitProgress.objects.filter(programme=programme, organisation=organisation)
    return Figures(**(rolled.values(*COUNTS).first() or {}))


def figures_of_children(programme: Programme, organisation: Organisation) -> Figures:
    """The sum over the units directly below; equal to the unit's own figures."""
    units = Organisation.objects.directly_below(organisation)
    below = UnitProgress.objects.filter(programme=programme, organisation__in=units)
    sums = below.aggregate(**{name: Sum(name, default=0) for name in COUNTS})
    return Figures(**sums)


def _needed(programme: Programme) -> dict[str, Any]:
    parts = rule_pack_of(programme).parts
    return {
        category: sum(part.class_hours for part in parts if part.category == category)
        for category in Category.values
    }


def _statement(template: str, programme: Programme) -> tuple[str, dict[str, Any]]:
    completion, values = completion_sql(
        programme, f"enrolment.state = '{EnrolmentState.APPROVED.value}'"
    )
    needed = _needed(programme)
    values |= {
        "required_needed": needed[Category.REQUIRED],
        "all_needed": sum(needed.values()),
    }
    return template.replace("{completion}", completion), values
