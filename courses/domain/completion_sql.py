"""The one definition of a completed course, as SQL over one person or a whole programme."""

from organisations.queries import stands_above_sql

COVER = """
    INSERT INTO courses_modulecompletion (user_id, module_id, covered_at)
    SELECT record.user_id, module.id, record.last_beat_at
      FROM videos_studyrecord record
      JOIN videos_studyunit unit ON unit.id = record.unit_id
      JOIN courses_module module ON module.unit_id = unit.id
     WHERE record.watched_seconds * 100 >= unit.length_seconds * %(coverage_percent)s
       AND (%(user)s::bigint IS NULL OR record.user_id = %(user)s)
       AND (%(unit)s::bigint IS NULL OR record.unit_id = %(unit)s)
    ON CONFLICT (user_id, module_id) DO NOTHING
    RETURNING user_id, module_id
"""
"""Notes each module that is covered for the first time, with the moment of its last beat."""

WINDOWS = """
    SELECT 'required' AS category, study.opens_on,
           study.id AS closing, study.closes_on
      FROM programmes_phase study
     WHERE study.programme_id = %(programme)s AND study.key = 'required_study'
     UNION ALL
    SELECT 'elective', study.opens_on, ending.id, ending.closes_on
      FROM programmes_phase study
      JOIN programmes_phase ending ON ending.programme_id = study.programme_id
       AND ending.key IN ('elective_study', 'credit_registration')
     WHERE study.programme_id = %(programme)s AND study.key = 'elective_study'
"""
"""The windows in which work earns hours; electives end with the earlier of two phases."""

LAST_DAY = f"""
    greatest(span.closes_on, (
        SELECT max(extension.closes_on)
          FROM programmes_phaseextension extension
          JOIN organisations_organisation unit ON unit.id = extension.organisation_id
         WHERE extension.phase_id = span.closing AND {stands_above_sql("unit", "school")}))
"""  # noqa: S608 - names of this product only

COMPLETED = f"""
    WITH studied AS (
        SELECT done.user_id, module.course_id, max(done.covered_at) AS covered_at
          FROM courses_modulecompletion done
          JOIN courses_module module ON module.id = done.module_id AND module.is_open
         WHERE (%(users)s::bigint[] IS NULL OR done.user_id = ANY (%(users)s))
           AND (%(courses)s::bigint[] IS NULL OR module.course_id = ANY (%(courses)s))
         GROUP BY done.user_id, module.course_id
        HAVING count(*) = (SELECT count(*) FROM courses_module part
                            WHERE part.course_id = module.course_id AND part.is_open)
    ), span AS ({WINDOWS}), finished AS (
        SELECT enrolment.programme_id, studied.user_id, enrolment.school_id,
               course.id AS course_id, course.part, course.category, course.class_hours,
               course.title,
               greatest(studied.covered_at, test.passed_at, homework.handed_in_at) AS finished_at
          FROM studied
          JOIN courses_course course ON course.id = studied.course_id
          JOIN programmes_enrolment enrolment ON enrolment.user_id = studied.user_id
           AND enrolment.programme_id = %(programme)s AND enrolment.state = 'approved'
          LEFT JOIN LATERAL (
               SELECT min(attempt.ended_at) AS passed_at FROM courses_attempt attempt
                WHERE attempt.user_id = studied.user_id AND attempt.course_id = course.id
                  AND attempt.programme_id = %(programme)s AND attempt.state = 'passed'
               ) test ON course.has_test
          LEFT JOIN LATERAL (
               SELECT min(submission.handed_in_at) AS handed_in_at
                 FROM courses_submission submission
                 JOIN courses_homework task ON task.id = submission.homework_id
                WHERE submission.user_id = studied.user_id AND task.course_id = course.id
                  AND submission.programme_id = %(programme)s AND submission.state = 'accepted'
               ) homework ON course.has_homework
         WHERE (NOT course.has_test OR test.passed_at IS NOT NULL)
           AND (NOT course.has_homework OR homework.handed_in_at IS NOT NULL)
           AND (EXISTS (SELECT 1 FROM courses_coursechoice choice
                         WHERE choice.enrolment_id = enrolment.id
                           AND choice.course_id = course.id AND course.category = 'elective')
                OR course.category = 'required'
               AND (course.stages = '{{}}' OR enrolment.stage = ANY (course.stages))
               AND (course.subjects = '{{}}' OR enrolment.subject = ANY (course.subjects)))
    )
    SELECT finished.programme_id, finished.user_id, finished.part, finished.category,
           finished.class_hours, 'courses.course:' || finished.course_id AS source,
           finished.title AS label, finished.finished_at AS earned_at
      FROM finished
      JOIN organisations_organisation school ON school.id = finished.school_id
     WHERE finished.part || '/' || finished.category = ANY (%(parts)s)
       AND EXISTS (SELECT 1 FROM span WHERE span.category = finished.category)
       AND NOT EXISTS (
           SELECT 1 FROM span
            WHERE span.category = finished.category
              AND (finished.finished_at < span.opens_on::timestamp AT TIME ZONE 'Asia/Shanghai'
                OR span.closes_on IS NOT NULL AND finished.finished_at
                   >= ({LAST_DAY} + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'))
       AND NOT EXISTS (
           SELECT 1 FROM credits_ledgerentry entry
            WHERE entry.programme_id = finished.programme_id
              AND entry.user_id = finished.user_id
              AND entry.source = 'courses.course:' || finished.course_id)
"""  # noqa: S608 - only the texts above are put together
"""Courses whose every open module was covered, whose test was passed and whose homework was
accepted, by approved people to whom they were pushed or who chose them, with the work itself
done inside the window of the school, and whose hours are not yet posted (R19, R12, R17, A6)."""
