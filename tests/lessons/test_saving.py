import pytest

from lessons.domain.lessons import begin_lesson, save_lesson
from lessons.enums import Curriculum, LessonState
from lessons.errors import (
    LessonBarred,
    LessonChangedElsewhere,
    LessonLocked,
    NodeUnfit,
    TeacherElsewhere,
)
from lessons.models import Lesson
from notifications.models import Notification
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory, make_branch
from tests.lessons.factories import make_lesson, make_node

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    enrolment = make_enrolment(make_programme())
    return begin_lesson(
        teacher=enrolment.user,
        school=enrolment.school,
        programme=enrolment.programme,
        by=enrolment.user,
    )


def save(lesson, revision=1, **values):
    return save_lesson(lesson, values, revision=revision, by=lesson.teacher)


def test_a_lesson_begins_with_the_stage_and_subject_of_the_enrolment(draft):
    assert (draft.stage, draft.subject) == ("primary", "mathematics")
    assert (draft.state, draft.revision) == (LessonState.DRAFT, 1)
    assert not Notification.objects.exists()


def test_a_school_begins_for_its_own_teachers_and_tells_them(draft):
    office, stranger = UserFactory(school=draft.school), UserFactory(school=make_branch()[-1])
    given = {"school": draft.school, "programme": draft.programme, "by": office}
    begin_lesson(teacher=draft.teacher, **given)
    assert Notification.objects.get().kind == "lessons.begun_for_you"
    with pytest.raises(TeacherElsewhere):
        begin_lesson(teacher=stranger, **given)


def test_each_save_is_a_revision_and_saving_the_same_is_none(draft):
    saved = save(draft, title="春")
    assert (saved.title, saved.revision) == ("春", 2)
    assert save(draft, revision=1, title="春").revision == 2


def test_a_window_opened_earlier_overwrites_nothing(draft):
    save(draft, title="春")
    with pytest.raises(LessonChangedElsewhere):
        save(draft, revision=1, title="夏")
    assert Lesson.objects.get().title == "春"
    assert save(draft, revision=2, title="夏").revision == 3


def test_a_place_gives_stage_subject_and_an_absent_title(draft):
    node = make_node("junior", "chinese", "济南的冬天")
    saved = save(draft, node=node, stage="primary", subject="mathematics", title="")
    assert (saved.stage, saved.subject, saved.title) == ("junior", "chinese", "济南的冬天")


def test_a_place_is_an_open_lesson_of_the_table_of_contents(draft):
    node = make_node()
    with pytest.raises(NodeUnfit):
        save(draft, node=node.parent)
    node.is_open = False
    node.save()
    with pytest.raises(NodeUnfit):
        save(draft, node=node)


def test_what_a_school_makes_itself_stands_in_no_textbook(draft):
    saved = save(draft, node=make_node(), curriculum=Curriculum.SCHOOL_BASED)
    assert saved.node_id is None


def test_statements_bear_the_time_at_which_all_of_them_were_made(draft):
    saved = save(draft, states_timetable=True, states_genuine=True)
    assert saved.stated_at is None
    assert save(draft, 2, states_pupils=True).stated_at is not None
    assert save(draft, 3, states_genuine=False).stated_at is None


@pytest.mark.parametrize("state", [LessonState.PROPOSED, LessonState.CHOSEN])
def test_a_proposed_lesson_is_not_changed(draft, state):
    lesson = make_lesson(draft.programme, teacher=draft.teacher, state=state)
    with pytest.raises(LessonLocked):
        save(lesson, title="改")


def test_a_barred_lesson_is_not_changed(draft):
    Lesson.objects.update(barred_at=draft.created_at)
    with pytest.raises(LessonBarred):
        save(draft, title="改")
