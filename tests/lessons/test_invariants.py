"""Each invariant names the row that somebody changed behind the application's back."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from core.invariants import check_invariants
from lessons.domain.audience import name_viewer
from lessons.domain.materials import add_material
from lessons.domain.reports import file_report
from lessons.domain.research import note_research_lesson
from lessons.enums import LessonState
from lessons.models import Material
from tests.courses.factories import make_programme
from tests.factories import UserFactory, make_branch
from tests.lessons.factories import make_lesson, make_outstanding

pytestmark = pytest.mark.django_db
BREAKS = {
    "curriculum_is_a_tree": "UPDATE lessons_curriculumnode SET path = 'x' || id",
    "place_fits": "UPDATE lessons_lesson SET subject = 'english'",
    "upheld_report_bars": """UPDATE lessons_lessonreport SET state = 'upheld', ruling = 'x',
                             ruled_at = now(), ruled_by_id = reporter_id""",
    "closed_lesson_has_no_audience": "UPDATE lessons_lesson SET state = 'withdrawn'",
    "barred_lesson_in_no_pool": "UPDATE lessons_lesson SET barred_at = now()",
    "recordings_without_gap": "UPDATE lessons_lessonrecording SET number = 2",
    "research_in_its_school_year": "UPDATE lessons_researchlesson SET school_year = 2015",
    "files_unaltered": "UPDATE lessons_material SET sha256 = repeat('0', 64)",
}


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    teacher = UserFactory(school=make_branch()[-1])
    lesson = make_lesson(make_programme(), teacher=teacher, state=LessonState.SHOWN)
    make_outstanding(lesson.programme, lesson=lesson)
    name_viewer(lesson, UserFactory(), by=teacher)
    add_material(lesson, "slides", ContentFile(b"%PDF-1.7", "课件.pdf"), by=teacher)
    file_report(lesson, kind="repeat", text="与去年公开的录像完全相同。" * 2, by=UserFactory())
    given = {"title": "春", "class_name": "1班", "held_on": date(2017, 4, 11), "period": 1}
    note_research_lesson(teacher=teacher, by=teacher, **given)
    return lesson


def broken():
    found = check_invariants()
    return {one.invariant.name for one in found if one.app == "lessons" and not one.kept}


def test_nothing_is_broken_in_a_lived_in_database(world):
    assert broken() == set()
    Material.objects.get().file.delete(save=False)
    assert broken() == {"lessons.files_unaltered"}


@pytest.mark.parametrize("name", BREAKS)
def test_what_was_changed_by_hand_is_named(world, name):
    with connection.cursor() as cursor:
        cursor.execute(BREAKS[name])
    assert f"lessons.{name}" in broken()
