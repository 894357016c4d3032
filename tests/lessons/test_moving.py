import pytest
from django.db import IntegrityError, transaction

from core.models import AuditRecord
from lessons.domain.moving import move_lesson
from lessons.enums import Curriculum, LessonState
from lessons.errors import (
    LessonBarred,
    LessonIncomplete,
    NotForContests,
    OneLessonPerTeacher,
    OwnLesson,
    StepNotPossible,
    WhyMissing,
)
from lessons.models import Lesson, Material
from notifications.models import Notification
from programmes.enums import PersonType
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory
from tests.lessons.factories import make_lesson, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def enrolment(programme):
    return make_enrolment(programme)


@pytest.fixture
def principal(enrolment):
    return UserFactory(school=enrolment.school)


def complete(enrolment, state=LessonState.DRAFT, **fields):
    """A lesson with everything that the year asks for."""
    lesson = make_lesson(
        enrolment.programme, teacher=enrolment.user, school=enrolment.school, state=state, **fields
    )
    record(lesson)
    for kind in ("plan", "slides"):
        file = {"file": f"{kind}.pdf", "name": f"{kind}.pdf", "size_bytes": 1, "sha256": "0" * 64}
        Material.objects.create(lesson=lesson, kind=kind, added_by=lesson.teacher, **file)
    return lesson


def test_the_whole_way_from_draft_to_chosen(enrolment, principal):
    lesson = complete(enrolment)
    for state, by in (
        (LessonState.SHOWN, lesson.teacher),
        (LessonState.PROPOSED, lesson.teacher),
        (LessonState.CHOSEN, principal),
    ):
        lesson = move_lesson(lesson, state, by=by)
    assert lesson.state == LessonState.CHOSEN
    acts = AuditRecord.objects.filter(verb="lesson.move").order_by("pk")
    assert [act.to_state for act in acts] == ["shown", "proposed", "chosen"]
    assert Notification.objects.get().kind == "lessons.chosen"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LessonState.DRAFT, LessonState.PROPOSED),
        (LessonState.SHOWN, LessonState.CHOSEN),
        (LessonState.CHOSEN, LessonState.SHOWN),
        (LessonState.WITHDRAWN, LessonState.SHOWN),
    ],
)
def test_no_step_is_skipped(enrolment, principal, before, after):
    with pytest.raises(StepNotPossible):
        move_lesson(complete(enrolment, before), after, by=principal, why="想一想再说")


def test_showing_needs_the_recording_and_proposing_the_rest(enrolment):
    bare = make_lesson(
        enrolment.programme,
        teacher=enrolment.user,
        state=LessonState.DRAFT,
        states_genuine=False,
        taught_on=None,
    )
    with pytest.raises(LessonIncomplete) as refusal:
        move_lesson(bare, LessonState.SHOWN, by=bare.teacher)
    assert refusal.value.params["missing"] == "录像"
    record(bare)
    shown = move_lesson(bare, LessonState.SHOWN, by=bare.teacher)
    with pytest.raises(LessonIncomplete) as refusal:
        move_lesson(shown, LessonState.PROPOSED, by=bare.teacher)
    named = refusal.value.params["missing"].split("、")
    assert named == ["授课日期", "教学设计", "教学课件", "真实教学声明"]


def test_shown_in_school_it_is_open_to_the_school_and_withdrawn_to_nobody(enrolment):
    colleague = UserFactory(school=enrolment.school)
    lesson = move_lesson(complete(enrolment), LessonState.SHOWN, by=enrolment.user)
    assert list(Lesson.objects.visible_to(colleague)) == [lesson]
    move_lesson(lesson, LessonState.WITHDRAWN, by=enrolment.user)
    assert not Lesson.objects.visible_to(colleague).exists()
    assert lesson.viewers.exclude(ended_at=None).count() == 1


def test_giving_back_and_taking_away_say_why(enrolment, principal):
    lesson = complete(enrolment, LessonState.PROPOSED)
    with pytest.raises(WhyMissing):
        move_lesson(lesson, LessonState.SHOWN, by=principal)
    move_lesson(lesson, LessonState.SHOWN, by=principal, why="请补充板书")
    assert Notification.objects.get().parameters["why"] == "请补充板书"
    back = move_lesson(lesson, LessonState.PROPOSED, by=enrolment.user)
    assert move_lesson(back, LessonState.SHOWN, by=enrolment.user).state == LessonState.SHOWN


def test_a_teacher_has_one_chosen_lesson_a_year(enrolment, principal):
    first = move_lesson(complete(enrolment, LessonState.PROPOSED), LessonState.CHOSEN, by=principal)
    second = complete(enrolment, LessonState.PROPOSED)
    with pytest.raises(OneLessonPerTeacher) as refusal:
        move_lesson(second, LessonState.CHOSEN, by=principal)
    assert refusal.value.params["title"] == first.title
    move_lesson(first, LessonState.WITHDRAWN, by=principal, why="换一节课")
    assert move_lesson(second, LessonState.CHOSEN, by=principal).state == LessonState.CHOSEN


def test_the_database_keeps_one_chosen_lesson_by_itself(enrolment):
    complete(enrolment, LessonState.CHOSEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        complete(enrolment, LessonState.CHOSEN)


def test_nobody_chooses_the_own_lesson(enrolment):
    with pytest.raises(OwnLesson):
        move_lesson(
            complete(enrolment, LessonState.PROPOSED), LessonState.CHOSEN, by=enrolment.user
        )


def test_who_enters_no_contests_shows_only_unless_the_school_opts_in(enrolment, principal):
    enrolment.person_type = PersonType.SPECIAL_EDUCATION
    enrolment.save()
    lesson = complete(enrolment, LessonState.PROPOSED)
    with pytest.raises(NotForContests):
        move_lesson(lesson, LessonState.CHOSEN, by=principal)
    enrolment.contest_opt_in = True
    enrolment.save()
    assert move_lesson(lesson, LessonState.CHOSEN, by=principal).state == LessonState.CHOSEN


def test_a_school_based_lesson_needs_no_place(enrolment):
    lesson = complete(enrolment, LessonState.SHOWN, curriculum=Curriculum.SCHOOL_BASED, node=None)
    assert move_lesson(lesson, LessonState.PROPOSED, by=enrolment.user).state == "proposed"


def test_a_barred_lesson_takes_no_further_step(enrolment):
    lesson = complete(enrolment, LessonState.SHOWN)
    Lesson.objects.update(barred_at=lesson.created_at)
    with pytest.raises(LessonBarred):
        move_lesson(lesson, LessonState.PROPOSED, by=enrolment.user)
