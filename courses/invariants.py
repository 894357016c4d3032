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
        name="courses.asked_for_attempts_wait_for_their_grant",
        sentence="No attempt was sat that had been asked for and was not granted.",
        sql="""
        SELECT further.id, further.state, attempt.id AS attempt
          FROM courses_furtherattempt further
          JOIN programmes_enrolment enrolment ON enrolment.id = further.enrolment_id
          JOIN courses_attempt attempt
            ON attempt.user_id = enrolment.user_id AND attempt.course_id = further.course_id
           AND attempt.programme_id = enrolment.programme_id AND attempt.number = further.number
          JOIN programmes_programme programme ON programme.id = enrolment.programme_id
         WHERE attempt.number > (programme.rule_pack #>> '{test,attempts}')::int
           AND (further.state <> 'granted' OR attempt.started_at < further.decided_at)
        """,
    ),
    Invariant(
        name="courses.further_attempts_are_asked_for_by_their_teacher",
        sentence="A further attempt was asked for by the teacher whom it is for.",
        sql="""
        SELECT further.id, further.asked_by_id, enrolment.user_id
          FROM courses_furtherattempt further
          JOIN programmes_enrolment enrolment ON enrolment.id = further.enrolment_id
         WHERE further.asked_by_id <> enrolment.user_id
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
    Invariant(
        name="courses.hours_have_their_coverage",
        sentence="Whoever holds hours of a course had covered every module it had then.",
        sql="""
        SELECT entry.id, entry.user_id, entry.source, module.id AS module
          FROM credits_ledgerentry entry
          LEFT JOIN courses_module module
            ON 'courses.course:' || module.course_id = split_part(entry.source, '#', 1)
           AND module.is_open AND module.open_since <= entry.posted_at
         WHERE entry.source LIKE 'courses.course:%' AND entry.reverses_id IS NULL
           AND NOT EXISTS (
               SELECT 1 FROM courses_modulecompletion done
                WHERE done.user_id = entry.user_id AND done.module_id = module.id
                  AND done.covered_at <= entry.earned_at)
        """,
    ),
    Invariant(
        name="courses.hours_have_their_test_and_homework",
        sentence="Whoever holds hours of a course passed its test and had its homework accepted.",
        sql="""
        SELECT entry.id, entry.user_id, entry.source
          FROM credits_ledgerentry entry
          JOIN courses_course course
            ON 'courses.course:' || course.id = split_part(entry.source, '#', 1)
         WHERE entry.source LIKE 'courses.course:%' AND entry.reverses_id IS NULL
           AND (course.has_test AND NOT EXISTS (
                   SELECT 1 FROM courses_attempt attempt
                    WHERE attempt.user_id = entry.user_id AND attempt.course_id = course.id
                      AND attempt.programme_id = entry.programme_id
                      AND attempt.state = 'passed' AND attempt.ended_at <= entry.earned_at)
             OR course.has_homework AND NOT EXISTS (
                   SELECT 1 FROM courses_submission submission
                     JOIN courses_homework homework ON homework.id = submission.homework_id
                    WHERE submission.user_id = entry.user_id AND homework.course_id = course.id
                      AND submission.programme_id = entry.programme_id
                      AND submission.state = 'accepted'))
        """,
    ),
    Invariant(
        name="courses.chosen_inside_the_year_and_school",
        sentence="A chosen course belongs to a topic that a school chose in the same year.",
        sql="""
        SELECT choice.id, choice.enrolment_id, choice.topic_choice_id
          FROM courses_coursechoice choice
          JOIN courses_topicchoice topic ON topic.id = choice.topic_choice_id
          JOIN programmes_enrolment enrolment ON enrolment.id = choice.enrolment_id
          JOIN courses_course course ON course.id = choice.course_id
         WHERE enrolment.programme_id <> topic.programme_id
            OR topic.topic <> choice.topic OR course.topic <> choice.topic
        """,
    ),
    Invariant(
        name="courses.on_offer_has_modules",
        sentence="A course on offer has at least one open module.",
        sql="""
        SELECT course.id, course.code FROM courses_course course
         WHERE course.is_open AND NOT EXISTS (
               SELECT 1 FROM courses_module module
                WHERE module.course_id = course.id AND module.is_open)
        """,
    ),
    Invariant(
        name="courses.published_page_has_its_row",
        sentence="A published course page and its counted row say the same.",
        sql="""
        SELECT page.page_ptr_id, course.id, course.title
          FROM courses_coursepage page
          JOIN wagtailcore_page written ON written.id = page.page_ptr_id AND written.live
          LEFT JOIN courses_course course ON course.id = page.course_id
         WHERE course.id IS NULL OR course.key <> written.translation_key
            OR (course.category, course.part, course.topic, course.class_hours, course.has_test)
               IS DISTINCT FROM
               (page.category, page.part, page.topic, page.class_hours, page.has_test)
        """,
    ),
]
