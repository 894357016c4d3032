"""Before the draw: what is fixed, what is published, and what nobody can change any more."""

import csv
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lessons.domain.dealing.files import digest
from lessons.domain.drawing.errors import (
    DrawAnnounced,
    DrawTooEarly,
    DrawTooLate,
    NothingToDraw,
    SeedEventMissing,
    SeedNotInTheFuture,
)
from lessons.domain.drawing.publication import published_files
from lessons.models import CaseExclusion, Draw, LessonMember
from programmes.domain.phases import BEIJING
from programmes.domain.rulepacks import load_programme, rule_pack_of
from tests.lessons.draw.scene import EVENT, Scene

pytestmark = pytest.mark.django_db


def code_of(draw, outstanding):
    return draw.pool_lines.filter(lesson=outstanding).values_list("code", flat=True)[0]


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
    """Codes only; a school stands there only where it bars a lesson of the group, and nobody can
    read from the pool which lesson that is: neither by number nor by city, grade or edition."""
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
    assert pool[0]["lesson"] == code_of(draw, own)
    published = {pool[0][key] for key in ("lesson", "city", "grade", "edition")}
    own_facts = {str(own.lesson_id), f"L{own.lesson_id:07d}", own.city.code, own.grade, own.edition}
    assert not published & own_facts
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
    draw = scene.announce()
    line = rows(draw, "roster.csv")[0]
    barred = sorted(code_of(draw, one) for one in scene.pool[:2])
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
    draw = scene.announce(why_late="按旧年的日程")
    found = {
        line["lesson"]: line["rung"]
        for line in rows(draw, "pool.csv")
        if (line["stage"], line["subject"]) == ("primary", "chinese")
    }
    assert found == {
        code_of(draw, scene.pool[0]): "city",
        code_of(draw, old): "earlier_years",
        code_of(draw, upper): "next_stage",
        code_of(draw, nominated): "nominated",
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
        ({"seed_known_at": timezone.now() - timedelta(days=15)}, SeedNotInTheFuture),
        ({"now": timezone.now() - timedelta(days=20)}, DrawTooEarly),
        ({"seed_known_at": timezone.now() - timedelta(days=11)}, DrawTooLate),
        ({"now": timezone.now(), "seed_known_at": timezone.now() + timedelta(1)}, DrawTooLate),
    ],
)
def test_an_announcement_without_a_future_event_in_the_window_is_refused(fields, refusal):
    scene = Scene()
    with pytest.raises(refusal):
        scene.announce(**fields)
    assert scene.draw.state == "prepared"


def test_the_last_day_of_the_window_is_inclusive():
    """Until 24:00 in Beijing (A6): the day after is late."""
    scene = Scene()
    last = rule_pack_of(scene.programme).draw.closes_on
    midnight = datetime.combine(last + timedelta(days=1), time.min, tzinfo=BEIJING)
    with pytest.raises(DrawTooLate):
        scene.announce(seed_known_at=midnight)
    assert scene.announce(seed_known_at=midnight - timedelta(seconds=1)).why_late == ""


def test_a_late_draw_is_announced_with_its_reason():
    draw = Scene().announce(seed_known_at=timezone.now(), why_late="台风停运，\n开奖改期")
    announcement = published_files(draw)[0].read().decode()
    assert "late_because 台风停运， 开奖改期" in announcement.splitlines()
    assert draw.commitment == digest(announcement.encode())


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
        {"why_late": "another"},
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
