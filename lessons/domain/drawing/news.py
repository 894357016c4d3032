"""What happened since the draw: pools that changed, and people who must be dealt anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from lessons.domain.dealing.files import json_file, read_rules
from lessons.domain.dealing.later import Given, Hand, Request, State, may_have
from lessons.domain.dealing.shapes import Group, Lesson, Rules
from lessons.domain.drawing.codes import Codes, codes_of
from lessons.domain.drawing.inputs import (
    Known,
    Pool,
    PoolRow,
    PublishedAs,
    lesson_line,
    pool_of,
    teacher_line,
)
from lessons.models import Draw, PoolLine

CANDIDATES = """
WITH barred AS (
    SELECT * FROM unnest(%(barred_users)s::bigint[], %(barred_lessons)s::bigint[])
                  AS t(user_id, lesson_id)
), gone AS (
    SELECT * FROM unnest(%(gone_stages)s::text[], %(gone_subjects)s::text[],
                         %(gone_lessons)s::bigint[]) AS t(stage, subject, lesson_id)
), held AS (
    SELECT assignment.user_id, outstanding.lesson_id
      FROM lessons_caseassignment assignment
      JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
     WHERE assignment.draw_id = %(draw)s AND assignment.replaced_at IS NULL
       AND outstanding.lesson_id IN (SELECT lesson_id FROM barred
                                     UNION ALL SELECT lesson_id FROM gone)
       AND NOT EXISTS (SELECT 1 FROM lessons_review review
                        WHERE review.assignment_id = assignment.id AND review.state = 'sent')
)
SELECT enrolment.user_id, enrolment.stage, enrolment.subject, enrolment.school_id,
       line.stage, line.subject
  FROM programmes_enrolment enrolment
  LEFT JOIN lessons_rosterline line ON line.user_id = enrolment.user_id
   AND line.draw_id = %(draw)s
 WHERE enrolment.programme_id = %(programme)s AND enrolment.state = 'approved'
   AND (line.id IS NULL OR line.missing > 0
        OR (line.stage, line.subject, line.school_id)
           IS DISTINCT FROM (enrolment.stage, enrolment.subject, enrolment.school_id)
        OR EXISTS (SELECT 1 FROM held JOIN barred USING (user_id, lesson_id)
                    WHERE held.user_id = enrolment.user_id)
        OR EXISTS (SELECT 1 FROM held JOIN gone ON gone.lesson_id = held.lesson_id
                    WHERE held.user_id = enrolment.user_id AND gone.stage = line.stage
                      AND gone.subject = line.subject))
 ORDER BY enrolment.user_id
"""
"""Approved people who are new, corrected or short, or hold an unreviewed lesson that they must
not keep."""

LOADS = """
SELECT outstanding.lesson_id, count(*)
  FROM lessons_caseassignment assignment
  JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
 WHERE assignment.draw_id = %s AND assignment.replaced_at IS NULL
 GROUP BY outstanding.lesson_id
"""

HELD = """
SELECT assignment.user_id, assignment.position, outstanding.lesson_id,
       assignment.replaced_at IS NULL,
       EXISTS (SELECT 1 FROM lessons_review review
                WHERE review.assignment_id = assignment.id AND review.state = 'sent')
  FROM lessons_caseassignment assignment
  JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
 WHERE assignment.draw_id = %(draw)s AND assignment.user_id = ANY (%(users)s)
 ORDER BY assignment.user_id, assignment.id
   FOR NO KEY UPDATE OF assignment
"""

DRAFTS = """
SELECT review.id FROM lessons_review review
  JOIN lessons_caseassignment assignment ON assignment.id = review.assignment_id
 WHERE assignment.draw_id = %(draw)s AND assignment.user_id = ANY (%(users)s)
 ORDER BY review.id FOR UPDATE OF review
