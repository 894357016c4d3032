"""The one definition of a finished review and a finished national lesson, as SQL.

It serves one person at once and a whole programme at night.
"""

from courses.domain.completion_sql import LAST_DAY, WINDOWS

COVER = """
    INSERT INTO lessons_coveredunit (user_id, unit_id, covered_at)
    SELECT record.user_id, record.unit_id, record.last_beat_at
      FROM videos_studyrecord record
      JOIN videos_studyunit unit ON unit.id = record.unit_id
      LEFT JOIN videos_video video ON video.unit_id = unit.id
     WHERE record.watched_seconds * 100 >= unit.length_seconds * %(coverage_percent)s
       AND (%(user)s::bigint IS NULL OR record.user_id = %(user)s)
       AND (%(unit)s::bigint IS NULL OR record.unit_id = %(unit)s)
       AND (EXISTS (SELECT 1 FROM lessons_lessonrecording recording
                     WHERE recording.video_id = video.id)
            OR EXISTS (SELECT 1 FROM lessons_nationallesson lesson
                        WHERE lesson.video_id = video.id)
            OR EXISTS (SELECT 1 FROM lessons_nationallesson lesson
                        WHERE lesson.commentary_unit_id = unit.id))
    ON CONFLICT (user_id, unit_id) DO NOTHING
    RETURNING user_id
"""
"""Notes what was covered for the first time, with the moment of its last beat."""

REVIEWED = """
    SELECT assignment.user_id, 'draw' AS kind, 'lessons.case:' || assignment.lesson_id AS source,
           lesson.title, greatest(covered.covered_at, review.sent_at) AS finished_at
      FROM lessons_draw draw
      JOIN lessons_caseassignment assignment ON assignment.draw_id = draw.id
      JOIN lessons_review review ON review.assignment_id = assignment.id
       AND review.state = 'sent'
      JOIN lessons_lesson lesson ON lesson.id = review.lesson_id
      JOIN lessons_lessonrecording recording ON recording.id = review.recording_id
      JOIN videos_video video ON video.id = recording.video_id
      JOIN lessons_coveredunit covered ON covered.user_id = assignment.user_id
       AND covered.unit_id = video.unit_id
     WHERE draw.programme_id = %(programme)s
       AND (%(users)s::bigint[] IS NULL OR assignment.user_id = ANY (%(users)s))
"""
"""A drawn lesson: its recording was covered and the review sent (R9)."""

STUDIED = """
    SELECT study.user_id, 'lessons' AS kind, 'lessons.national:' || lesson.id AS source,
           lesson.title,
           greatest(watched.covered_at, read.covered_at, study.sent_at) AS finished_at
      FROM lessons_nationalstudy study
      JOIN lessons_nationallesson lesson ON lesson.id = study.lesson_id
      JOIN videos_video video ON video.id = lesson.video_id
      JOIN lessons_coveredunit watched ON watched.user_id = study.user_id
       AND watched.unit_id = video.unit_id
      JOIN lessons_coveredunit read ON read.user_id = study.user_id
       AND read.unit_id = lesson.commentary_unit_id
     WHERE study.programme_id = %(programme)s AND study.sent_at IS NOT NULL
       AND (%(users)s::bigint[] IS NULL OR study.user_id = ANY (%(users)s))
"""
"""A national lesson: recording covered, commentary read, reflection sent (R8)."""

EARNED = f"""
    WITH span AS ({WINDOWS}), rule AS (
        SELECT kind, part, category, class_hours, at_most
          FROM jsonb_to_recordset(%(rules)s::jsonb)
               rule(kind text, part text, category text, class_hours numeric, at_most int)
    ), finished AS ({REVIEWED} UNION ALL {STUDIED}), ranked AS (
        SELECT enrolment.programme_id, finished.user_id, rule.part, rule.category,
               rule.class_hours, finished.source, finished.title, finished.finished_at,
               rule.at_most, entry.id AS posted,
               row_number() OVER (
                   PARTITION BY finished.user_id, finished.kind
                   ORDER BY entry.id IS NULL, finished.finished_at, finished.source) AS turn
          FROM finished
          JOIN rule ON rule.kind = finished.kind
          JOIN programmes_enrolment enrolment ON enrolment.user_id = finished.user_id
           AND enrolment.programme_id = %(programme)s AND enrolment.state = 'approved'
          JOIN organisations_organisation school ON school.id = enrolment.school_id
          LEFT JOIN credits_ledgerentry entry ON entry.programme_id = enrolment.programme_id
           AND entry.user_id = finished.user_id AND entry.source = finished.source
         WHERE EXISTS (SELECT 1 FROM span WHERE span.category = rule.category)
           AND NOT EXISTS (
               SELECT 1 FROM span
                WHERE span.category = rule.category
                  AND (finished.finished_at < span.opens_on::timestamp AT TIME ZONE 'Asia/Shanghai'
                    OR span.closes_on IS NOT NULL AND finished.finished_at
                       >= ({LAST_DAY} + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'))
    )
    SELECT programme_id, user_id, part, category, class_hours, source, title AS label,
           finished_at AS earned_at
      FROM ranked WHERE posted IS NULL AND turn <= at_most
"""  # noqa: S608 - only the texts above are put together
"""What approved people finished inside the window of their school and has no hours yet, as
many lessons as the year counts (R8, R9, R12, A6)."""
