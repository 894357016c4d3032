import pytest
from django.utils.html import strip_tags
from wagtail.models import Page

from courses.domain.projection import CourseAlreadyCounted, VideoNotReady, project_course
from courses.domain.reading import reading_seconds
from courses.models import Course, CoursePage, Module, ModuleCompletion, ModulePage
from tests.courses.factories import TEXT, make_course_page, make_module_page
from tests.factories import UserFactory
from videos.enums import UnitKind, VideoState
from videos.models import StudyUnit, Video

pytestmark = pytest.mark.django_db


def test_publishing_makes_the_counted_rows():
    page = make_course_page(title="教育政策", slug="policy-law", modules=2)
    course = page.course
    assert (course.code, course.title, course.part, course.class_hours, course.is_open) == (
        "policy-law",
        "教育政策",
        "policy",
        2,
        True,
    )
    modules = list(course.modules.values_list("position", "is_open", "unit__kind"))
    assert modules == [(1, True, UnitKind.READING), (2, True, UnitKind.READING)]


def test_a_draft_counts_nothing_and_a_course_without_modules_is_not_on_offer():
    assert make_course_page(publish=False).course is None
    empty = make_course_page(modules=0)
    assert not empty.course.is_open
    make_module_page(empty)
    assert Course.objects.get().is_open


def test_projecting_again_changes_nothing():
    page = make_course_page(modules=3)
    before = list(Module.objects.order_by("pk").values()), list(StudyUnit.objects.values())
    project_course(page)
    assert (list(Module.objects.order_by("pk").values()), list(StudyUnit.objects.values())) == (
        before
    )


def test_an_edited_text_stays_the_same_module_with_the_new_reading_time():
    child = ModulePage.objects.child_of(make_course_page(modules=1)).get()
    module = child.module
    child.title, child.body = "新题目", [("text", TEXT * 3)]
    child.save_revision().publish()
    again = Module.objects.get()
    assert (again.pk, again.unit_id, again.title) == (module.pk, module.unit_id, "新题目")
    assert again.unit.length_seconds == reading_seconds(strip_tags(TEXT) * 3)


def test_publishing_a_first_draft_again_keeps_the_row():
    page = make_course_page(publish=False, modules=1)
    draft = page.save_revision()
    page.save_revision().publish()
    make_module_page(page)
    draft.as_object().save_revision().publish()
    assert Course.objects.count() == 1


def test_a_lengthened_text_takes_nothing_earned_away():
    child = ModulePage.objects.child_of(make_course_page(modules=1)).get()
    done = ModuleCompletion.objects.create(
        user=UserFactory(), module=child.module, covered_at="2017-07-01T00:00Z"
    )
    child.body = [("text", TEXT * 9)]
    child.save_revision().publish()
    assert list(ModuleCompletion.objects.values_list("pk", flat=True)) == [done.pk]


def test_unpublishing_closes_and_publishing_opens_again():
    page = make_course_page()
    page.unpublish()
    assert not Course.objects.get().is_open
    CoursePage.objects.get().save_revision().publish()
    assert Course.objects.get().is_open
    assert Module.objects.filter(is_open=True).count() == 2


def test_deleting_pages_closes_rows_and_keeps_them():
    page = make_course_page(modules=2)
    ModulePage.objects.first().delete()
    assert sorted(Module.objects.values_list("is_open", flat=True)) == [False, True]
    Page.objects.get(pk=page.pk).specific.delete()
    assert not Course.objects.get().is_open
    assert Module.objects.count() == 2


def test_reordering_and_moving_modules_is_followed():
    first, second = make_course_page(modules=2), make_course_page(modules=1)
    one, two = ModulePage.objects.child_of(first).order_by("path")
    unit = two.module.unit
    two.move(one, pos="left")
    assert list(first.course.modules.values_list("title", flat=True)) == [two.title, one.title]
    ModulePage.objects.get(pk=two.pk).move(second, pos="last-child")
    assert list(first.course.modules.filter(is_open=True).values_list("title", flat=True)) == [
        one.title
    ]
    assert second.course.modules.get(title=two.title).unit == unit


def test_a_copied_course_gets_rows_of_its_own():
    page = make_course_page(slug="ethics")
    page.copy(recursive=True, update_attrs={"slug": "ethics-2", "title": "副本"})
    assert sorted(Course.objects.values_list("code", flat=True)) == ["ethics", "ethics-2"]
    assert Module.objects.count() == 4


def test_codes_are_latin_free_and_do_not_hide_an_address():
    assert make_course_page(slug="choose").course.code != "choose"
    assert make_course_page(slug="教育法").course.code.startswith("course-")


def test_hours_are_fixed_once_somebody_studied():
    page = make_course_page(modules=1)
    page.class_hours = 3
    page.save_revision().publish()
    assert Course.objects.get().class_hours == 3
    ModuleCompletion.objects.create(
        user=UserFactory(), module=Module.objects.get(), covered_at="2017-07-01T00:00Z"
    )
    page.class_hours = 4
    with pytest.raises(CourseAlreadyCounted):
        page.save_revision().publish()


def make_video(state):
    unit = StudyUnit.objects.create(kind=UnitKind.VIDEO, title="录像", length_seconds=90)
    return Video.objects.create(
        title="录像",
        unit=unit if state == VideoState.READY else None,
        original="x.mp4",
        original_name="x.mp4",
        size_bytes=1,
        sha256="0" * 64,
        state=state,
        added_by=UserFactory(),
    )


def test_a_module_with_a_video_is_counted_by_the_video():
    video = make_video(VideoState.READY)
    page = make_course_page(modules=0)
    make_module_page(page, body=[("video", video), ("text", TEXT)])
    assert Module.objects.get().unit == video.unit


def test_a_video_that_is_not_ready_is_refused():
    page = make_course_page(modules=0)
    with pytest.raises(VideoNotReady):
        make_module_page(page, body=[("video", make_video(VideoState.PROCESSING))])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", 60), ("字" * 300, 60), ("字" * 301, 61), ("字" * 3000, 600), ("word " * 400, 120)],
)
def test_reading_takes_a_minute_for_300_characters(text, seconds):
    assert reading_seconds(text) == seconds
