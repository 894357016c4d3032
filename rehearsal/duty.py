"""Duty of every workshop with a host: some rotas by the planner, the others set by set."""

from datetime import time, timedelta

from django.db import connection
from django.utils import timezone

from workshops.domain.duty.planning import carry_out_plan, try_plan
from workshops.domain.duty.rounds import hand_on, remind, tell_missed
from workshops.domain.duty.slots import set_scheme
from workshops.models import DutyShift, Host, Workshop

BY_PLANNER = 10
WEEKS = 4
# One host of every workshop that has no rota yet, on every working day of the next weeks.
PLAN = """
INSERT INTO workshops_dutyshift (workshop_id, user_id, starts_at, ends_at, planned_at)
SELECT term.workshop_id, min(term.user_id),
       (day + interval '19 hours') AT TIME ZONE 'Asia/Shanghai',
       (day + interval '21 hours') AT TIME ZONE 'Asia/Shanghai', now()
  FROM workshops_host term
  JOIN workshops_workshop workshop ON workshop.id = term.workshop_id
 CROSS JOIN generate_series(%(first)s::timestamp, %(last)s::timestamp, '1 day') day
 WHERE workshop.programme_id = %(programme)s AND term.ended_at IS NULL
   AND extract(isodow FROM day) < 6
   AND NOT EXISTS (SELECT 1 FROM workshops_dutyscheme one WHERE one.workshop_id = workshop.id)
 GROUP BY term.workshop_id, day
ON CONFLICT DO NOTHING
"""
# Everybody has just served a shift, but one in ten.
SERVED = """
WITH over AS (
    INSERT INTO workshops_dutyshift (workshop_id, user_id, starts_at, ends_at, planned_at)
    SELECT workshop_id, min(user_id), %(now)s - interval '3 hours', %(now)s - interval '1 hour',
           %(now)s
      FROM workshops_dutyshift WHERE user_id IS NOT NULL GROUP BY workshop_id
    ON CONFLICT DO NOTHING
    RETURNING id, user_id, starts_at
)
INSERT INTO workshops_dutycheckin (shift_id, user_id, at, late)
SELECT id, user_id, starts_at, FALSE FROM over WHERE id %% 10 > 0
"""


def plan_all(year) -> int:
    """Returns: shifts."""
    hosted = Host.objects.current().filter(workshop__programme=year.programme).values("workshop")
    start = timezone.localdate() + timedelta(days=1)
    for workshop in Workshop.objects.filter(pk__in=hosted).order_by("pk")[:BY_PLANNER]:
        days = {"weekdays": [1, 2, 3, 4, 5], "working_days_only": True, "begins_at": time(19)}
        set_scheme(workshop, shift_minutes=120, shifts_a_day=1, by=year.officer, **days)
        shown = try_plan(workshop, first=start, weeks=WEEKS, now=timezone.now())
        mark = shown.fingerprint
        carry_out_plan(workshop, first=start, weeks=WEEKS, fingerprint=mark, by=year.officer)
    values = {"programme": year.programme.pk, "first": start}
    with connection.cursor() as cursor:
        cursor.execute(PLAN, values | {"last": start + timedelta(days=7 * WEEKS - 1)})
    return DutyShift.objects.count()


def serve_all(year) -> int:
    """A shift is over: check-ins, questions handed on, missed ones told. Returns: check-ins."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(SERVED, {"now": now})
        served = cursor.rowcount
    hand_on(now=now)
    tell_missed(now=now)
    remind(now=now)
    return served


STAGES = (("rotas", plan_all), ("duty", serve_all))
