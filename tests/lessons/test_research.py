from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from lessons.domain.research import (
    add_observer,
    note_research_lesson,
    remove_research_lesson,
    school_year_of,
)
from lessons.errors import (
    ObserverRefused,
    ResearchInFuture,
    ResearchLessonDoubled,
    ResearchLessonUnfit,
)
from lessons.models import Observer, ResearchLesson
from lessons.queries.research import people_of, sums_by_school
from programmes.enums import EnrolmentState, PersonType
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory
from tests.lessons.factories import make_lesson

pytestmark = pytest.mark.django_db
DAY = date(2017, 4, 11)


@pytest.fixture
def enrolment():
    return make_enrolment(make_programme())


def note(enrolment, held_on=DAY, period=3, **fields):
    given = {"title": "春", "class_name": "三年级2班", "by": enrolment.user} | fields
    return note_research_lesson(teacher=enrolment.user, held_on=held_on, period=period, **given)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2017, 7, 31), 2016), (date(2017, 8, 1), 2017), (date(2018, 1, 5), 2017)],
)
def test_a_school_year_begins_in_august(day, year):
    assert school_year_of(day) == year


def test_a_research_lesson_is_noted_once_per_day_and_period(enrolment):
    assert note(enrolment).school_year == 2016
    with pytest.raises(ResearchLessonDoubled):
        note(enrolment)
    note(enrolment, period=4)


def test_it_is_noted_after_it_was_given_and_with_the_own_recording_only(enrolment):
    with pytest.raises(ResearchInFuture):
        note(enrolment, held_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(ResearchLessonUnfit):
        note(enrolment, lesson=make_lesson(enrolment.programme, school=enrolment.school))
    own = make_lesson(enrolment.programme, teacher=enrolment.user, school=enrolment.school)
    assert note(enrolment, lesson=own).lesson == own


def test_observers_are_noted_once_with_how_they_were_present(enrolment):
    research, colleague = note(enrolment), UserFactory(school=enrolment.school)
    add_observer(research, colleague, "online", by=enrolment.user)
    add_observer(research, colleague, "offline", by=enrolment.user)
    assert Observer.objects.get().mode == "offline"
    with pytest.raises(ObserverRefused):
        add_observer(research, enrolment.user, "offline", by=enrolment.user)


def test_it_is_seen_by_its_teacher_its_observers_and_nobody_else(enrolment):
    research, colleague = note(enrolment), UserFactory(school=enrolment.school)
    assert not ResearchLesson.objects.visible_to(colleague).exists()
    add_observer(research, colleague, "online", by=enrolment.user)
    assert list(ResearchLesson.objects.visible_to(colleague)) == [research]
    remove_research_lesson(research, by=enrolment.user)
    assert not ResearchLesson.objects.exists()


def test_the_school_sees_who_has_given_one_and_who_has_not(enrolment):
    programme, school = enrolment.programme, enrolment.school
    idle = make_enrolment(programme, school=school)
    make_enrolment(programme, school=school, state=EnrolmentState.WITHDRAWN, approved_at=None)
    free = make_enrolment(programme, school=school)
    free.person_type = PersonType.INCLUSION
    free.save()
    note(enrolment), note(enrolment, period=4)
    add_observer(ResearchLesson.objects.first(), idle.user, "online", by=enrolment.user)
    rows = people_of(programme, 2016, school)
    assert [(row.user, row.given, row.lessons, row.observed) for row in rows] == [
        (idle.user, False, 0, 1),
        (enrolment.user, True, 2, 0),
    ]
    assert [row.user for row in people_of(programme, 2016, school, shown="missing")] == [idle.user]
    assert [row.user for row in people_of(programme, 2017, school, shown="given")] == []


def test_sums_are_one_statement_however_many_schools(enrolment, django_assert_num_queries):
    note(enrolment)
    make_enrolment(enrolment.programme), make_enrolment(enrolment.programme)
    with django_assert_num_queries(1):
        sums = sums_by_school(enrolment.programme, 2016, Q())
    assert [(one.owing, one.given, one.missing) for one in sums] == [(1, 0, 1)] * 2 + [(1, 1, 0)]
