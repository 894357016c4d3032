"""What must always hold of courses, tests and homework."""

from core.invariants import Invariant

INVARIANTS = [
    Invariant(
        name="courses.attempt_numbers_without_gap",
        sentence="A person's attempts at a test are numbered from 1 without a gap.",
        sql="""
        SELECT user_id, course_id, programme_id, count(*) AS attempts, max(number) AS highest
          FROM courses_attempt GROUP BY user_id, course_id, programme_id
        HAVING count(*) <> max(number)
        """,
    ),
    Invariant(
        name="courses.score_is_of_its_answers",
        sentence="The score of an ended attempt is the share of its right answers.",
        sql="""
        SELECT attempt.id, attempt.score, attempt.state
          FROM courses_attempt attempt
          JOIN courses_paperitem item ON item.attempt_id = attempt.id
          JOIN courses_questionversion version ON version.id = item.version_id
         WHERE attempt.state <> 'open'
         GROUP BY attempt.id
        HAVING bool_or(item.is_right IS NULL)
            OR attempt.score <> round(100.0 * count(*) FILTER (
                   WHERE item.response IS NOT NULL AND CASE version.kind
                         WHEN 'fill_in' THEN version.answer @> item.response
                         ELSE version.answer = item.response END) / count(*))
        """,
    ),
    Invariant(
        name="courses.answers_within_time",
        sentence="No answer of an attempt was saved after its time.",
        sql="""
        SELECT item.id, item.saved_at, attempt.deadline_at
          FROM courses_paperitem item
          JOIN courses_attempt attempt ON attempt.id = item.attempt_id
         WHERE item.saved_at >= attempt.deadline_at + interval '5 seconds'
            OR item.saved_at < attempt.started_at
        """,
    ),
    Invariant(
        name="courses.homework_state_follows_its_marks",
        sentence="The state of a homework is what its newest version and its mark say.",
        sql="""
        SELECT submission.id, submission.state, newest.number, mark.accepted
          FROM courses_submission submission
          LEFT JOIN LATERAL (SELECT id, number FROM courses_submissionversion version
                              WHERE version.submission_id = submission.id
                              ORDER BY number DESC LIMIT 1) newest ON true
          LEFT JOIN courses_mark mark ON mark.version_id = newest.id
         WHERE submission.state <> CASE
               WHEN newest.id IS NULL THEN 'draft'
               WHEN mark.id IS NULL THEN 'handed_in'
               WHEN mark.accepted THEN 'accepted' ELSE 'returned' END
        """,
    ),
    Invariant(
        name="courses.nobody_marks_own_homework",
        sentence="Nobody marked homework of their own.",
        sql="""
        SELECT mark.id, mark.marker_id FROM courses_mark mark
          JOIN courses_submissionversion version ON version.id = mark.version_id
          JOIN courses_submission submission ON submission.id = version.submission_id
         WHERE submission.user_id = mark.marker_id
        """,
    ),
]
