"""How lessons come into the pool: one statement judges all that are asked for and takes the fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from core.domain.audit import record_acts
from lessons.domain.pool.errors import GroupUnknown
from lessons.models import OutstandingLesson
from lessons.queries.draw_sql import verdict_on
from organisations.models import Organisation
from programmes.domain.phases import require_open
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User

FIT = "fit"
ENTER = f"""
WITH judged AS (
    SELECT lesson.id, {verdict_on("lesson")} AS verdict, city.id AS city_id,
           coalesce(%(stage)s, lesson.stage) AS stage,
           coalesce(%(subject)s, lesson.subject) AS subject,
           coalesce(grade.title, '') AS grade, coalesce(edition.title, '') AS edition
      FROM lessons_lesson lesson
      JOIN organisations_organisation school ON school.id = lesson.school_id
      JOIN organisations_organisation city ON city.level = 2
       AND starts_with(school.path, city.path)
      LEFT JOIN lessons_curriculumnode node ON node.id = lesson.node_id
      LEFT JOIN lessons_curriculumnode grade
        ON grade.path = split_part(node.path, '/', 1) || '/'
      LEFT JOIN lessons_curriculumnode edition
        ON edition.path = grade.path || split_part(node.path, '/', 2) || '/'
     WHERE lesson.id = ANY (%(lessons)s)
       AND (%(city)s::bigint IS NULL OR city.id = %(city)s AND lesson.programme_id = %(programme)s)
), entered AS (
    INSERT INTO lessons_outstandinglesson
           (programme_id, lesson_id, city_id, stage, subject, grade, edition, nominated,
            commentary, commentator, pushed_by_id, pushed_at, why_withdrawn)
    SELECT %(programme)s, id, city_id, stage, subject, grade, edition, %(nominated)s,
           '', '', %(by)s, %(now)s, ''
      FROM judged WHERE verdict = 'fit'
    ON CONFLICT (programme_id, lesson_id, stage, subject) DO NOTHING
    RETURNING id, lesson_id
)
SELECT judged.verdict, entered.id
  FROM judged LEFT JOIN entered ON entered.lesson_id = judged.id
"""  # noqa: S608 - only the text above is put in


@dataclass(frozen=True)
class Entered:
    """Lessons that are new in the pool, that were there before, and refused ones by reason."""

    new: int
    already: int
    refused: dict[str, int]


@transaction.atomic
def push_lessons(
    programme: Programme,
    city: Organisation,
    lesson_ids: Iterable[int],
    *,
    by: User,
    now: datetime | None = None,
) -> Entered:
    """Push lessons of the city's schools to the province as the city's outstanding lessons.

    Safe to repeat: a lesson is in the pool once. What is not of the city is passed over; what
    is not fit stays out and is counted by reason. The contest's chain of awards (R52) will
    decide which lessons a city may ask for.

    Raises: PhaseClosed outside the window of the city, extensions included.
    Source: R46, R47, R53.
    """
    require_open(programme, PhaseKey.CITY_PUSH, city, now)
    values = _values(programme, lesson_ids, by, now) | {"city": city.pk, "nominated": False}
    return _enter(values, "lesson.push", by)


@transaction.atomic
def nominate_lessons(
    programme: Programme,
    stage: str,
    subject: str,
    lesson_ids: Iterable[int],
    *,
    by: User,
    now: datetime | None = None,
) -> Entered:
    """Put lessons into a group whose own pool is too small, from any stage, subject or year.

    Safe to repeat. They are the last rung of the ladder.

    Raises: GroupUnknown.
    Source: A4.
    """
    if rule_pack_of(programme).subject(stage, subject) is None:
        raise GroupUnknown
    values = _values(programme, lesson_ids, by, now) | {"nominated": True}
    return _enter(values | {"stage": stage, "subject": subject}, "lesson.nominate", by)


def _values(
    programme: Programme, lesson_ids: Iterable[int], by: User, now: datetime | None
) -> dict[str, Any]:
    return {
        "programme": programme.pk,
        "lessons": list(lesson_ids),
        "by": by.pk,
        "now": now or timezone.now(),
        "city": None,
        "stage": None,
        "subject": None,
    }


def _enter(values: dict[str, Any], verb: str, by: User) -> Entered:
    with connection.cursor() as cursor:
        cursor.execute(ENTER, values)
        judged = cursor.fetchall()
    new = [pk for _verdict, pk in judged if pk is not None]
    record_acts(verb, OutstandingLesson, new, by=by)
    verdicts = Counter(verdict for verdict, _pk in judged)
    fit = verdicts.pop(FIT, 0)
    return Entered(len(new), fit - len(new), dict(verdicts))
