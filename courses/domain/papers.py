"""The paper of one sitting: drawn from the bank, written down with the sitting itself."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence, Set
from dataclasses import dataclass

from django.db import connection

from courses.models.attempt import Attempt
from courses.models.course import Course

_draw = random.SystemRandom()


@dataclass(frozen=True)
class Drawn:
    """One question of a paper: its version, and the order in which its options are shown."""

    version: int
    option_order: list[int]


NEWEST = """
SELECT DISTINCT ON (question.id)
       question.id, version.id, jsonb_array_length(version.options)
  FROM courses_question question
  JOIN courses_questionversion version ON version.question_id = question.id
 WHERE question.course_id = %s AND question.is_open
 ORDER BY question.id, version.number DESC
"""
OPEN = """
WITH opened AS (
    INSERT INTO courses_attempt
           (programme_id, course_id, user_id, number, state, pass_mark, started_at, deadline_at)
    VALUES (%(programme_id)s, %(course_id)s, %(user_id)s, %(number)s, %(state)s, %(pass_mark)s,
            %(started_at)s, %(deadline_at)s)
    RETURNING id
), paper AS (
    INSERT INTO courses_paperitem (attempt_id, position, version_id, option_order)
    SELECT opened.id, drawn.position, drawn.version, drawn.option_order
      FROM opened, jsonb_to_recordset(%(paper)s::jsonb)
           drawn(position int, version bigint, option_order smallint[])
)
SELECT id FROM opened
"""


def draw_paper(course: Course, count: int, met: Set[int]) -> list[Drawn]:
    """``count`` open questions of the bank in random order, each in its newest words.

    Those already ``met``, whose answers may be known, come only when no others are left. One
    query, which leaves the texts where they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [course.pk])
        newest = cursor.fetchall()
    shuffled = _draw.sample(newest, len(newest))
    drawn = sorted(shuffled, key=lambda row: row[0] in met)[:count]
    if met:
        drawn = _draw.sample(drawn, len(drawn))
    return [
        Drawn(version, _draw.sample(range(options), options))
        for _question, version, options in drawn
    ]


def open_with_paper(attempt: Attempt, paper: Sequence[Drawn]) -> Attempt:
    """Write a new sitting and its paper in one statement."""
    rows = [vars(one) | {"position": position} for position, one in enumerate(paper, start=1)]
    with connection.cursor() as cursor:
        cursor.execute(OPEN, vars(attempt) | {"paper": json.dumps(rows)})
        attempt.pk = cursor.fetchone()[0]
    attempt._state.adding = False
    return attempt
