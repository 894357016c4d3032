"""A city's list of lessons for the province: judged like the city's page, lesson by lesson."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import make_export, request_export
from bureau.domain.sealed_files import read_sealed
from bureau.errors import ScopeLost
from lessons.domain.pool.leaving import withdraw_outstanding
from lessons.enums import Curriculum, LessonState
from lessons.models import Lesson, OutstandingLesson
from programmes.models import Phase
from tests.bureau.importing import bring_in, codes, counts, dry_run, quietly, take_over
from tests.courses.factories import make_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.lessons.factories import make_lesson, record

pytestmark = pytest.mark.django_db
FIRST_LINE = 3
TEXT = "情境真实，学生说得多。"


@pytest.fixture
def city():
    """The city's administrator, in the window of the push."""
    programme = make_programme()
    today = timezone.localdate()
    Phase.objects.filter(programme=programme, key="city_push").update(
        opens_on=today, closes_on=today
    )
    _province, city, _county, school = make_branch()
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, city)
    given = {"by": officer, "organisation": city, "kind": "pushed_lessons"}
    return given, programme, school


def chosen(city, **fields):
    _given, programme, school = city
    lesson = make_lesson(programme, school=school, **fields)
    record(lesson)
    return lesson


def row(lesson, **changed):
    return {
        "title": lesson.title,
        "teacher": lesson.teacher.real_name,
        "school_code": lesson.school.code,
        "account": lesson.teacher.username,
    } | changed


def test_a_list_pushes_lessons_with_what_the_experts_say(city):
    given, programme, _school = city
    lessons = [chosen(city), chosen(city)]
    rows = [row(lessons[0], commentator="何知新", commentary=TEXT), row(lessons[1])]
    assert counts(bring_in(rows, **given)) == (2, 0, 0, 0)
    pushed = OutstandingLesson.objects.get(lesson=lessons[0])
    assert (pushed.programme, pushed.city, pushed.pushed_by) == (
        programme,
        given["organisation"],
        given["by"],
    )
    assert (pushed.grade, pushed.commentator, pushed.commentary) == ("三年级", "何知新", TEXT)


def test_the_same_list_again_changes_nothing_and_a_commentary_may_follow(city):
    given, *_rest = city
    lesson = chosen(city)
    bring_in([row(lesson)], **given)
    assert counts(dry_run([row(lesson)], **given)) == (0, 0, 1, 0)
    Phase.objects.filter(key="city_push").update(opens_on="2017-01-01", closes_on="2017-01-02")
    assert codes(dry_run([row(lesson, commentary=TEXT)], **given)) == {
        FIRST_LINE: ["commentator_missing"]
    }
    signed = row(lesson, commentary=TEXT, commentator="何知新")
    assert counts(bring_in([signed], **given)) == (0, 1, 0, 0)
    assert counts(dry_run([row(lesson, commentary=TEXT)], **given)) == (0, 0, 1, 0)
    assert OutstandingLesson.objects.get().commentary == TEXT


def test_nothing_new_is_pushed_outside_the_window(city):
    given, *_rest = city
    Phase.objects.filter(key="city_push").update(opens_on="2017-01-01", closes_on="2017-01-02")
    assert codes(dry_run([row(chosen(city))], **given)) == {FIRST_LINE: ["push_closed"]}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"curriculum": Curriculum.LOCAL}, "not_national"),
        ({"barred_at": timezone.now()}, "barred"),
        ({"state": LessonState.SHOWN}, "not_chosen"),
    ],
)
def test_what_the_page_would_refuse_the_list_refuses(city, fields, code):
    given, *_rest = city
    assert codes(dry_run([row(chosen(city, **fields))], **given)) == {FIRST_LINE: [code]}


def test_a_lesson_without_a_recording_that_plays_stays_out(city):
    given, programme, school = city
    lesson = make_lesson(programme, school=school)
    assert codes(dry_run([row(lesson)], **given)) == {FIRST_LINE: ["no_recording"]}


def test_rows_are_found_by_school_title_and_teacher_within_the_city(city):
    given, programme, _school = city
    lesson, foreign = chosen(city), make_lesson(programme, school=make_branch()[-1])
    namesake = chosen(city, title=lesson.title)
    User.objects.filter(pk=namesake.teacher_id).update(real_name=lesson.teacher.real_name)
    rows = [
        row(foreign),
        row(lesson, title="没有这节课"),
        row(lesson, account=""),
        row(lesson),
        row(lesson),
        row(lesson, teacher=""),
    ]
    assert codes(dry_run(rows, **given)) == {
        FIRST_LINE: ["lesson_unknown"],
        FIRST_LINE + 1: ["lesson_unknown"],
        FIRST_LINE + 2: ["teacher_ambiguous"],
        FIRST_LINE + 4: ["duplicate_row"],
        FIRST_LINE + 5: ["lesson_missing"],
    }


def test_a_withdrawn_lesson_does_not_come_back(city):
    given, *_rest = city
    lesson = chosen(city)
    bring_in([row(lesson)], **given)
    withdraw_outstanding(OutstandingLesson.objects.get().pk, why="版权到期", by=given["by"])
    assert codes(dry_run([row(lesson)], **given)) == {FIRST_LINE: ["push_withdrawn"]}


def test_what_the_world_has_overtaken_since_the_dry_run_is_refused_then(city):
    given, *_rest = city
    lesson, other = chosen(city), chosen(city)
    batch = dry_run([row(lesson), row(other)], **given)
    Lesson.objects.filter(pk=lesson.pk).update(barred_at=timezone.now())
    assert counts(take_over(batch)) == (1, 0, 0, 1)
    assert OutstandingLesson.objects.get().lesson == other


def test_an_export_comes_back_and_changes_nothing(city):
    given, *_rest = city
    lessons = [chosen(city), chosen(city)]
    bring_in(
        [row(lessons[0], commentary="一\n二", commentator="何"), row(lessons[1], commentator="何")],
        **given,
    )
    Lesson.objects.filter(pk=lessons[1].pk).update(state=LessonState.SHOWN)
    export = request_export(
        EXPORT_KINDS["pushed_lessons"], given["organisation"], by=given["by"], language="en"
    )
    content = read_sealed(make_export(export.pk, quietly).file)
    assert counts(dry_run([], **given, content=content)) == (0, 0, 2, 0)


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.PROJECT_OFFICER])
def test_only_who_pushes_by_hand_pushes_by_list(city, role):
    given, _programme, school = city
    keeper = UserFactory(school=school)
    appoint(keeper, role, school if role == Role.PRINCIPAL else given["organisation"])
    with pytest.raises(ScopeLost):
        dry_run([row(chosen(city))], **given | {"by": keeper})
