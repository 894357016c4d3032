"""The roll-up of every workshop's last seven days, in one statement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from programmes.models import Programme
from workshops.policy import ANSWER_HOURS

COUNTS = ("waiting", "overdue", "posts", "active", "reports")
REWRITE = f"""
WITH waiting AS (
    SELECT workshop_id, count(*) AS waiting,
           count(*) FILTER (WHERE created_at <= %(late)s) AS overdue
      FROM workshops_thread
     WHERE kind = 'question' AND answered_at IS NULL AND hidden_at IS NULL GROUP BY 1
), said AS (
    SELECT thread.workshop_id, count(*) AS posts, count(DISTINCT post.author_id) AS active
      FROM workshops_post post JOIN workshops_thread thread ON thread.id = post.thread_id
     WHERE post.created_at >= %(since)s AND post.hidden_at IS NULL GROUP BY 1
), pointed_out AS (
    SELECT post_id FROM workshops_report WHERE settled_at IS NULL
     UNION
    SELECT post_id FROM workshops_wordhit WHERE settled_at IS NULL
), reported AS (
    SELECT thread.workshop_id, count(*) AS reports FROM pointed_out
      JOIN workshops_post post ON post.id = pointed_out.post_id
      JOIN workshops_thread thread ON thread.id = post.thread_id GROUP BY 1
)
INSERT INTO workshops_workshopweek (workshop_id, {", ".join(COUNTS)}, counted_at)
SELECT workshop.id, {", ".join(f"coalesce({name}, 0)" for name in COUNTS)}, %(now)s
  FROM workshops_workshop workshop
  LEFT JOIN waiting ON waiting.workshop_id = workshop.id
  LEFT JOIN said ON said.workshop_id = workshop.id
  LEFT JOIN reported ON reported.workshop_id = workshop.id
 WHERE workshop.programme_id = %(programme)s ORDER BY workshop.id
ON CONFLICT (workshop_id) DO UPDATE
   SET {", ".join(f"{name} = excluded.{name}" for name in (*COUNTS, "counted_at"))}
"""  # noqa: S608 - ours


@transaction.atomic
def count_weeks(programme: Programme) -> int:
    """Count every workshop of ``programme`` anew. Safe to repeat, by several at once.

    Returns: workshops counted.
    """
    now = timezone.now()
    values: dict[str, Any] = {
        "programme": programme.pk,
        "now": now,
        "since": now - timedelta(days=7),
        "late": now - timedelta(hours=ANSWER_HOURS),
    }
    with connection.cursor() as cursor:
        cursor.execute(REWRITE, values)
        return cursor.rowcount
