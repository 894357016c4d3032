"""The study clock on PostgreSQL: two statements per beat under one person's row lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from videos.domain.settlement import Claim, Page, Settlement, settle
from videos.domain.spans import Span
from videos.errors import PageExpired
from videos.models import StudyClock, StudyRecord
from videos.models.multirange import as_multirange, spans_of
from videos.signals import unit_studied

# Both rows are locked: after a wait PostgreSQL rereads locked rows only.
LOCK = """
SELECT clock.spent_until, record.id, record.watched, record.watched_seconds,
       record.position_seconds, unit.length_seconds
  FROM videos_studyclock clock
  JOIN videos_studyrecord record ON record.user_id = clock.user_id AND record.unit_id = %(unit)s
  JOIN videos_studyunit unit ON unit.id = record.unit_id
 WHERE clock.user_id = %(user)s
   FOR NO KEY UPDATE OF clock, record
"""

START = """
WITH clock AS (
    INSERT INTO videos_studyclock (user_id, started_at, spent_until, top_speed)
    VALUES (%(user)s, %(opened_at)s, %(opened_at)s, %(speed)s)
    ON CONFLICT (user_id) DO NOTHING)
INSERT INTO videos_studyrecord
       (user_id, unit_id, watched, position_seconds, opened_at, last_beat_at)
SELECT %(user)s, unit.id, '{}', 0, %(opened_at)s, %(now)s
  FROM videos_studyunit unit WHERE unit.id = %(unit)s
    ON CONFLICT (user_id, unit_id) DO NOTHING
"""

CREDIT = """
WITH clock AS (
    UPDATE videos_studyclock
       SET spent_until = %(spent_until)s, top_speed = greatest(top_speed, %(speed)s)
     WHERE user_id = %(user)s)
UPDATE videos_studyrecord
   SET watched = watched + %(earned)s::int4multirange,
       position_seconds = %(position)s,
       opened_at = least(opened_at, %(opened_at)s),
       last_beat_at = greatest(last_beat_at, %(now)s)
 WHERE id = %(record)s
RETURNING watched, watched_seconds
"""


@dataclass(frozen=True)
class Coverage:
    """What a person has studied of a unit after a beat. Units: seconds."""

    watched_seconds: int
    length_seconds: int
    ranges: list[Span]
    earned_seconds: int = 0


@transaction.atomic
def record_beat(
    user_id: int,
    unit_id: int,
    page: Page,
    claims: Sequence[Claim],
    *,
    position: int | None = None,
    needed_percent: int = 0,
    now: datetime | None = None,
) -> Coverage:
    """Credit what ``claims`` earn on the person's one clock and tell the floors above.

    The person's clock row stays locked, so parallel beats earn one after another. Safe to
    repeat. A beat without claims only notes that the page is open. ``position`` is where the
    player stands, to resume there; ``needed_percent`` is passed on with the news.

    Raises: PageExpired when the unit is gone.
    Source: R7-R12; requirements 2.1.
    """
    now = now or timezone.now()
    key: dict[str, Any] = {"user": user_id, "unit": unit_id, "now": now}
    key |= {"opened_at": page.opened_at, "speed": page.speed}
    with connection.cursor() as cursor:
        spent_until, record, watched, before, stood_at, length = _lock(cursor, key)
        known = spans_of(watched)
        settlement = settle(
            claims, page, now=now, spent_until=spent_until, watched=known, length=length
        )
        stands_at = stood_at if position is None else max(0, min(position, length))
        if settlement == Settlement([], spent_until) and stands_at == stood_at:
            return Coverage(before, length, known)
        change: dict[str, Any] = {
            "record": record,
            "position": stands_at,
            "spent_until": settlement.spent_until,
        }
        cursor.execute(CREDIT, key | change | {"earned": as_multirange(settlement.earned)})
        watched, after = cursor.fetchone()
    if after > before:
        unit_studied.send(
            StudyRecord,
            user_id=user_id,
            unit_id=unit_id,
            watched_seconds=after,
            length_seconds=length,
            before_seconds=before,
            needed_percent=needed_percent,
        )
    return Coverage(after, length, spans_of(watched), after - before)


def hold_clocks(user_ids: Iterable[int]) -> None:
    """Make acts of one person wait for each other until the caller's transaction ends.

    Each of two acts at once would miss what the other has not committed yet, and hours that
    need both would be posted by neither. A beat holds the clock from its beginning, so all
    others wait here.
    """
    clocks = StudyClock.objects.select_for_update(no_key=True).filter(user__in=list(user_ids))
    list(clocks.order_by("user").values_list("user", flat=True))


def _lock(cursor, key: dict) -> tuple:
    """The person's clock and record, locked; made first when this is their first beat here."""
    cursor.execute(LOCK, key)
    row = cursor.fetchone()
    if row is None:
        cursor.execute(START, key)
        cursor.execute(LOCK, key)
        row = cursor.fetchone()
    if row is None:
        raise PageExpired
    return row
