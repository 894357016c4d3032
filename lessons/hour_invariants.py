"""What must always hold of reviews, national lessons and the hours that they gave (R8, R9)."""

from core.invariants import Invariant

HOURS = [
    Invariant(
        name="lessons.review_of_its_lesson",
        sentence="A review is of the lesson that its teacher was given, by a recording of it.",
        sql="""
        SELECT review.id, review.assignment_id
          FROM lessons_review review
          JOIN lessons_lessonrecording recording ON recording.id = review.recording_id
          LEFT JOIN lessons_caseassignment assignment ON assignment.id = review.assignment_id
          LEFT JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
         WHERE recording.lesson_id <> review.lesson_id
            OR (assignment.user_id, outstanding.lesson_id) <> (review.reviewer_id, review.lesson_id)
        """,
    ),
    Invariant(
        name="lessons.hours_of_reviews_have_their_work",
        sentence="Whoever holds hours of a drawn lesson had covered its recording and sent the"
        " review.",
        sql="""
        SELECT entry.id, entry.user_id, entry.source
          FROM credits_ledgerentry entry
         WHERE entry.source LIKE 'lessons.case:%' AND entry.reverses_id IS NULL
           AND NOT EXISTS (
               SELECT 1 FROM lessons_caseassignment assignment
                 JOIN lessons_review review ON review.assignment_id = assignment.id
                  AND review.state = 'sent' AND review.sent_at <= entry.earned_at
                 JOIN lessons_lessonrecording recording ON recording.id = review.recording_id
                 JOIN videos_video video ON video.id = recording.video_id
                 JOIN lessons_coveredunit covered ON covered.user_id = assignment.user_id
                  AND covered.unit_id = video.unit_id AND covered.covered_at <= entry.earned_at
                WHERE assignment.user_id = entry.user_id
                  AND 'lessons.case:' || assignment.lesson_id = split_part(entry.source, '#', 1))
        """,
    ),
    Invariant(
        name="lessons.hours_of_national_lessons_have_their_work",
        sentence="Whoever holds hours of a national lesson had covered recording and commentary"
        " and sent the reflection.",
        sql="""
        SELECT entry.id, entry.user_id, entry.source
          FROM credits_ledgerentry entry
         WHERE entry.source LIKE 'lessons.national:%' AND entry.reverses_id IS NULL
           AND NOT EXISTS (
               SELECT 1 FROM lessons_nationalstudy study
                 JOIN lessons_nationallesson lesson ON lesson.id = study.lesson_id
                 JOIN videos_video video ON video.id = lesson.video_id
                 JOIN lessons_coveredunit watched ON watched.user_id = study.user_id
                  AND watched.unit_id = video.unit_id AND watched.covered_at <= entry.earned_at
                 JOIN lessons_coveredunit read ON read.user_id = study.user_id
                  AND read.unit_id = lesson.commentary_unit_id
                  AND read.covered_at <= entry.earned_at
                WHERE study.user_id = entry.user_id AND study.sent_at <= entry.earned_at
                  AND 'lessons.national:' || lesson.id = split_part(entry.source, '#', 1))
        """,
    ),
    Invariant(
        name="lessons.no_more_hours_than_the_year_counts",
        sentence="Nobody holds hours of more drawn or national lessons than the year counts.",
        sql="""
        SELECT held.*
          FROM (SELECT entry.programme_id, entry.user_id,
                       split_part(entry.source, ':', 1) AS kind, count(*) AS lessons
                  FROM credits_ledgerentry entry
                 WHERE entry.source LIKE 'lessons.%' AND entry.reverses_id IS NULL
                   AND NOT EXISTS (SELECT 1 FROM credits_ledgerentry back
                                    WHERE back.reverses_id = entry.id)
                 GROUP BY entry.programme_id, entry.user_id, kind) held
          JOIN programmes_programme programme ON programme.id = held.programme_id
         WHERE held.lessons > (CASE held.kind
               WHEN 'lessons.case' THEN programme.rule_pack -> 'draw' ->> 'lessons'
               ELSE programme.rule_pack -> 'national_lessons' ->> 'watched' END)::int
        """,
    ),
]
