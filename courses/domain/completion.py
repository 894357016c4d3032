"""A course gives its hours as soon as it is covered, passed and accepted (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from courses.domain.completion_sql import COMPLETED, COVER
from courses.models import Course, Module
from credits.domain.ledger import post_entries
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from videos.domain.clock import hold_clocks


@transaction.atomic
def settle_course(user: User, course: Course, programme: Programme) -> int:
    """Post the course's hours if nothing of it is missing any more. Safe to repeat.

    One statement decides and posts; it is the same that settles a whole programme.

    Returns: 1 when hours were posted, else 0.
    Source: R19, A6.
    """
    hold_clocks([user.pk])
    return _post(programme, users=[user.pk], courses=[course.pk])


@transaction.atomic
def settle_people(user_ids: Sequence[int], programme: Programme) -> int:
    """Settle all courses of some people, after enrolments were approved or corrected."""
    hold_clocks(user_ids)
    return _post(programme, users=list(user_ids))


@transaction.atomic
def settle_passed(passed: Iterable[tuple[int, int, int]]) -> int:
    """Settle after tests were passed, given as (user, course, programme) ids."""
    groups: dict[int, tuple[set[int], set[int]]] = {}
    for user_id, course_id, programme_id in passed:
        users, courses = groups.setdefault(programme_id, (set(), set()))
        users.add(user_id)
        courses.add(course_id)
    hold_clocks({user_id for users, _courses in groups.values() for user_id in users})
    return sum(
        _post(programme, users=sorted(users), courses=sorted(courses))
        for programme in Programme.objects.filter(pk__in=groups)
        for users, courses in [groups[programme.pk]]
    )


@transaction.atomic
def settle_courses(programme: Programme) -> tuple[int, int]:
    """Settle everybody's courses over the whole programme. Safe to repeat.

    Finds the same as settling course by course, also what a lost signal or a window that
    was extended afterwards left open.

    Returns: modules newly noted as covered, lines posted.
    """
    covered = len(_cover(programme))
    with connection.cursor() as cursor:  # the plan of the next statement must know the new rows
        cursor.execute("ANALYZE courses_modulecompletion")
    return covered, _post(programme)


@transaction.atomic
def settle_unit(user_id: int, unit_id: int, programme: Programme) -> int:
    """Note that a person covered a unit, and settle the courses that it belongs to.

    Safe to repeat: what was noted before is not settled again. Runs inside the beat, which
    holds the person's clock.

    Returns: lines posted.
    """
    covered = [module for _user, module in _cover(programme, user=user_id, unit=unit_id)]
    if not covered:
        return 0
    courses = Module.objects.filter(pk__in=covered).values_list("course_id", flat=True)
    return _post(programme, users=[user_id], courses=list(courses))


def _cover(programme: Programme, **scope: Any) -> list[tuple[int, int]]:
    filters = {"user": None, "unit": None, **scope}
    percent = rule_pack_of(programme).coverage_percent
    with connection.cursor() as cursor:
        cursor.execute(COVER, {**filters, "coverage_percent": percent})
        return cursor.fetchall()


def _post(programme: Programme, **scope: Any) -> int:
    parts = rule_pack_of(programme).parts
    return post_entries(
        COMPLETED,
        {
            "users": None,
            "courses": None,
            **scope,
            "programme": programme.pk,
            "parts": [f"{part.key}/{part.category}" for part in parts],
        },
    )
