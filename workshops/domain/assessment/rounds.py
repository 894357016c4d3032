"""An assessment from the first results to those that stand for good."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from core.wording import day
from notifications.domain.notify import notify_select
from organisations.models import Organisation
from workshops.domain.assessment.methods import formula_of
from workshops.domain.assessment.scoring import Score, score
from workshops.enums.assessment import AssessmentState
from workshops.errors.assessment import (
    AssessmentConfirmed,
    AssessmentRuns,
    CorrectionsOpen,
    DaysOutOfOrder,
    MethodMissing,
    NobodyToAssess,
    WindowOpen,
)
from workshops.models import Assessment, Correction, HostResult, Method
from workshops.policy import CORRECTION_DAYS
from workshops.queries.assessment import HostCounts, host_counts

if TYPE_CHECKING:
    from accounts.models import User

STORE = """
INSERT INTO workshops_hostresult
       (assessment_id, workshop_id, user_id, term_id, revision, counts, adjusted, points, total,
        grade, computed_at)
SELECT %(assessment)s, workshop, "user", term, 1, counts, adjusted, points, total, grade, %(now)s
  FROM jsonb_to_recordset(%(rows)s::jsonb)
    AS made (workshop bigint, "user" bigint, term bigint, counts jsonb, adjusted jsonb,
             points jsonb, total numeric, grade text)
ON CONFLICT (assessment_id, workshop_id, user_id, revision) DO UPDATE
   SET term_id = excluded.term_id, counts = excluded.counts, adjusted = excluded.adjusted,
       points = excluded.points, total = excluded.total, grade = excluded.grade,
       computed_at = excluded.computed_at
"""
TOLD = """
SELECT result.user_id,
       jsonb_build_object('total', trim_scale(result.total)::text) || %(words)s::jsonb
         AS parameters,
       replace(%(url)s, '/0/', '/' || result.id || '/') AS url, %(key)s || result.id AS key
  FROM workshops_hostresult result
 WHERE result.assessment_id = %(assessment)s AND result.revision = 1
"""


@transaction.atomic
def start_assessment(
    method: Method,
    *,
    starts_on: date,
    ends_on: date,
    corrections_until: date | None = None,
    by: User,
) -> Assessment:
    """Count, score and show the results to the hosts, who may ask for corrections.

    The unit's row is locked: one assessment runs at a time.

    Raises: MethodMissing while the formula is a draft; DaysOutOfOrder; AssessmentRuns;
    NobodyToAssess.
    Source: R39, R40.
    """
    today = timezone.localdate()
    corrections_until = corrections_until or today + timedelta(days=CORRECTION_DAYS)
    if method.published_at is None:
        raise MethodMissing
    if ends_on < starts_on or ends_on > today or corrections_until < today:
        raise DaysOutOfOrder
    Organisation.objects.select_for_update(no_key=True).get(pk=method.organisation_id)
    running = Assessment.objects.filter(
        programme=method.programme_id, organisation=method.organisation_id
    )
    if running.filter(state=AssessmentState.SHOWN).exists():
        raise AssessmentRuns
    made = Assessment.objects.create(
        programme=method.programme,
        organisation=method.organisation,
        method=method,
        starts_on=starts_on,
        ends_on=ends_on,
        corrections_until=corrections_until,
        started_by=by,
    )
    if not _compute(made):
        raise NobodyToAssess
    record_act("workshops.start_assessment", made, by=by, to_state=made.state)
    _tell(made, "assessed", last_day=corrections_until.isoformat())
    return made


@transaction.atomic
def compute_again(assessment: Assessment, *, by: User) -> int:
    """Count anew, with the rulings of meanwhile. Safe to repeat. Returns: hosts.

    Raises: AssessmentConfirmed.
    """
    held = locked(assessment)
    if held.is_confirmed:
        raise AssessmentConfirmed
    hosts = _compute(held)
    record_act("workshops.compute_assessment", held, by=by)
    return hosts


@transaction.atomic
def confirm_assessment(assessment: Assessment, *, by: User) -> int:
    """Count a last time and let the results stand: they are frozen from now on.

    Returns: hosts.
    Raises: AssessmentConfirmed; WindowOpen until the last day of corrections is over;
    CorrectionsOpen while a request waits.
    """
    held = locked(assessment)
    if held.is_confirmed:
        raise AssessmentConfirmed
    if timezone.localdate() <= held.corrections_until:
        raise WindowOpen(day=day(held.corrections_until))
    waiting = Correction.objects.awaiting().filter(result__assessment=held).count()
    if waiting:
        raise CorrectionsOpen(waiting=waiting)
    hosts = _compute(held)
    now = timezone.now()
    HostResult.objects.filter(assessment=held).update(confirmed_at=now)
    held.state, held.confirmed_at, held.confirmed_by = AssessmentState.CONFIRMED, now, by
    held.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    record_act(
        "workshops.confirm_assessment", held, by=by, from_state="shown", to_state="confirmed"
    )
    _tell(held, "confirmed")
    return hosts


def locked(assessment: Assessment) -> Assessment:
    """The assessment with its row held until the transaction ends."""
    rows = Assessment.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("method", "programme", "organisation").get(pk=assessment.pk)


def _compute(held: Assessment) -> int:
    """One read, one pure function, one write. Returns: hosts."""
    formula = formula_of(held.method)
    counted = host_counts(held.programme, held.organisation, held.starts_on, held.ends_on, held.pk)
    scored = [(one, score(formula, one.counts, one.adjusted)) for one in counted]
    now = timezone.now()
    _store(held, scored, now)
    held.computed_at = now
    held.save(update_fields=["computed_at"])
    return len(scored)


def _store(held: Assessment, scored: Iterable[tuple[HostCounts, Score]], now: datetime) -> None:
    rows = [
        {
            "workshop": one.workshop,
            "user": one.user,
            "term": one.term,
            "counts": one.counts,
            "adjusted": one.adjusted,
            "points": made.points,
            "total": str(made.total),
            "grade": made.grade,
        }
        for one, made in scored
    ]
    with connection.cursor() as cursor:
        cursor.execute(STORE, {"assessment": held.pk, "now": now, "rows": json.dumps(rows)})


def _tell(held: Assessment, what: str, **words: str) -> None:
    words |= {"unit": held.organisation.name}
    values = {
        "assessment": held.pk,
        "words": json.dumps(words),
        "key": f"workshops.{what}:{held.pk}:",
        "url": reverse("workshops:host_result", args=[0]),
    }
    notify_select(TOLD, values, f"workshops.{what}")
