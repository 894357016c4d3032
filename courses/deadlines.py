"""Whom to remind before a window of choosing or studying ends (R12, R16, R17).

One statement for each kind, one note for each person and kind: three unfinished courses are
one line in the inbox.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from accounts.enums import Role
from accounts.queries import holds_sql
from notifications.domain.deadlines import DeadlineNote, Select
from programmes.domain.closing import CLOSING, closing_values
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Category, PhaseKey
from programmes.queries import current_programme

LONG_BEFORE = (60, 30, 14)  # choosing must leave time to study
STUDY_DAYS = (14, 7, 1)
CHOICE_DAYS = (7, 3, 1)

ELECTIVES_END = (PhaseKey.ELECTIVE_STUDY, PhaseKey.CREDIT_REGISTRATION)
STUDY_ENDS: dict[str, Sequence[str]] = {
    Category.REQUIRED: (PhaseKey.REQUIRED_STUDY,),
    Category.ELECTIVE: ELECTIVES_END,
}

STUDYING = f"""
  FROM ({CLOSING}) closing
  JOIN programmes_enrolment enrolment ON enrolment.school_id = closing.school_id
   AND enrolment.programme_id = closing.programme_id AND enrolment.state = 'approved'
"""  # noqa: S608 - names of this product only
"""The people approved at the schools whose window ends."""

COURSES = {
    Category.REQUIRED: """
  JOIN courses_course course ON course.is_open AND course.category = 'required'
   AND (course.stages = '{}' OR enrolment.stage = ANY (course.stages))
   AND (course.subjects = '{}' OR enrolment.subject = ANY (course.subjects))
""",
    Category.ELECTIVE: """
  JOIN courses_coursechoice choice ON choice.enrolment_id = enrolment.id
  JOIN courses_course course ON course.id = choice.course_id AND course.is_open
   AND course.category = 'elective'
""",
}
"""What was pushed to them and what they chose."""

STILL_COUNTS = """
       NOT EXISTS (SELECT FROM credits_ledgerentry line
                    WHERE line.user_id = enrolment.user_id
                      AND line.programme_id = enrolment.programme_id
                      AND line.source = 'courses.course:' || course.id)
   AND part.needed > (SELECT coalesce(sum(line.class_hours), 0) FROM credits_ledgerentry line
                       WHERE line.user_id = enrolment.user_id
                         AND line.programme_id = enrolment.programme_id
                         AND line.part = course.part)
"""
"""The course has given no hours, and the part it fills still needs some."""

PARTS = "JOIN unnest(%s::text[], %s::numeric[]) AS part(key, needed) ON part.key = course.part"

UNFINISHED = f"""
SELECT enrolment.user_id, jsonb_build_object('courses', count(*)) AS parameters,
       '/courses/' AS url,
       'courses.unfinished:' || enrolment.programme_id || ':' || %s::text || ':' || %s::text AS key
       {STUDYING} <courses> {PARTS}
 WHERE {STILL_COUNTS} AND (
       EXISTS (SELECT FROM courses_module module
                WHERE module.course_id = course.id AND module.is_open AND NOT EXISTS (
                      SELECT FROM courses_modulecompletion done
                       WHERE done.module_id = module.id AND done.user_id = enrolment.user_id))
    OR course.has_test AND NOT EXISTS (
       SELECT FROM courses_attempt attempt
        WHERE attempt.course_id = course.id AND attempt.user_id = enrolment.user_id
          AND attempt.programme_id = enrolment.programme_id AND attempt.state = 'passed')
    OR course.has_homework AND NOT EXISTS (
       SELECT FROM courses_submission submission
         JOIN courses_homework homework ON homework.id = submission.homework_id
        WHERE homework.course_id = course.id AND submission.user_id = enrolment.user_id
          AND submission.programme_id = enrolment.programme_id
          AND submission.state <> 'draft'))
 GROUP BY enrolment.user_id, enrolment.programme_id
