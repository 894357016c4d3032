"""What the project office sees of a draw in preparation: people and lessons per group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from lessons.queries.draw_sql import POOL, ROSTER

COUNT_PEOPLE = f"""
SELECT stage, subject, count(*) FROM ({ROSTER}) roster GROUP BY stage, subject
"""  # noqa: S608 - statements of this product's own
COUNT_LESSONS = f"""
SELECT stage, subject, rung, count(*) FROM ({POOL}) pool(stage, subject, rung, outstanding_id,
       lesson_id, school_id, city, grade, edition)
 GROUP BY stage, subject, rung
"""  # noqa: S608 - statements of this product's own
POOL_OF_GROUP = f"""
SELECT pool.*, lesson.title, teacher.real_name, school.name, city.name, outstanding.commentator
  FROM ({POOL}) pool(stage, subject, rung, outstanding_id, lesson_id, school_id, city, grade,
       edition)
  JOIN lessons_outstandinglesson outstanding ON outstanding.id = pool.outstanding_id
  JOIN lessons_lesson lesson ON lesson.id = pool.lesson_id
  JOIN accounts_user teacher ON teacher.id = lesson.teacher_id
  JOIN organisations_organisation school ON school.id = lesson.school_id
  JOIN organisations_organisation city ON city.code = pool.city
 ORDER BY array_position(%(rungs)s::text[], pool.rung), pool.city, pool.lesson_id
"""  # noqa: S608 - statements of this product's own


@dataclass
class GroupCount:
    """How many people and lessons a stage and subject has; lessons by rung."""

    people: int = 0
    rungs: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PoolLesson:
    """A lesson of one group's pool, for a list."""

    rung: str
    outstanding_id: int
    lesson_id: int
    grade: str
    edition: str
    title: str
    teacher: str
    school: str
    city: str
    commentator: str


def group_counts(values: dict[str, Any]) -> dict[tuple[str, str], GroupCount]:
    """People and lessons of every group. Two queries. ``values`` are those of the pool."""
    counts: dict[tuple[str, str], GroupCount] = {}
    with connection.cursor() as cursor:
        cursor.execute(COUNT_PEOPLE, values)
        for stage, subject, people in cursor:
            counts.setdefault((stage, subject), GroupCount()).people = people
        cursor.execute(COUNT_LESSONS, values)
        for stage, subject, rung, lessons in cursor:
            counts.setdefault((stage, subject), GroupCount()).rungs[rung] = lessons
    return counts


def pool_of_group(values: dict[str, Any]) -> list[PoolLesson]:
    """The lessons of one group, lowest rung first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(POOL_OF_GROUP, values)
        # stage and subject are the group's own, school and city come as names further on
        return [PoolLesson(*row[2:5], *row[7:]) for row in cursor]
