"""A course gives its hours as soon as it is covered, passed and accepted (R19)."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from accounts.models import User
from courses.domain.completion_sql import COMPLETED, COVER
from courses.models import Course, Module
from credits.domain.ledger import post_entries
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme


@transaction.atomic
def settle_course(user: User, course: Course, programme: Programme) -> int:
    """Post the course's hours if nothing of it is missing any more. Safe to repeat.

    One statement decides and posts; it is the same that settles a whole programme.

    Returns: 1 when hours were posted, else 0.
    Source: R19, A6.
    """
    return _post(programme, user=user.pk, course=course.pk)


@transaction.atomic
def settle_person(user_id: int, programme: Programme) -> int:
    """Settle all courses of one person, after an enrolment was approved or corrected."""
    return _post(programme, user=user_id)


@transaction.atomic
def settle_courses(programme: Programme) -> tuple[int, int]:
    """Settle everybody's courses over the whole programme. Safe to repeat.

    Finds the same as settling course by course, also what a lost signal or a window that
    was extended afterwards left open.

    Returns: modules newly noted as covered, lines posted.
    """
    return len(_cover(programme)), _post(programme)


@transaction.atomic
def settle_unit(user_id: int, unit_id: int, programme: Programme) -> int:
    """Note that a person covered a unit, and settle the courses that it belongs to.

    Safe to repeat: what was noted before is not settled again.

    Returns: lines posted.
    """
    covered = [module for _user, module in _cover(programme, user=user_id, unit=unit_id)]
    courses = Module.objects.filter(pk__in=covered).values_list("course_id", flat=True)
    return sum(_post(programme, user=user_id, course=pk) for pk in set(courses)) if covered else 0


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
            "user": None,
            "course": None,
            **scope,
            "programme": programme.pk,
            "parts": [f"{part.key}/{part.category}" for part in parts],
        },
    )
