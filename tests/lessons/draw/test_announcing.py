"""Before the draw: what is fixed, what is published, and what nobody can change any more."""

import csv
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lessons.domain.dealing.files import digest
from lessons.domain.drawing.errors import (
    DrawAnnounced,
    DrawTooEarly,
    NothingToDraw,
    SeedEventMissing,
    SeedNotInTheFuture,
)
from lessons.domain.drawing.publication import published_files
from lessons.models import CaseExclusion, Draw, LessonMember
from programmes.domain.rulepacks import load_programme
from tests.lessons.draw.scene import EVENT, Scene

pytestmark = pytest.mark.django_db


def rows(draw, name):
    file = next(one for one in published_files(draw) if one.name == name)
    return list(csv.DictReader(file.read().decode().splitlines()))


def test_the_commitment_is_the_hash_of_a_text_that_names_every_file():
    draw = Scene().announce()
    files = {file.name: file for file in published_files(draw)}
    announcement = files["announcement.txt"].read()
    assert digest(announcement) == draw.commitment
    assert f"seed_event {EVENT}" in announcement.decode()
    for name in ("rules.json", "roster.csv", "pool.csv", "verify_draw.py"):
        assert digest(files[name].read()) == files[name].sha256
        assert files[name].sha256 in announcement.decode()


def test_the_published_roster_names_nobody():
    """Codes only; a school stands there only where it bars a lesson of the group."""
    scene = Scene(teachers=2, lessons=0)
    own = scene.give(school=scene.school)
    elsewhere = scene.enrol(school=scene.new_school())
    draw = scene.announce()
    lines = rows(draw, "roster.csv")
    pool = rows(draw, "pool.csv")
    assert len(lines) == 3
    assert {len(line["teacher"]) for line in lines} == {17}
    schools = sorted(line["school"] for line in lines)
    assert schools[0] == ""
    assert schools[1] == schools[2] == pool[0]["school"] != ""
    assert pool[0]["lesson"] == f"L{own.lesson_id:07d}"
    code = draw.roster_lines.get(user=elsewhere.user).code
    assert next(line["school"] for line in lines if line["teacher"] == code) == ""


def test_team_and_declared_lessons_are_barred_by_code_and_own_ones_by_the_school():
    scene = Scene(teachers=1, lessons=3)
    teacher = scene.enrolments[0].user
    LessonMember.objects.create(lesson=scene.pool[0].lesson, user=teacher)
    CaseExclusion.objects.create(
        lesson=scene.pool[1], user=teacher, reason="夫妻", declared_by=scene.first
    )
    scene.give(school=scene.school, teacher=teacher)
    line = rows(scene.announce(), "roster.csv")[0]
    barred = sorted(f"L{one.lesson_id:07d}" for one in scene.pool[:2])
    assert line["barred"].split() == barred
    assert line["school"] != ""


def test_the_pool_holds_every_rung_of_the_ladder_once():
    scene = Scene(teachers=1, lessons=1)
    earlier = load_programme("2017", make_current=False)
    earlier.code, earlier.year, earlier.pk = "2016", 2016, None
    earlier.save(force_insert=True)
    old = scene.give(programme=earlier)
    upper = scene.give(stage="junior", subject="chinese")
    nominated = scene.give(nominated=True)
    scene.give(withdrawn_at=timezone.now(), why_withdrawn="重复")
    barred = scene.give()
    barred.lesson.barred_at = timezone.now()
    barred.lesson.save()
    local = scene.give()
    local.lesson.curriculum = "local"
    local.lesson.save()
    found = {
        line["lesson"]: line["rung"]
        for line in rows(scene.announce(), "pool.csv")
        if (line["stage"], line["subject"]) == ("primary", "chinese")
    }
    assert found == {
        f"L{scene.pool[0].lesson_id:07d}": "city",
        f"L{old.lesson_id:07d}": "earlier_years",
        f"L{upper.lesson_id:07d}": "next_stage",
        f"L{nominated.lesson_id:07d}": "nominated",
    }


def test_only_approved_people_are_on_the_roster():
    scene = Scene(teachers=2)
    scene.correct(scene.enrolments[0], state="confirmed")
    draw = scene.announce()
    assert [line.user_id for line in draw.roster_lines.all()] == [scene.enrolments[1].user_id]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"seed_event": "  "}, SeedEventMissing),
        ({"seed_known_at": timezone.now() - timedelta(days=3)}, SeedNotInTheFuture),
        ({"now": timezone.now() - timedelta(days=20)}, DrawTooEarly),
    ],
)
def test_an_announcement_without_a_future_event_in_the_window_is_refused(fields, refusal):
    scene = Scene()
    with pytest.raises(refusal):
        scene.announce(**fields)
    assert scene.draw.state == "prepared"


def test_nobody_announces_twice():
    scene = Scene()
    scene.announce()
    with pytest.raises(DrawAnnounced):
        scene.announce(by=scene.second)


def test_a_draw_for_nobody_is_refused():
    with pytest.raises(NothingToDraw):
        Scene(teachers=0).announce()


@pytest.mark.parametrize(
    "change",
    [
        {"roster_sha256": "0" * 64},
        {"pool": "draws/other.csv"},
        {"rules": {"lessons": 3}},
        {"seed_event": "another"},
        {"commitment": "0" * 64},
        {"code_key": "another"},
        {"state": "prepared"},
        {"seed_known_at": timezone.now()},
    ],
)
def test_the_database_refuses_to_change_what_was_announced(change):
    draw = Scene().announce()
    with (
        pytest.raises(IntegrityError, match="announced draw does not change"),
        transaction.atomic(),
    ):
        Draw.objects.filter(pk=draw.pk).update(**change)
