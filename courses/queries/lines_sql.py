"""Everything that decides where one person stands in the courses owed, in one statement."""

LINES = """
    WITH earned AS (
        SELECT split_part(substr(entry.source, 16), '#', 1)::bigint AS course_id,
               sum(entry.class_hours + coalesce(undone.class_hours, 0)) AS class_hours,
               max(entry.earned_at) AS earned_at
          FROM credits_ledgerentry entry
          LEFT JOIN credits_ledgerentry undone ON undone.reverses_id = entry.id
         WHERE entry.user_id = %(user)s AND entry.programme_id = %(programme)s
           AND entry.source LIKE 'courses.course:%%' AND entry.reverses_id IS NULL
         GROUP BY 1
    ), owed AS (
        SELECT course.id FROM courses_course course
         WHERE %(enrolled)s AND course.is_open AND course.category = 'required'
           AND course.part = ANY (%(parts)s)
           AND (course.stages = '{}' OR %(stage)s = ANY (course.stages))
           AND (course.subjects = '{}' OR %(subject)s = ANY (course.subjects))
         UNION
        SELECT choice.course_id FROM courses_coursechoice choice
         WHERE choice.enrolment_id = %(enrolment)s
         UNION
        SELECT earned.course_id FROM earned
    )
    SELECT course.id, course.code, course.title, course.part, course.category, course.topic,
           course.class_hours, course.has_test, course.has_homework, course.is_open,
           step.modules, step.covered, step.started, step.next_id, step.next_title,
           test.attempts, test.passed_at, further.granted AS further_granted,
           further.newest AS further_state, task.state AS homework_state,
           earned.class_hours AS earned_hours, earned.earned_at
      FROM owed
      JOIN courses_course course ON course.id = owed.id
      LEFT JOIN earned ON earned.course_id = course.id
     CROSS JOIN LATERAL (
           SELECT count(*) AS modules, count(done.id) AS covered,
                  coalesce(bool_or(record.watched_seconds > 0), false) AS started,
                  (array_agg(module.id ORDER BY record.last_beat_at DESC NULLS LAST,
                             module.position) FILTER (WHERE done.id IS NULL))[1] AS next_id,
                  (array_agg(module.title ORDER BY record.last_beat_at DESC NULLS LAST,
                             module.position) FILTER (WHERE done.id IS NULL))[1] AS next_title
             FROM courses_module module
             LEFT JOIN courses_modulecompletion done
               ON done.module_id = module.id AND done.user_id = %(user)s
             LEFT JOIN videos_studyrecord record
               ON record.unit_id = module.unit_id AND record.user_id = %(user)s
            WHERE module.course_id = course.id AND module.is_open
           ) step
     CROSS JOIN LATERAL (
           SELECT count(*) AS attempts,
                  min(attempt.ended_at) FILTER (WHERE attempt.state = 'passed') AS passed_at
             FROM courses_attempt attempt
            WHERE attempt.user_id = %(user)s AND attempt.course_id = course.id
              AND attempt.programme_id = %(programme)s AND attempt.state <> 'open'
           ) test
     CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE asked.state = 'granted') AS granted,
                  (array_agg(asked.state ORDER BY asked.number DESC))[1] AS newest
             FROM courses_furtherattempt asked
            WHERE asked.enrolment_id = %(enrolment)s AND asked.course_id = course.id
           ) further
      LEFT JOIN LATERAL (
           SELECT submission.state
             FROM courses_submission submission
             JOIN courses_homework homework ON homework.id = submission.homework_id
            WHERE submission.user_id = %(user)s AND homework.course_id = course.id
              AND submission.programme_id = %(programme)s
           ) task ON course.has_homework
     WHERE (%(course)s::bigint IS NULL OR course.id = %(course)s)
     ORDER BY course.category DESC, course.topic, course.title
"""
