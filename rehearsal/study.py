"""What thousands of honest browsers would have left behind, written set by set.

The clock, the scoring, the settling and the ledger are the product's own; only the beats,
answers and texts that people would have sent are invented here.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from courses.domain.attempts import score_attempts
from courses.models.attempt import Attempt, AttemptState
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme

TAKES = """
    SELECT enrolment.user_id, course.id AS course_id
      FROM programmes_enrolment enrolment
      JOIN courses_course course ON course.is_open
     WHERE enrolment.programme_id = %(programme)s AND enrolment.state = 'approved'
       AND (course.category = 'required'
            AND (course.stages = '{}' OR enrolment.stage = ANY(course.stages))
            AND (course.subjects = '{}' OR enrolment.subject = ANY(course.subjects))
         OR EXISTS (SELECT 1 FROM courses_coursechoice choice
                     WHERE choice.enrolment_id = enrolment.id AND choice.course_id = course.id))
"""
"""Who takes which course: what was pushed and what was chosen."""

CHOOSE = """
WITH ranked AS (
    SELECT enrolment.id AS enrolment_id, course.id AS course_id, topic.id AS topic_choice_id,
           course.topic, sum(course.class_hours) OVER (
               PARTITION BY enrolment.id
               ORDER BY md5(%(seed)s || enrolment.id || course.code)
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS hours_before
      FROM programmes_enrolment enrolment
      JOIN courses_topicchoice topic ON topic.school_id = enrolment.school_id
       AND topic.programme_id = enrolment.programme_id
      JOIN courses_course course ON course.topic = topic.topic AND course.is_open
       AND (course.stages = '{}' OR enrolment.stage = ANY(course.stages))
       AND (course.subjects = '{}' OR enrolment.subject = ANY(course.subjects))
     WHERE enrolment.programme_id = %(programme)s AND enrolment.state = 'approved'
       AND NOT EXISTS (SELECT 1 FROM courses_coursechoice held
                        WHERE held.enrolment_id = enrolment.id)
)
INSERT INTO courses_coursechoice (enrolment_id, course_id, topic_choice_id, topic, chosen_at)
SELECT enrolment_id, course_id, topic_choice_id, topic, now()
  FROM ranked WHERE coalesce(hours_before, 0) < %(hours)s
ON CONFLICT DO NOTHING
"""

RECORDS = """, clocks AS (
    INSERT INTO videos_studyclock AS old (user_id, started_at, spent_until, top_speed)
    SELECT user_id, now() - make_interval(secs => 1.2 * sum(length_seconds)), now(), 100
      FROM units GROUP BY user_id ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE
       SET started_at = old.started_at - (excluded.spent_until - excluded.started_at),
           spent_until = excluded.spent_until
)
INSERT INTO videos_studyrecord
       (user_id, unit_id, watched, position_seconds, opened_at, last_beat_at)
SELECT user_id, unit_id, int4multirange(int4range(0, seconds)), seconds,
       now() - make_interval(secs => 1.2 * length_seconds), now()
  FROM units WHERE seconds > 0
ON CONFLICT (user_id, unit_id) DO NOTHING
"""
"""Clocks and study records of ``units`` (person, unit, its length, seconds watched)."""

STUDY = f"""
WITH takes AS ({TAKES}), units AS (
    SELECT takes.user_id, module.unit_id, unit.length_seconds,
           ceil(unit.length_seconds * %(share)s)::int AS seconds
      FROM takes
      JOIN courses_module module ON module.course_id = takes.course_id AND module.is_open
      JOIN videos_studyunit unit ON unit.id = module.unit_id
     WHERE (%(users)s::bigint[] IS NULL OR takes.user_id = ANY(%(users)s))
       AND (%(courses)s::bigint[] IS NULL OR takes.course_id = ANY(%(courses)s))
       AND (%(kind)s::text IS NULL OR unit.kind = %(kind)s)
){RECORDS}"""  # noqa: S608 - literals of this module only

WATCH = """
WITH units AS (
    SELECT person AS user_id, unit.id AS unit_id, unit.length_seconds
      FROM unnest(%(users)s::bigint[]) person
      JOIN videos_studyunit unit ON unit.id = ANY(%(units)s)
), clocks AS (
    INSERT INTO videos_studyclock AS old (user_id, started_at, spent_until, top_speed)
    SELECT user_id, now() - make_interval(secs => 1.2 * sum(length_seconds)), now(), 100
      FROM units GROUP BY user_id ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE
       SET started_at = old.started_at - (excluded.spent_until - excluded.started_at),
           spent_until = excluded.spent_until
)
INSERT INTO videos_studyrecord
       (user_id, unit_id, watched, position_seconds, opened_at, last_beat_at)
SELECT user_id, unit_id, int4multirange(int4range(0, length_seconds)), length_seconds,
       now() - make_interval(secs => 1.2 * length_seconds), now()
  FROM units
ON CONFLICT (user_id, unit_id) DO NOTHING
"""

SIT = f"""
WITH takes AS ({TAKES}), sitting AS (
    INSERT INTO courses_attempt
           (programme_id, course_id, user_id, number, state, pass_mark, started_at, deadline_at)
    SELECT %(programme)s, takes.course_id, takes.user_id, 1, 'open', %(pass_mark)s,
           now() - interval '10 minutes', now() + interval '10 minutes'
      FROM takes JOIN courses_course course ON course.id = takes.course_id AND course.has_test
     WHERE (%(users)s::bigint[] IS NULL OR takes.user_id = ANY(%(users)s))
       AND (%(courses)s::bigint[] IS NULL OR takes.course_id = ANY(%(courses)s))
    ON CONFLICT DO NOTHING
    RETURNING id, course_id
), asked AS (
    SELECT DISTINCT ON (question.id) question.course_id, version.id, version.answer,
           version.kind, version.options
      FROM courses_question question
      JOIN courses_questionversion version ON version.question_id = question.id
     WHERE question.is_open ORDER BY question.id, version.number DESC
), paper AS (
    SELECT sitting.id AS attempt_id, asked.*, row_number() OVER (
               PARTITION BY sitting.id ORDER BY md5(%(seed)s || sitting.id || '/' || asked.id)
           ) AS position
      FROM sitting JOIN asked ON asked.course_id = sitting.course_id
)
INSERT INTO courses_paperitem (attempt_id, position, version_id, option_order, response, saved_at)
SELECT attempt_id, position, id,
       ARRAY(SELECT generate_series(0, jsonb_array_length(options) - 1)),
       CASE WHEN position = %(wrong)s THEN NULL
            WHEN kind = 'fill_in' THEN answer -> 0 ELSE answer END, now()
  FROM paper WHERE position <= %(questions)s
"""  # noqa: S608 - literals of this module only

WRITE = f"""
WITH takes AS ({TAKES}), begun AS (
    INSERT INTO courses_submission
           (homework_id, programme_id, user_id, state, draft, draft_saved_at, handed_in_at)
    SELECT homework.id, %(programme)s, takes.user_id, %(state)s, %(text)s, now(), now()
      FROM takes
      JOIN courses_course course ON course.id = takes.course_id AND course.has_homework
      JOIN courses_homework homework ON homework.course_id = course.id
     WHERE (%(users)s::bigint[] IS NULL OR takes.user_id = ANY(%(users)s))
       AND (%(courses)s::bigint[] IS NULL OR takes.course_id = ANY(%(courses)s))
    ON CONFLICT DO NOTHING
    RETURNING id
), versions AS (
    INSERT INTO courses_submissionversion (submission_id, number, text, handed_in_at)
    SELECT id, 1, %(text)s, now() FROM begun RETURNING id
)
INSERT INTO courses_mark (version_id, marker_id, accepted, reason, at)
SELECT id, %(marker)s, true, %(reason)s, now() FROM versions WHERE %(state)s = 'accepted'
"""  # noqa: S608 - literals of this module only

ANSWER = """
UPDATE courses_paperitem item
   SET response = CASE WHEN version.kind = 'fill_in' THEN version.answer -> 0
                       ELSE version.answer END
  FROM courses_questionversion version
 WHERE version.id = item.version_id AND item.attempt_id = %(attempt)s
   AND item.position <= %(right)s
"""

EARLIER = """
WITH sat AS (
    UPDATE courses_attempt
       SET started_at = started_at - %(ago)s, deadline_at = deadline_at - %(ago)s,
           ended_at = started_at - %(ago)s + interval '11 minutes'
     WHERE id = %(attempt)s RETURNING id, ended_at
)
UPDATE courses_paperitem item SET saved_at = sat.ended_at FROM sat WHERE item.attempt_id = sat.id
"""

TEXT = (
    "<p>我在自己的班里试了课程中的办法：先让学生独立思考两分钟，再两人交流，最后全班归纳。"
    "原来不爱发言的几个孩子，这一次也说出了自己的想法。存在的问题是时间不好控制，"
    "下一次我会把任务写得更具体，并提前告诉学生每一步有多长时间。</p>"
    "<p>这门课让我重新理解了“以学定教”：备课时多问一句学生会怎样想，课堂就会不一样。</p>"
)
REASON = "结合自己的课堂写出了做法和反思，具体可信，通过。"


def _execute(sql: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def _scope(programme: Programme, users, courses, **more) -> dict[str, Any]:
    return {
        "programme": programme.pk,
        "users": list(users) if users is not None else None,
        "courses": list(courses) if courses is not None else None,
        **more,
    }


@transaction.atomic
def choose_electives(programme: Programme, *, seed: int) -> int:
    """Whoever has chosen nothing yet takes electives of the school's topics until they suffice."""
    hours = rule_pack_of(programme).elective_minimum_hours
    return _execute(CHOOSE, {"programme": programme.pk, "seed": str(seed), "hours": hours})


@transaction.atomic
def study(
    programme: Programme,
    *,
    users: Sequence[int] | None = None,
    courses: Sequence[int] | None = None,
    share: float = 1.0,
    kind: str | None = None,
) -> int:
    """Study records of ``share`` of every unit (of one ``kind`` only, when given), as the clock
    would have left them."""
    return _execute(STUDY, _scope(programme, users, courses, share=share, kind=kind))


@transaction.atomic
def watch(users: Sequence[int], units: Sequence[int]) -> int:
    """Whole units outside of courses, watched by each of these people."""
    return _execute(WATCH, {"users": list(users), "units": list(units)})


@transaction.atomic
def sit_tests(
    programme: Programme,
    *,
    users: Sequence[int] | None = None,
    courses: Sequence[int] | None = None,
    seed: int = 1,
    hand_in: bool = True,
) -> int:
    """One sitting of every test with one wrong answer, scored by the product."""
    pack = rule_pack_of(programme)
    values = _scope(
        programme,
        users,
        courses,
        seed=str(seed),
        wrong=3,
        pass_mark=pack.test_pass_mark,
        questions=pack.test_questions,
    )
    answers = _execute(SIT, values)
    if hand_in:
        score_attempts(
            list(
                Attempt.objects.filter(programme=programme, state=AttemptState.OPEN).values_list(
                    "pk", flat=True
                )
            )
        )
    return answers


@transaction.atomic
def sit_earlier(attempt: Attempt, *, right: int, days: int) -> None:
    """End an open sitting with ``right`` right answers, as if it had been ``days`` ago."""
    _execute(ANSWER, {"attempt": attempt.pk, "right": right})
    score_attempts([attempt.pk])
    _execute(EARLIER, {"attempt": attempt.pk, "ago": timedelta(days=days)})


@transaction.atomic
def write_homework(
    programme: Programme,
    *,
    marker: int,
    users: Sequence[int] | None = None,
    courses: Sequence[int] | None = None,
    state: str = "accepted",
) -> int:
    """A handed-in homework for every course that asks for one, accepted or still waiting."""
    values = _scope(programme, users, courses, marker=marker, state=state, text=TEXT, reason=REASON)
    return _execute(WRITE, values)
