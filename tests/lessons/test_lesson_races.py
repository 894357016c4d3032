"""Two people act at once; the lesson's row and the database's own rule decide."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from lessons.domain.lessons import save_lesson
from lessons.domain.moving import move_lesson
from lessons.enums import LessonState
from lessons.errors import LessonChangedElsewhere, OneLessonPerTeacher, StepNotPossible
from lessons.models import Lesson
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory
from tests.lessons.test_moving import complete
from tests.threads import in_own_connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def enrolment():
    return make_enrolment(make_programme())


def second_while_first_is_open(first, second):
    """What the second act brings that begins while the first is not committed yet."""
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        first()
        outcome = pool.submit(in_own_connection(second))
        time.sleep(0.3)  # long enough for the rival to reach the lock
    return outcome


def test_of_two_windows_that_save_at_once_the_second_is_told(enrolment):
    lesson = complete(enrolment, LessonState.SHOWN)

    def save(title):
        return lambda: save_lesson(lesson, {"title": title}, revision=1, by=enrolment.user)

    outcome = second_while_first_is_open(save("甲"), save("乙"))
    with pytest.raises(LessonChangedElsewhere):
        outcome.result()
    assert Lesson.objects.get().title == "甲"


def test_a_lesson_taken_back_at_the_same_moment_is_not_chosen(enrolment):
    lesson = complete(enrolment, LessonState.PROPOSED)
    principal = UserFactory(school=enrolment.school)
    outcome = second_while_first_is_open(
        lambda: move_lesson(lesson, LessonState.SHOWN, by=enrolment.user),
        lambda: move_lesson(lesson, LessonState.CHOSEN, by=principal),
    )
    with pytest.raises(StepNotPossible):
        outcome.result()
    assert Lesson.objects.get().state == LessonState.SHOWN


def test_two_lessons_of_one_teacher_are_not_chosen_at_once(enrolment):
    first, second = (complete(enrolment, LessonState.PROPOSED) for _ in range(2))
    principal = UserFactory(school=enrolment.school)
    outcome = second_while_first_is_open(
        lambda: move_lesson(first, LessonState.CHOSEN, by=principal),
        lambda: move_lesson(second, LessonState.CHOSEN, by=principal),
    )
    with pytest.raises(OneLessonPerTeacher):
        outcome.result()
    assert Lesson.objects.filter(state=LessonState.CHOSEN).count() == 1
