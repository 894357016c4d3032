"""How rows follow a supplement: pool, roster, and what lies in whose hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse

from lessons.domain.dealing.later import Hand
from lessons.domain.drawing.copying import copy_rows
from lessons.domain.drawing.news import News, Person
from lessons.enums import Replaced
from lessons.models import Draw, DrawSupplement
from notifications.domain.notify import notify

ADD = """
INSERT INTO lessons_poolline (draw_id, stage, subject, rung, code, lesson_id)
SELECT %(draw)s, * FROM unnest(%(stages)s::text[], %(subjects)s::text[], %(rungs)s::text[],
                               %(codes)s::text[], %(lessons)s::bigint[])
ON CONFLICT (draw_id, stage, subject, code) DO UPDATE
   SET withdrawn_at = NULL, rung = excluded.rung, lesson_id = excluded.lesson_id
"""
WITHDRAW = """
UPDATE lessons_poolline line SET withdrawn_at = %(now)s
  FROM unnest(%(stages)s::text[], %(subjects)s::text[], %(codes)s::text[])
       AS gone(stage, subject, code)
 WHERE line.draw_id = %(draw)s AND line.stage = gone.stage AND line.subject = gone.subject
   AND line.code = gone.code
"""
FOLLOW = """
INSERT INTO lessons_rosterline (draw_id, user_id, code, stage, subject, school_id, missing)
SELECT %(draw)s, * FROM unnest(%(users)s::bigint[], %(codes)s::text[], %(stages)s::text[],
                               %(subjects)s::text[], %(schools)s::bigint[], %(missing)s::smallint[])
ON CONFLICT (user_id, draw_id) DO UPDATE
   SET stage = excluded.stage, subject = excluded.subject, school_id = excluded.school_id,
       missing = excluded.missing
"""
REPLACE = """
UPDATE lessons_caseassignment assignment
   SET replaced_at = %(now)s, why_replaced = given_back.why
  FROM unnest(%(users)s::bigint[], %(positions)s::smallint[], %(whys)s::text[])
       AS given_back(user_id, position, why)
 WHERE assignment.draw_id = %(draw)s AND assignment.user_id = given_back.user_id
   AND assignment.position = given_back.position AND assignment.replaced_at IS NULL
"""
CASES = ("draw_id", "user_id", "position", "lesson_id", "rung", "why_replaced", "supplement_id")


def follow_pools(draw: Draw, news: News, now: datetime) -> None:
    """Take in what was added, mark what was withdrawn."""
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "draw": draw.pk,
            "stages": [row.group.stage for row in news.added],
            "subjects": [row.group.subject for row in news.added],
            "rungs": [row.rung for row in news.added],
            "codes": [row.code for row in news.added],
            "lessons": [row.outstanding_id for row in news.added],
        }
        cursor.execute(ADD, values)
        gone = news.given.withdrawn
        values = {
            "draw": draw.pk,
            "now": now,
            "stages": [group.stage for group, _code in gone],
            "subjects": [group.subject for group, _code in gone],
            "codes": [code for _group, code in gone],
        }
        cursor.execute(WITHDRAW, values)


def follow_roster(draw: Draw, news: News, hands: dict[str, Hand]) -> None:
    """Note as what everybody concerned was dealt, and how many lessons they still lack."""
    people = list(news.people.values())
    values: dict[str, Any] = {
        "draw": draw.pk,
        "users": [one.user_id for one in people],
        "codes": [one.code for one in people],
        "stages": [one.group.stage for one in people],
        "subjects": [one.group.subject for one in people],
        "schools": [one.school_id for one in people],
        "missing": [hands[one.code].count(None) for one in people],
    }
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, values)


def replace_cases(
    draw: Draw, news: News, changed: dict[str, Hand], record: DrawSupplement, now: datetime
) -> None:
    """Give back what is given back, with its reason, and hand out what is new."""
    rows = [
        (person.user_id, position, _why(news, person, lesson))
        for person, position, lesson, _new in _moves(news, changed)
        if lesson is not None
    ]
    users, positions, whys = zip(*rows, strict=True) if rows else ((), (), ())
    values: dict[str, Any] = {
        "draw": draw.pk,
        "now": now,
        "users": list(users),
        "positions": list(positions),
        "whys": list(whys),
    }
    with connection.cursor() as cursor:
        cursor.execute(REPLACE, values)
    copy_rows("lessons_caseassignment", CASES, _new_cases(draw, news, changed, record))


def tell(news: News, changed: dict[str, Hand]) -> None:
    """One notice for everybody whose lessons changed."""
    people = [news.people[code].user_id for code in changed]
    number = news.given.number
    notify(
        people,
        "lessons.draw_supplement",
        {"number": number},
        reverse("lessons:receipt"),
        key=f"lessons.draw_supplement:{number}",
    )


def _moves(
    news: News, changed: dict[str, Hand]
) -> Iterator[tuple[Person, int, str | None, str | None]]:
    """Position by position what lay there and what lies there now."""
    for code, hand in changed.items():
        person = news.people[code]
        for position, (lesson, new) in enumerate(zip(person.hand, hand, strict=True), 1):
            if lesson != new:
                yield person, position, lesson, new


def _why(news: News, person: Person, lesson: str) -> str:
    if person.was is not None and (person.was, lesson) in news.given.withdrawn:
        return Replaced.WITHDRAWN
    if person.was != person.group:
        return Replaced.REGISTRATION
    row = next(
        (one for one in news.pool.by_group[person.group].values() if one.code == lesson), None
    )
    own_school = row is not None and row.school_id == person.school_id
    return Replaced.REGISTRATION if own_school else Replaced.EXCLUDED


def _new_cases(
    draw: Draw, news: News, changed: dict[str, Hand], record: DrawSupplement
) -> Iterator[tuple]:
    rows = {(row.group, row.code): row for row in news.pool.rows}
    for person, position, _lesson, new in _moves(news, changed):
        if new is not None:
            row = rows[person.group, new]
            yield draw.pk, person.user_id, position, row.outstanding_id, row.rung, "", record.pk