"""
"""Whoever is sending one of these reviews waits until it is decided what they keep."""


@dataclass
class Person:
    """Somebody to be dealt: as what, and what is and was in the hand."""

    user_id: int
    group: Group
    school_id: int
    was: Group | None
    hand: Hand
    code: str = ""
    sent: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)


@dataclass
class News:
    """Everything a supplement needs: the pure state, what is given, and who is who."""

    rules: Rules
    pool: Pool
    state: State
    given: Given
    added: list[PoolRow]
    people: dict[str, Person]


def news_of(draw: Draw, number: int, previous: str) -> News:
    """What a supplement would have to do now. Locks what the people concerned hold."""
    rules, codes = read_rules(json_file(draw.rules)), Codes(draw.code_key)
    known = _known(draw)
    pool = pool_of(draw.programme, codes, known)
    live = {(row.group, row.lesson_id): row for row in pool.rows}
    gone = sorted(known.keys() - live.keys())
    added = [row for place, row in sorted(live.items()) if place not in known]
    people = _people(draw, pool, gone, codes, rules.lessons)
    given = Given(
        number,
        previous,
        added=[(row.group, lesson_line(codes, rules, row)) for row in added],
        withdrawn=sorted((group, known[group, lesson].code) for group, lesson in gone),
        requests=[_request(codes, rules, pool, one) for one in people],
    )
    state = State(
        pools=_pools(codes, rules, live, known),
        rungs={
            Group(one["stage"], one["subject"]): one["rung"] for one in draw.statistics["groups"]
        },
        loads=_loads(draw),
        hands={one.code: list(one.hand) for one in people},
        held={one.code: set(one.held) for one in people},
    )
    return News(rules, pool, state, given, added, {one.code: one for one in people})


def _known(draw: Draw) -> dict[tuple[Group, int], PublishedAs]:
    """All lessons that are in a pool, as they were published."""
    lines = PoolLine.objects.filter(draw=draw, withdrawn_at=None)
    return {
        (Group(stage, subject), lesson): PublishedAs(rung, code)
        for stage, subject, lesson, rung, code in lines.values_list(
            "stage", "subject", "lesson__lesson_id", "rung", "code"
        )
    }


def _pools(
    codes: Codes,
    rules: Rules,
    live: dict[tuple[Group, int], PoolRow],
    known: Known,
) -> dict[Group, dict[str, Lesson]]:
    """The pools before this supplement; what is gone only has to be there to be taken out."""
    pools: dict[Group, dict[str, Lesson]] = {}
    for (group, lesson_id), (_rung, code) in known.items():
        row = live.get((group, lesson_id))
        lesson = lesson_line(codes, rules, row) if row else Lesson(code, "", "")
        pools.setdefault(group, {})[code] = lesson
    return pools


def _loads(draw: Draw) -> dict[str, int]:
    lesson_codes = codes_of(draw)
    with connection.cursor() as cursor:
        cursor.execute(LOADS, [draw.pk])
        return {lesson_codes[lesson]: load for lesson, load in cursor}


def _people(
    draw: Draw, pool: Pool, gone: list[tuple[Group, int]], codes: Codes, lessons: int
) -> list[Person]:
    pairs = [(user, lesson) for user, barred in pool.barred.items() for lesson in barred]
    values: dict[str, Any] = {
        "draw": draw.pk,
        "programme": draw.programme_id,
        "barred_users": [user for user, _lesson in pairs],
        "barred_lessons": [lesson for _user, lesson in pairs],
        "gone_stages": [group.stage for group, _lesson in gone],
        "gone_subjects": [group.subject for group, _lesson in gone],
        "gone_lessons": [lesson for _group, lesson in gone],
    }
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, values)
        people = {
            user: Person(
                user,
                Group(stage, subject),
                school,
                Group(*was) if was[0] else None,
                [None] * lessons,
                codes.teacher(user),
            )
            for user, stage, subject, school, *was in cursor
        }
        _fill_hands(cursor, draw, people)
    return list(people.values())


def _fill_hands(cursor, draw: Draw, people: dict[int, Person]) -> None:
    values: dict[str, Any] = {"draw": draw.pk, "users": list(people)}
    cursor.execute(DRAFTS, values)
    lesson_codes = codes_of(draw)
    cursor.execute(HELD, values)
    for user, position, lesson, stands, sent in cursor:
        person, code = people[user], lesson_codes[lesson]
        person.held.add(code)
        if stands:
            person.hand[position - 1] = code
            if sent:
                person.sent.add(code)


def _request(codes: Codes, rules: Rules, pool: Pool, person: Person) -> Request:
    """What was reviewed is kept, and what the teacher may have as registered now."""
    teacher = teacher_line(codes, rules, pool, person.user_id, person.group, person.school_id)
    lessons = {row.code: row for row in pool.by_group.get(person.group, {}).values()}
    kept = {
        code
        for code in person.hand
        if code is not None
        and (
            code in person.sent
            or (
                code in lessons
                and may_have(rules, teacher, lesson_line(codes, rules, lessons[code]))
            )
        )
    }
    return Request(person.group, teacher, frozenset(kept))
