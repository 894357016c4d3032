"""The draw as rows and as published files, and the stranger who checks it."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from core.domain.jobs import run_job
from core.models import JobState
from lessons.domain.drawing.errors import PublishedFileChanged, SeedNotConfirmed
from lessons.domain.drawing.publication import archive
from lessons.domain.drawing.storing import deal_draw
from lessons.models import CaseAssignment
from notifications.models import Notification
from tests.lessons.draw.scene import Scene, publish_to, quiet
from tests.lessons.draw.test_verify_draw import change, verify

pytestmark = pytest.mark.django_db


def test_everybody_gets_four_different_lessons_none_of_the_own_school():
    scene = Scene(teachers=6, lessons=8)
    scene.give(school=scene.school)
    scene.deal()
    for enrolment in scene.enrolments:
        hand = scene.hand(enrolment)
        assert len({one.pk for one in hand}) == 4
        assert all(one.lesson.school_id != scene.school.pk for one in hand)
    loads = [one.assignments.count() for one in scene.pool]
    assert sum(loads) == 24
    # The ninth lesson is of everybody's own school: even load is impossible, and this is said.
    assert [step["loads"] for step in scene.draw.statistics["groups"][0]["steps"]][0] == [0, 3]


def test_product_and_tool_deal_alike_from_the_same_files(tmp_path):
    scene = Scene(teachers=7, lessons=9)
    scene.deal()
    scene.enrol()
    scene.supplement()
    folder = publish_to(tmp_path, scene.draw)
    code, lines = verify(folder, "--commitment", scene.draw.commitment)
    assert (code, lines[-1]) == (0, "Everything agrees.")
    line = (folder / "result.csv").read_text().splitlines()[1]
    change(folder / "result.csv", line.encode(), line[:-1].encode() + b"X")
    code, lines = verify(folder)
    assert code == 1
    assert lines[-1].startswith("result.csv line 2: teacher T")


def test_the_job_draws_once_and_tells_everybody_once():
    scene = Scene(teachers=3, lessons=8)
    scene.announce()
    job = scene.confirm()
    assert run_job(job.pk) == JobState.DONE
    before = list(CaseAssignment.objects.values_list("pk", flat=True))
    deal_draw(scene.draw.pk, quiet)
    assert list(CaseAssignment.objects.values_list("pk", flat=True)) == before
    assert len(before) == 12
    assert Notification.objects.filter(kind="lessons.drawn").count() == 3


def test_a_draw_without_a_confirmed_seed_is_refused():
    scene = Scene()
    draw = scene.announce()
    with pytest.raises(SeedNotConfirmed):
        deal_draw(draw.pk, quiet)


def test_a_roster_that_was_changed_on_disk_stops_the_draw():
    scene = Scene()
    draw = scene.announce()
    scene.confirm()
    path = Path(default_storage.path(draw.roster.name))
    path.write_bytes(path.read_bytes().replace(b"primary", b"prinary", 1))
    with pytest.raises(PublishedFileChanged):
        deal_draw(draw.pk, quiet)
    assert not CaseAssignment.objects.exists()


def test_those_who_got_fewer_are_on_record():
    scene = Scene(teachers=2, lessons=3)
    scene.deal()
    assert [line.missing for line in scene.draw.roster_lines.all()] == [1, 1]
    group = scene.draw.statistics["groups"][0]
    assert (group["short"], group["rung"]) == (2, "city")


def test_what_the_draw_gave_is_never_rewritten():
    scene = Scene()
    scene.deal()
    case = CaseAssignment.objects.first()
    other = next(one for one in scene.pool if one.pk != case.lesson_id)
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        CaseAssignment.objects.filter(pk=case.pk).update(lesson=other)


def test_all_files_come_as_one_archive(tmp_path):
    scene = Scene()
    scene.deal()
    path = tmp_path / "all.zip"
    path.write_bytes(b"".join(archive(scene.draw)))
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        names = {Path(name).name for name in packed.namelist()}
    assert names == {
        "announcement.txt",
        "rules.json",
        "roster.csv",
        "pool.csv",
        "verify_draw.py",
        "seed.txt",
        "result.csv",
        "report.json",
    }
