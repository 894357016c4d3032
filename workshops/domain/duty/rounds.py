"""What the clock does about duty: questions go on, who missed a shift and the office are told.

Each round is one or two statements over all workshops, and may run twice or at once.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from notifications.domain.notify import notify_select
from programmes.domain.phases import BEIJING

MISSED_DAYS = 7  # a missed shift of longer ago is told to nobody any more

# Takes every shift that ended; its open questions go to the next that somebody serves.
HAND_ON = """
WITH ended AS (
    UPDATE workshops_dutyshift SET handed_at = %(now)s
     WHERE ends_at <= %(now)s AND handed_at IS NULL
    RETURNING id, workshop_id, ends_at
), following AS (
    SELECT ended.*, (SELECT later.id FROM workshops_dutyshift later
                      WHERE later.workshop_id = ended.workshop_id AND later.user_id IS NOT NULL
                        AND later.starts_at >= ended.ends_at
                      ORDER BY later.starts_at LIMIT 1) AS to_id
      FROM ended
)
INSERT INTO workshops_handover (thread_id, shift_id, to_id, at)
SELECT thread.id, following.id, following.to_id, %(now)s
  FROM following
  JOIN workshops_workshop room
    ON room.id = following.workshop_id
    OR room.parent_id = following.workshop_id AND room.number > 1
  JOIN workshops_thread thread
    ON thread.workshop_id = room.id AND thread.kind = 'question'
   AND thread.answered_at IS NULL AND thread.hidden_at IS NULL
   AND thread.created_at < following.ends_at
 WHERE following.to_id IS NOT NULL
ON CONFLICT DO NOTHING
"""
HANDED = """
SELECT later.user_id, jsonb_build_object('questions', count(*), 'place', unit.name,
           'when', to_char(later.starts_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')
       ) AS parameters,
       replace(%(url)s, '/0/', '/' || later.workshop_id || '/') AS url,
       'workshops.handed:' || handed.shift_id || ':' || later.id AS key
  FROM workshops_handover handed
  JOIN workshops_dutyshift later ON later.id = handed.to_id
  JOIN workshops_workshop workshop ON workshop.id = later.workshop_id
  JOIN organisations_organisation unit ON unit.id = workshop.organisation_id
 WHERE handed.at = %(now)s AND later.user_id IS NOT NULL AND later.ends_at > %(now)s
 GROUP BY handed.shift_id, later.id, unit.name
"""
SHIFT_WORDS = """
jsonb_build_object('place', unit.name, 'name', coalesce(person.real_name, '–'), 'when',
    to_char(shift.starts_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')) AS parameters,
replace(%(url)s, '/0/', '/' || shift.workshop_id || '/') AS url
"""
SHIFTS = """
  FROM workshops_dutyshift shift
  JOIN workshops_workshop workshop ON workshop.id = shift.workshop_id
  JOIN organisations_organisation unit ON unit.id = workshop.organisation_id
  LEFT JOIN accounts_user person ON person.id = shift.user_id
"""
MISSED = f"""
SELECT told.user_id, {SHIFT_WORDS}, 'workshops.duty_missed:' || shift.id AS key
{SHIFTS}
  JOIN LATERAL (
      SELECT shift.user_id WHERE shift.user_id IS NOT NULL
      UNION
      SELECT post.user_id FROM accounts_appointment post
       WHERE post.organisation_id = workshop.organisation_id AND post.ended_at IS NULL
         AND post.role IN ('administrator', 'project_officer')
         AND post.starts_on <= %(today)s AND (post.ends_on IS NULL OR post.ends_on >= %(today)s)
  ) told ON TRUE
 WHERE shift.ends_at <= %(now)s AND shift.ends_at > %(since)s
   AND NOT EXISTS (SELECT 1 FROM workshops_dutycheckin seen WHERE seen.shift_id = shift.id)
"""  # noqa: S608 - ours
TOMORROW = f"""
SELECT shift.user_id, {SHIFT_WORDS},
       'workshops.duty_tomorrow:' || shift.id || ':' || shift.user_id AS key
{SHIFTS}
 WHERE shift.user_id IS NOT NULL AND shift.starts_at >= %(since)s AND shift.starts_at < %(until)s
"""  # noqa: S608 - ours


@transaction.atomic
def hand_on(*, now: datetime) -> int:
    """Hand the open questions of every shift that ended to the next on duty, who is told.

    Safe to repeat: each shift is handed on once, whoever comes first.

    Returns: hand-overs written.
    Source: R38.
    """
    with connection.cursor() as cursor:
        cursor.execute(HAND_ON, {"now": now})
        handed = cursor.rowcount
    if handed:
        url = reverse("workshops:talk", args=[0]) + "?show=waiting"
        notify_select(HANDED, {"now": now, "url": url}, "workshops.handed")
    return handed


def tell_missed(*, now: datetime) -> int:
    """Tell the host who missed a shift, and the workshop's office, once. Returns: people told.

    Source: R38.
    """
    values = {"now": now, "since": now - timedelta(days=MISSED_DAYS)}
    return notify_select(MISSED, values | _shared(now), "workshops.duty_missed")


def remind(*, now: datetime) -> int:
    """Tell everybody who is on duty tomorrow. Safe to repeat. Returns: people told."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    since = datetime.combine(tomorrow, time.min, tzinfo=BEIJING)
    values = {"since": since, "until": since + timedelta(days=1)}
    return notify_select(TOMORROW, values | _shared(now), "workshops.duty_tomorrow")


def _shared(now: datetime) -> dict[str, Any]:
    return {"url": reverse("workshops:duty", args=[0]), "today": timezone.localdate(now)}
