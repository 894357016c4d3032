"""Reads over the ledger, for one person and for whole programmes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from credits.enums import DisputeState, RegistrationState
from credits.models import HourDispute, LedgerEntry, Registration
from organisations.queries import stands_above_sql
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey
from programmes.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme

# Hours count when they were earned before the end of the registration window (R17) of the
# enrolment's school, the latest extension of any unit above it included, and when no later
# line took them back. Every figure about completion comes from this one statement.
COMPLETION = """
    WITH part(key, category, needed) AS (
        SELECT * FROM unnest(%(keys)s::text[], %(categories)s::text[], %(needs)s::numeric[])
    ), enrolled AS (
        SELECT enrolment.id, enrolment.user_id, enrolment.school_id, enrolment.programme_id,
               coalesce((greatest(phase.closes_on, (
                   SELECT max(extension.closes_on) FROM programmes_phaseextension extension
                   JOIN organisations_organisation unit ON unit.id = extension.organisation_id
                   WHERE extension.phase_id = phase.id
                     AND {above}
               )) + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', 'infinity') AS closes_at
        FROM programmes_enrolment enrolment
        JOIN organisations_organisation school ON school.id = enrolment.school_id
        LEFT JOIN programmes_phase phase ON phase.programme_id = enrolment.programme_id
             AND phase.key = %(phase)s AND phase.closes_on IS NOT NULL
        WHERE enrolment.programme_id = %(programme)s AND {enrolments}
    ), earned AS (
        SELECT enrolled.id, line.part, sum(line.class_hours) AS class_hours
        FROM enrolled JOIN credits_ledgerentry line
          ON line.user_id = enrolled.user_id AND line.programme_id = enrolled.programme_id
        WHERE line.reverses_id IS NULL AND line.earned_at < enrolled.closes_at
          AND NOT EXISTS (
              SELECT FROM credits_ledgerentry back WHERE back.reverses_id = line.id)
        GROUP BY enrolled.id, line.part
    )
    SELECT enrolled.id AS enrolment_id, enrolled.user_id, enrolled.school_id, enrolled.closes_at,
           jsonb_object_agg(part.key, coalesce(earned.class_hours, 0)) AS hours,
           sum(least(coalesce(earned.class_hours, 0), part.needed)) AS counted,
           coalesce(sum(least(coalesce(earned.class_hours, 0), part.needed))
               FILTER (WHERE part.category = 'required'), 0) AS required,
           coalesce(sum(least(coalesce(earned.class_hours, 0), part.needed))
               FILTER (WHERE part.category = 'elective'), 0) AS elective,
           bool_and(coalesce(earned.class_hours, 0) >= part.needed) AS complete
    FROM enrolled CROSS JOIN part
    LEFT JOIN earned ON earned.id = enrolled.id AND earned.part = part.key
    GROUP BY enrolled.id, enrolled.user_id, enrolled.school_id, enrolled.closes_at
"""
ROWS = """
    SELECT enrolment_id, user_id, school_id, hours, counted, required, elective, complete
    FROM ({completion}) counted ORDER BY enrolment_id
"""


@dataclass(frozen=True)
class CompletionRow:
    """How far one enrolment is. Units: class hours."""

    enrolment_id: int
    user_id: int
    school_id: int
    hours: dict[str, Decimal]
    counted: Decimal
    required: Decimal
    elective: Decimal
    complete: bool


def hours_by_part(user: User, programme: Programme) -> dict[str, Decimal]:
    """The sum of all lines per part of the rule pack, surplus and late hours included.

    Units: class hours. Returns: a key for every part, 0 where nothing was posted.
    """
    sums = dict(
        LedgerEntry.objects.filter(user=user, programme=programme)
        .values_list("part")
        .annotate(Sum("class_hours"))
    )
    return {part.key: sums.get(part.key, Decimal(0)) for part in rule_pack_of(programme).parts}


def completion_sql(
    programme: Programme, enrolments: str = "TRUE", params: dict | None = None
) -> tuple[str, dict[str, Any]]:
    """The statement behind every completion figure, to be used as a subquery.

    ``enrolments`` narrows it by a condition on the alias ``enrolment``, with named ``params``.

    Returns: SQL with columns enrolment_id, user_id, school_id, closes_at (end of the
    registration window, may be infinity), hours (jsonb, part to class hours in time),
    counted, required, elective, complete; and its named parameters.
    """
    parts = rule_pack_of(programme).parts
    named = {
        "keys": [part.key for part in parts],
        "categories": [str(part.category) for part in parts],
        "needs": [part.class_hours for part in parts],
        "phase": PhaseKey.CREDIT_REGISTRATION.value,
        "programme": programme.pk,
    }
    return COMPLETION.format(
        enrolments=enrolments, above=stands_above_sql("unit", "school")
    ), named | (params or {})


def completion_rows(
    programme: Programme, enrolments: QuerySet[Enrolment] | None = None
) -> list[CompletionRow]:
    """How far each enrolment of ``programme`` is, in one statement.

    The numbers are those of ``requirements.requirement_of``. Give a page of enrolments, not
    a province.
    """
    condition, params = "TRUE", {}
    if enrolments is not None:
        condition = "enrolment.id = ANY(%(enrolments)s)"
        params = {"enrolments": list(enrolments.values_list("pk", flat=True))}
    sql, params = completion_sql(programme, condition, params)
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(completion=sql), params)
        return [_completion_row(row) for row in cursor.fetchall()]


def _completion_row(row: tuple) -> CompletionRow:
    enrolment_id, user_id, school_id, hours, *rest = row
    hours = json.loads(hours, parse_float=Decimal, parse_int=Decimal)
    return CompletionRow(enrolment_id, user_id, school_id, hours, *rest)


def disputes_to_answer(paths: list[str]) -> QuerySet[HourDispute]:
    """Open disputes that a unit in one of the subtrees owes an answer, the most urgent first."""
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(handler__path__startswith=path)
    open_ones = HourDispute.objects.filter(within, state=DisputeState.OPEN)
    return open_ones.order_by("due_on", "pk")


def registered_in_doubt(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Registered ones of which hours were taken back since: somebody has to look at them."""
    back = LedgerEntry.objects.filter(
        user=OuterRef("user"),
        programme=OuterRef("programme"),
        reverses__isnull=False,
        posted_at__gt=OuterRef("registered_at"),
    )
    return registrations.filter(Exists(back), state=RegistrationState.REGISTERED)


def people_named(text: str, people: QuerySet[User]) -> list[User]:
    """Those of ``people`` whose name begins with ``text``, or whose account or teacher number
    it is; at most 50."""
    named = Q(real_name__startswith=text) | Q(username=text) | Q(teacher_number=text)
    found = people.filter(named, school__isnull=False, is_active=True)
    schools = found.select_related("school__parent", "school__acting_county")
    return list(schools.order_by("real_name", "pk")[:50])