"""  # noqa: S608 - as above
"""Something is left that the person can do; what lies with a marker is not."""

RETURNED = f"""
SELECT enrolment.user_id, jsonb_build_object('homework', count(*)) AS parameters,
       CASE WHEN count(*) = 1 THEN '/courses/' || min(course.code) || '/homework/'
            ELSE '/courses/' END AS url,
       'courses.returned:' || enrolment.programme_id || ':' || %s::text || ':' || %s::text AS key
       {STUDYING} <courses> {PARTS}
  JOIN courses_homework homework ON homework.course_id = course.id
  JOIN courses_submission submission ON submission.homework_id = homework.id
   AND submission.user_id = enrolment.user_id
   AND submission.programme_id = enrolment.programme_id AND submission.state = 'returned'
 WHERE {STILL_COUNTS}
 GROUP BY enrolment.user_id, enrolment.programme_id
"""  # noqa: S608 - as above

UNCHOSEN = f"""
SELECT enrolment.user_id,
       jsonb_build_object('chosen', chosen.hours, 'needed', %s::numeric) AS parameters,
       '/courses/choose/' AS url,
       'courses.unchosen:' || enrolment.programme_id || ':' || %s::text AS key
       {STUDYING}
  JOIN programmes_phase choosing ON choosing.programme_id = enrolment.programme_id
   AND choosing.key = 'course_selection'
   AND coalesce(choosing.opens_on, '-infinity') <= %s::date - %s::int
   AND (choosing.closes_on IS NOT NULL) = %s
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(course.class_hours), 0) AS hours FROM courses_coursechoice choice
         JOIN courses_course course ON course.id = choice.course_id
        WHERE choice.enrolment_id = enrolment.id) chosen
 WHERE chosen.hours < %s AND %s > (
       SELECT coalesce(sum(line.class_hours), 0) FROM credits_ledgerentry line
        WHERE line.user_id = enrolment.user_id AND line.category = 'elective'
          AND line.programme_id = enrolment.programme_id)
   AND EXISTS (SELECT FROM courses_topicchoice topic
                WHERE topic.school_id = enrolment.school_id
                  AND topic.programme_id = enrolment.programme_id)
"""  # noqa: S608 - as above

WITHOUT_TOPICS = f"""
  FROM ({CLOSING}) closing
  JOIN accounts_appointment appointment ON appointment.role = ANY (%s)
   AND {holds_sql("appointment")} AND appointment.organisation_id = <unit>
 WHERE EXISTS (SELECT FROM programmes_enrolment enrolment
                WHERE enrolment.school_id = closing.school_id
                  AND enrolment.programme_id = closing.programme_id
                  AND enrolment.state <> 'withdrawn')
   AND NOT EXISTS (SELECT FROM courses_topicchoice topic
                    WHERE topic.school_id = closing.school_id
                      AND topic.programme_id = closing.programme_id)
"""  # noqa: S608 - as above
"""Who is appointed over schools with people in the year and no topics for them."""

SCHOOL_TOPICS = f"""
SELECT DISTINCT appointment.user_id, jsonb_build_object('school', closing.name) AS parameters,
       '/courses/topics/' || closing.school_id || '/' AS url,
       'courses.topics:' || closing.programme_id || ':' || closing.school_id || ':' || %s::text
       AS key
       {WITHOUT_TOPICS.replace("<unit>", "closing.school_id")}
"""  # noqa: S608 - as above

COUNTY_TOPICS = f"""
SELECT appointment.user_id,
       jsonb_build_object('schools', count(DISTINCT closing.school_id)) AS parameters,
       '/courses/topics/' AS url,
       'courses.topics_below:' || closing.programme_id || ':' || %s::text AS key
       {WITHOUT_TOPICS.replace("<unit>", "closing.county_id")}
 GROUP BY appointment.user_id, closing.programme_id
