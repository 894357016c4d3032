"""verify finds what breaks the promises of the draw."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from core.invariants import check_invariants
from lessons.domain.pool.leaving import declare_exclusion, withdraw_outstanding
from tests.lessons.draw.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = Scene(teachers=5, lessons=8)
    scene.deal()
    scene.enrol()
    withdraw_outstanding(scene.pool[0].pk, why="重复课", by=scene.first)
    scene.supplement()
    return scene


def broken():
    draw = ("lessons.draw", "lessons.pool")
    found = [one for one in check_invariants() if one.invariant.name.startswith(draw)]
    assert len(found) == 5
    return {one.invariant.name for one in found if not one.kept}


def without_triggers(sql, *values):
    """What somebody with the owner's rights on the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE lessons_caseassignment DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE lessons_caseassignment ENABLE TRIGGER USER")


def test_a_draw_with_its_supplements_keeps_every_promise(scene):
    assert broken() == set()


def test_a_draw_that_is_only_announced_keeps_them_too():
    Scene().announce()
    assert broken() == set()


def test_those_who_are_short_are_on_record():
    Scene(teachers=2, lessons=3).deal()
    assert broken() == set()


def test_a_published_file_that_was_changed_is_found(scene):
    path = Path(default_storage.path(scene.draw.result.name))
    path.write_bytes(path.read_bytes().replace(b" L", b" K", 1))
    assert broken() == {"lessons.draw_replays"}


def test_a_row_that_was_changed_behind_the_rules_is_found(scene):
    case = scene.draw.assignments.standing().first()
    own = scene.give(school=scene.school, teacher=case.user)
    without_triggers(
        "UPDATE lessons_caseassignment SET lesson_id = %s WHERE id = %s", own.pk, case.pk
    )
    assert broken() == {"lessons.draw_replays", "lessons.draw_never_ones_own"}


def test_a_row_that_is_gone_is_found(scene):
    case = scene.draw.assignments.standing().first()
    without_triggers("DELETE FROM lessons_caseassignment WHERE id = %s", case.pk)
    assert broken() == {"lessons.draw_replays", "lessons.draw_full_or_recorded"}


def test_an_exclusion_that_was_not_heeded_is_found(scene):
    case = scene.draw.assignments.standing().first()
    made = declare_exclusion(case.lesson, case.user, reason="亲属", by=scene.first)
    assert broken() == set()  # declared now, the next supplement gives another lesson
    type(made).objects.filter(pk=made.pk).update(declared_at="2001-01-01T00:00Z")
    assert broken() == {"lessons.draw_keeps_exclusions"}


def test_a_local_lesson_in_the_pool_is_found(scene):
    lesson = scene.pool[3].lesson
    lesson.curriculum = "local"
    lesson.save()
    assert broken() == {"lessons.pool_of_national_curriculum"}
