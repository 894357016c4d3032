"""Whom to remind of lessons to study and review before the required study ends (R8, R9, R12).

One statement and one line a person: drawn reviews and national lessons are told together.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from notifications.domain.deadlines import DeadlineNote, Select
from programmes.domain.closing import CLOSING, closing_values
from programmes.domain.rulepack import RulePack
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey
from programmes.queries import current_programme

STUDY_DAYS = (14, 7, 1)

FILLED = """coalesce((SELECT sum(line.class_hours) FROM credits_ledgerentry line
           WHERE line.user_id = enrolment.user_id
             AND line.programme_id = enrolment.programme_id AND line.part = %s), 0) >= %s"""

UNFINISHED = f"""
WITH offered AS (
    SELECT stage, subject, count(*) AS lessons FROM (
        SELECT lesson.stage, lesson.subject, video.state, row_number() OVER (
                   PARTITION BY lesson.stage, lesson.subject ORDER BY lesson.position) AS place
          FROM lessons_nationallesson lesson
          LEFT JOIN videos_video video ON video.id = lesson.video_id
         WHERE lesson.programme_id = %s AND lesson.withdrawn_at IS NULL) placed
     WHERE place <= %s AND state = 'ready' GROUP BY stage, subject
)
SELECT owing.user_id,
       jsonb_build_object('reviews', owing.reviews, 'national', owing.national) AS parameters,
       CASE WHEN owing.reviews > 0 THEN '/lessons/cases/' ELSE '/lessons/national/' END AS url,
       'lessons.unfinished:' || owing.programme_id || ':' || %s::text AS key
  FROM (
    SELECT enrolment.user_id, enrolment.programme_id,
           CASE WHEN {FILLED} THEN 0 ELSE (
               SELECT count(*) FROM lessons_draw draw
                 JOIN lessons_caseassignment assignment ON assignment.draw_id = draw.id
                  AND assignment.user_id = enrolment.user_id AND assignment.replaced_at IS NULL
                 LEFT JOIN lessons_review review ON review.assignment_id = assignment.id
                  AND review.state = 'sent'
                 LEFT JOIN lessons_lessonrecording recording ON recording.id = review.recording_id
                 LEFT JOIN videos_video video ON video.id = recording.video_id
                WHERE draw.programme_id = enrolment.programme_id AND NOT EXISTS (
                      SELECT FROM lessons_coveredunit covered
                       WHERE covered.user_id = enrolment.user_id
                         AND covered.unit_id = video.unit_id)) END AS reviews,
           CASE WHEN {FILLED} THEN 0 ELSE greatest(
               least(%s, coalesce(offered.lessons, 0)) - (
               SELECT count(*) FROM credits_ledgerentry line
                WHERE line.user_id = enrolment.user_id
                  AND line.programme_id = enrolment.programme_id
                  AND starts_with(line.source, 'lessons.national:')
                  AND line.reverses_id IS NULL), 0) END AS national
      FROM ({CLOSING}) closing
      JOIN programmes_enrolment enrolment ON enrolment.school_id = closing.school_id
       AND enrolment.programme_id = closing.programme_id AND enrolment.state = 'approved'
      LEFT JOIN offered ON offered.stage = enrolment.stage AND offered.subject = enrolment.subject
  ) owing
 WHERE owing.reviews + owing.national > 0
"""  # noqa: S608 - names of this product only
"""What a person has not finished, as long as the part it fills still needs hours. A review that
was sent before its recording was covered is unfinished, too."""


def unfinished(last_day: date) -> Select | None:
    """Teachers with lessons left whose required study ends on ``last_day``."""
    programme = current_programme()
    if programme is None:
        return None
    pack = rule_pack_of(programme)
    rules = pack.national_lessons
    return UNFINISHED, [
        programme.pk,
        rules.offered,
        last_day.isoformat(),
        *_part(pack, "draw"),
        *_part(pack, "lessons"),
        rules.watched,
        *closing_values(last_day, PhaseKey.REQUIRED_STUDY),
    ]


def _part(pack: RulePack, source: str) -> Sequence[Any]:
    """The key of the part that ``source`` fills and its hours; none asked for, none owed."""
    found = next((part for part in pack.parts if part.source == source), None)
    return [found.key, found.class_hours] if found else ["", 0]


DEADLINES = [DeadlineNote("lessons.unfinished", unfinished, STUDY_DAYS)]