"""  # noqa: S608 - as above

UNMARKED = f"""
SELECT appointment.user_id,
       jsonb_build_object('homework', count(DISTINCT submission.id)) AS parameters,
       '/courses/marking/' AS url,
       'courses.unmarked:' || closing.programme_id || ':' || %s::text AS key
  FROM ({CLOSING}) closing
  JOIN accounts_user person ON person.school_id = closing.school_id
  JOIN courses_submission submission ON submission.user_id = person.id
   AND submission.programme_id = closing.programme_id AND submission.state = 'handed_in'
  JOIN accounts_appointment appointment ON appointment.role = 'marker'
   AND {holds_sql("appointment")} AND appointment.user_id <> person.id
  JOIN organisations_organisation unit ON unit.id = appointment.organisation_id
   AND (starts_with(closing.path, unit.path) OR closing.acting_county_id = unit.id)
 GROUP BY appointment.user_id, closing.programme_id
"""  # noqa: S608 - as above


def _parts() -> list[list[Any]]:
    """The parts of the year under way with the hours they need; nothing without a year."""
    programme = current_programme()
    parts = rule_pack_of(programme).parts if programme else ()
    return [[part.key for part in parts], [part.class_hours for part in parts]]


def _of_courses(sql: str, category: str):
    statement = sql.replace("<courses>", COURSES[Category(category)])

    def select(last_day: date) -> Select:
        ends = closing_values(last_day, *STUDY_ENDS[category])
        return statement, [str(category), last_day.isoformat(), *ends, *_parts()]

    return select


def unchosen(last_day: date, *, left: int, closes: bool) -> Select | None:
    """Teachers with too few electives, once the choice has opened.

    ``closes``: before the choice of courses closes; else, where it stays open, early enough
    before elective hours stop counting.
    """
    programme = current_programme()
    if programme is None:
        return None
    needed = rule_pack_of(programme).elective_minimum_hours
    keys = (PhaseKey.COURSE_SELECTION,) if closes else ELECTIVES_END
    return UNCHOSEN, [
        needed,
        last_day.isoformat(),
        *closing_values(last_day, *keys),
        last_day,
        left,
        closes,
        needed,
        needed,
    ]


def school_topics(last_day: date) -> Select:
    """Principals whose school has not chosen its topics."""
    return SCHOOL_TOPICS, _topics(last_day, Role.PRINCIPAL, Role.ADMINISTRATOR)


def county_topics(last_day: date) -> Select:
    """Administrators of counties, also of those that act as one, with such schools."""
    return COUNTY_TOPICS, _topics(last_day, Role.ADMINISTRATOR)


def _topics(last_day: date, *roles: str) -> list[Any]:
    ends = closing_values(last_day, PhaseKey.TOPIC_SELECTION)
    return [last_day.isoformat(), *ends, [str(role) for role in roles], last_day]


def unmarked(last_day: date) -> Select:
    """Markers with homework on their desk before credits are registered."""
    ends = closing_values(last_day, PhaseKey.CREDIT_REGISTRATION)
    return UNMARKED, [last_day.isoformat(), *ends, last_day]


DEADLINES = [
    DeadlineNote(f"courses.{name}_{category}", _of_courses(sql, category), STUDY_DAYS)
    for name, sql in (("unfinished", UNFINISHED), ("returned", RETURNED))
    for category in Category
]
DEADLINES += [
    DeadlineNote("courses.unchosen", partial(unchosen, left=left, closes=closes), (left,))
    for closes, days in ((True, CHOICE_DAYS), (False, LONG_BEFORE))
    for left in days
]
DEADLINES += [
    DeadlineNote("courses.school_topics", school_topics, CHOICE_DAYS),
    DeadlineNote("courses.county_topics", county_topics, CHOICE_DAYS),
    DeadlineNote("courses.unmarked", unmarked, STUDY_DAYS),
]
