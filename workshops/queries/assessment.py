"""What an assessment is made from, and its lists. Each read is one statement over the set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Rank

from organisations.models import Organisation
from programmes.models import Programme
from workshops.models import Assessment, HostResult
from workshops.policy import DUTY_OWED
from workshops.queries.acts import ACTS

# What was granted about one act holds while that act counts: it is not taken away twice.
# Whoever held a term in a main workshop of the unit on a day of the time, with the last term.
COUNTS = f"""
WITH candidate AS (
    SELECT host.workshop_id AS main_id, host.user_id, max(host.id) AS term_id
      FROM workshops_host host
      JOIN workshops_workshop main ON main.id = host.workshop_id AND main.number = 1
       AND main.programme_id = %(programme)s AND main.organisation_id = %(organisation)s
     WHERE host.starts_on <= %(to)s AND (host.ends_on IS NULL OR host.ends_on >= %(from)s)
       AND (host.ended_at IS NULL
            OR (host.ended_at AT TIME ZONE 'Asia/Shanghai')::date >= %(from)s)
     GROUP BY 1, 2
), counted AS (
    SELECT main_id, user_id, jsonb_object_agg(kind, acts) AS counts
      FROM (SELECT act.main_id, act.user_id, act.kind, count(*) AS acts
              FROM ({ACTS}) act JOIN candidate USING (main_id, user_id)
             WHERE (act.at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(from)s AND %(to)s
             GROUP BY 1, 2, 3) one
     GROUP BY 1, 2
), owed AS (
    SELECT shift.workshop_id AS main_id, shift.user_id,
           jsonb_build_object('{DUTY_OWED}', count(*)) AS shifts
      FROM workshops_dutyshift shift
     WHERE shift.ends_at <= now() AND shift.user_id IS NOT NULL
       AND (shift.starts_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(from)s AND %(to)s
     GROUP BY 1, 2
), adjusted AS (
    SELECT main_id, user_id, jsonb_object_agg(kind, change) AS changes
      FROM (SELECT result.workshop_id AS main_id, result.user_id, adjustment.kind,
                   sum(adjustment.change) AS change
              FROM workshops_adjustment adjustment
              JOIN workshops_hostresult result ON result.id = adjustment.result_id
              JOIN workshops_correction asked ON asked.id = adjustment.correction_id
             WHERE result.assessment_id = %(assessment)s
               AND (asked.act_key IS NULL OR EXISTS (
                   SELECT 1 FROM ({ACTS}) act
                    WHERE (act.user_id, act.main_id) = (result.user_id, result.workshop_id)
                      AND (act.kind, act.key) = (asked.act_kind, asked.act_key)))
             GROUP BY 1, 2, 3) one
     GROUP BY 1, 2
)
SELECT main_id, user_id, term_id, coalesce(counts, '{{}}') || coalesce(shifts, '{{}}'),
       coalesce(changes, '{{}}')
  FROM candidate LEFT JOIN counted USING (main_id, user_id)
  LEFT JOIN owed USING (main_id, user_id)
  LEFT JOIN adjusted USING (main_id, user_id)
 ORDER BY main_id, user_id
"""  # noqa: S608 - ours


@dataclass(frozen=True)
class HostCounts:
    """A host of one workshop with what was counted and what rulings changed."""

    workshop: int
    user: int
    term: int
    counts: dict[str, int] = field(default_factory=dict)
    adjusted: dict[str, int] = field(default_factory=dict)


def host_counts(
    programme: Programme,
    organisation: Organisation,
    starts_on: date,
    ends_on: date,
    assessment: int | None = None,
) -> list[HostCounts]:
    """The counts of all hosts of the unit's own workshops in that time. One query."""
    values: dict[str, Any] = {
        "programme": programme.pk,
        "organisation": organisation.pk,
        "from": starts_on,
        "to": ends_on,
        "assessment": assessment,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, values)
        return [
            HostCounts(room, user, term, _read(counts), _read(changes))
            for room, user, term, counts, changes in cursor
        ]


def _read(value: Any) -> dict[str, int]:
    return json.loads(value) if isinstance(value, str) else value


def ranked(assessment: Assessment, wanted: Mapping[str, str]) -> QuerySet[HostResult]:
    """The standing results, the highest first, each with its place; narrowed by ``wanted``.

    ``wanted``: field, grade, decided ("yes", "no"), q (the beginning of the name). The place is
    among all of the assessment's, whatever is shown.
    """
    place = Window(Rank(), order_by=F("total").desc())
    rows = assessment.results.standing().annotate(place=place)
    return with_people(rows.filter(_fitting(wanted))).order_by("-total", "user__real_name", "pk")


def _fitting(wanted: Mapping[str, str]) -> Q:
    """What is shown. Alternatives that name the place are applied after the places are given;
    conditions without it would be applied before, and leave gaps in the set that is ranked."""
    shown = Q()
    if wanted.get("field"):
        shown &= Q(workshop__field=wanted["field"])
    if wanted.get("grade"):
        shown &= Q(grade=wanted["grade"])
    if wanted.get("decided") in ("yes", "no"):
        shown &= Q(decision__isnull=wanted["decided"] == "no")
    if wanted.get("q"):
        shown &= Q(user__real_name__startswith=wanted["q"])
    return shown | Q(place__lt=1) if shown else shown


def with_people(rows: QuerySet[HostResult]) -> QuerySet[HostResult]:
    """Joined with whom and where a result is about."""
    place = ("organisation", "programme", "parent__organisation")
    joined = rows.select_related(
        "user__school", "term", "decision", "certificate", *(f"workshop__{one}" for one in place)
    )
    return joined.defer("workshop__programme__rule_pack")


def grades_of(assessment: Assessment) -> dict[str, int]:
    """How many hosts reached each grade. One query."""
    rows = assessment.results.standing().order_by().values_list("grade")
    return dict(rows.annotate(hosts=Count("pk")))
