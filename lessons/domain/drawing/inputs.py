"""What goes into a draw, read from the database: who takes part, and which lessons there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from lessons.domain.dealing.files import STRATA
from lessons.domain.dealing.shapes import FIRST_RUNG, Group, Lesson, Rules, Teacher
from lessons.domain.drawing.codes import Codes
from lessons.queries.draw_sql import BARRED, POOL, ROSTER
from programmes.domain.rulepack import RulePack
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Stage
from programmes.models import Programme

STAGES_UPWARDS = (Stage.KINDERGARTEN, Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR)


class PoolRow(NamedTuple):
    """A lesson that a group may be given."""

    group: Group
    rung: str
    outstanding_id: int
    lesson_id: int
    school_id: int
    city: str
    grade: str
    edition: str
    code: str


class PublishedAs(NamedTuple):
    """How a lesson already stands in a group's published pool."""

    rung: str
    code: str


Known = Mapping[tuple[Group, int], PublishedAs]


@dataclass
class Pool:
    """All groups' lessons, and who must not get which of them."""

    rows: list[PoolRow]
    barred: dict[int, set[int]]
    by_group: dict[Group, dict[int, PoolRow]] = field(default_factory=dict)
    schools: dict[Group, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows:
            self.by_group.setdefault(row.group, {})[row.lesson_id] = row
            self.schools.setdefault(row.group, set()).add(row.school_id)


def rules_of(pack: RulePack) -> Rules:
    """The draw's rules of the year, as they are published."""
    return Rules(
        lessons=pack.draw.lessons,
        avoid_own_school=pack.draw.avoid_own_school,
        strata=tuple(key for key in pack.draw.strata if key in STRATA),
        ladder=tuple(pack.draw.ladder),
    )


def next_stage(pack: RulePack, stage: str, subject: str) -> str | None:
    """The nearest stage above that has the subject, else the nearest below. Source: A4."""
    place = STAGES_UPWARDS.index(Stage(stage))
    above, below = STAGES_UPWARDS[place + 1 :], STAGES_UPWARDS[:place][::-1]
    taught = (other.value for other in (*above, *below) if pack.subject(other, subject))
    return next(taught, None)


def pool_of(programme: Programme, codes: Codes, known: Known | None = None) -> Pool:
    """Every lesson that may be given in the year. Two queries.

    ``known`` are those already published, by group and lesson: rung and code stay.
    Source: R9, A4, R53.
    """
    pack = rule_pack_of(programme)
    groups = [
        Group(stage, subject.key)
        for stage, subjects in pack.stage_subjects.items()
        for subject in subjects
    ]
    with connection.cursor() as cursor:
        cursor.execute(POOL, pool_values(programme, groups))
        rows = [_pool_row(row, codes, known or {}) for row in cursor]
    return Pool(rows, barred_among({row.lesson_id for row in rows}))


def pool_values(programme: Programme, groups: Sequence[Group]) -> dict[str, Any]:
    """What the statements of ``draw_sql`` are asked with, for these groups."""
    pack = rule_pack_of(programme)
    return {
        "programme": programme.pk,
        "year": programme.year,
        "stages": [group.stage for group in groups],
        "subjects": [group.subject for group in groups],
        "nexts": [next_stage(pack, *group) for group in groups],
        "rungs": [FIRST_RUNG, *pack.draw.ladder],
    }


def barred_among(lesson_ids: set[int]) -> dict[int, set[int]]:
    """Per person the lessons among ``lesson_ids`` that the person must not get."""
    barred: dict[int, set[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BARRED, {"lessons": list(lesson_ids)})
        for user_id, lesson_id in cursor:
            barred.setdefault(user_id, set()).add(lesson_id)
    return barred


def roster_of(programme: Programme) -> list[tuple[int, Group, int]]:
    """Everybody who takes part: person, group, school. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ROSTER, {"programme": programme.pk})
        return [(user, Group(stage, subject), school) for user, stage, subject, school in cursor]


def teacher_line(
    codes: Codes, rules: Rules, pool: Pool, user_id: int, group: Group, school_id: int
) -> Teacher:
    """A person as published. The school is left out where none of the group's lessons is its
    own, and a barred lesson where the school already bars it: nothing is said without need.
    """
    lessons = pool.by_group.get(group, {})
    own_school = school_id in pool.schools.get(group, ())
    barred = [
        lessons[lesson].code
        for lesson in pool.barred.get(user_id, ())
        if lesson in lessons
        and not (rules.avoid_own_school and lessons[lesson].school_id == school_id)
    ]
    school = codes.school(group, school_id) if own_school else ""
    return Teacher(codes.teacher(user_id), school, frozenset(barred))


def lesson_line(codes: Codes, rules: Rules, row: PoolRow) -> Lesson:
    """A lesson as the draw sees it."""
    strata = tuple(getattr(row, key) for key in rules.strata)
    return Lesson(row.code, codes.school(row.group, row.school_id), row.rung, strata)


def pool_line(codes: Codes, row: PoolRow) -> tuple[str, ...]:
    """A lesson as published; see ``dealing.files.POOL``. Nobody can read from it which it is:
    city, grade and edition would name it, and with it the school of everybody barred from it.
    """
    school = codes.school(row.group, row.school_id)
    strata = (codes.stratum(row.group, key, getattr(row, key)) for key in STRATA)
    return (*row.group, row.rung, row.code, school, *strata)


def _pool_row(row: tuple, codes: Codes, known: Known) -> PoolRow:
    stage, subject, rung, outstanding_id, lesson_id, school_id, *strata = row
    group = Group(stage, subject)
    as_known = known.get((group, lesson_id)) or PublishedAs(rung, codes.lesson(lesson_id))
    city, grade, edition = (" ".join(value.split()) for value in strata)
    return PoolRow(
        group,
        as_known.rung,
        outstanding_id,
        lesson_id,
        school_id,
        city,
        grade,
        edition,
        as_known.code,
    )
