"""The school's topics and the teacher's courses inside them (R16, A7)."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from core.models import AuditRecord
from courses.domain.course_choices import (
    CourseNotOnOffer,
    CourseStarted,
    NotEnrolled,
    TopicNotChosen,
    choose_course,
    drop_course,
)
from courses.domain.topics import (
    TopicInUse,
    TopicsOfferTooLittle,
    TopicUnknown,
    choose_topics,
)
from courses.models import CourseChoice, TopicChoice
from organisations.enums import SchoolKind
from programmes.domain.phases import PhaseClosed, extend_phase
from programmes.models import Phase
from tests.courses.factories import (
    choose_topic_rows,
    make_elective,
    make_enrolment,
    make_programme,
    make_waiting_enrolment,
    study,
)
from tests.factories import UserFactory, make_branch
from tests.threads import wait_until_blocked

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
LATE_MAY = datetime(2017, 5, 31, 23, 59, 59, tzinfo=BEIJING)
JUNE = datetime(2017, 6, 5, tzinfo=BEIJING)
TWO = ["class_management", "psychology"]


@pytest.fixture
def enrolment():
    return make_enrolment(make_programme())


def offer(**hours):
    """One open elective of so many hours per topic."""
    return {topic: make_elective(topic=topic, class_hours=n) for topic, n in hours.items()}


def chosen(enrolment):
    rows = TopicChoice.objects.filter(school=enrolment.school).order_by("topic")
    return list(rows.values_list("topic", flat=True))


def pick(enrolment, topics):
    school, programme = enrolment.school, enrolment.programme
    return choose_topics(programme, school, topics, by=enrolment.user)


@time_machine.travel(LATE_MAY, tick=False)
def test_topics_need_eighteen_hours_and_not_a_tenth_more(enrolment):
    offer(class_management=12, psychology=6, micro_courses=5.5)
    with pytest.raises(TopicsOfferTooLittle) as refusal:
        pick(enrolment, ["class_management", "micro_courses"])
    assert "17.5" in str(refusal.value)
    assert chosen(enrolment) == []
    pick(enrolment, TWO)
    assert chosen(enrolment) == TWO
    assert AuditRecord.objects.filter(verb="courses.choose_topics").count() == 1


@time_machine.travel(LATE_MAY, tick=False)
def test_every_stage_of_the_school_must_find_enough(enrolment):
    make_enrolment(
        enrolment.programme,
        school=enrolment.school,
        stage="kindergarten",
        subject="preschool",
        person_type="kindergarten_staff",
    )
    offer(class_management=18, teacher_ethics=6, technology_for_children=12)
    with pytest.raises(TopicsOfferTooLittle):
        pick(enrolment, ["class_management", "teacher_ethics"])
    pick(enrolment, ["class_management", "teacher_ethics", "technology_for_children"])
    assert len(chosen(enrolment)) == 3


@time_machine.travel(LATE_MAY, tick=False)
def test_a_kindergarten_chooses_among_its_own_topics():
    programme = make_programme()
    kindergarten = make_branch()[-1]
    kindergarten.kind = SchoolKind.KINDERGARTEN
    kindergarten.save()
    offer(class_management=18, teacher_ethics=18)
    with pytest.raises(TopicUnknown):
        choose_topics(programme, kindergarten, ["class_management"], by=UserFactory())
    assert choose_topics(programme, kindergarten, ["teacher_ethics"], by=UserFactory())


def test_topics_are_chosen_in_their_window_and_in_an_extension(enrolment):
    offer(class_management=18)
    with time_machine.travel(datetime(2017, 6, 1, tzinfo=BEIJING)):
        with pytest.raises(PhaseClosed):
            pick(enrolment, ["class_management"])
        phase = Phase.objects.get(key="topic_selection")
        extend_phase(phase, enrolment.school, date(2017, 6, 9), by=UserFactory(), reason="校舍维修")
        pick(enrolment, ["class_management"])
    assert chosen(enrolment) == ["class_management"]


@time_machine.travel(LATE_MAY, tick=False)
def test_topics_may_change_until_a_course_of_one_is_chosen(enrolment):
    courses = offer(class_management=18, psychology=18)
    pick(enrolment, ["class_management"])
    pick(enrolment, ["psychology"])
    assert chosen(enrolment) == ["psychology"]
    with time_machine.travel(JUNE, tick=False):
        choose_course(enrolment, courses["psychology"], by=enrolment.user)
    with pytest.raises(TopicInUse):
        pick(enrolment, ["class_management"])
    assert chosen(enrolment) == ["psychology"]


@pytest.fixture
def course(enrolment):
    choose_topic_rows(enrolment.programme, enrolment.school, "class_management")
    return make_elective()


@time_machine.travel(JUNE, tick=False)
def test_choosing_twice_is_one_choice_and_it_can_be_taken_back(enrolment, course):
    first = choose_course(enrolment, course, by=enrolment.user)
    assert choose_course(enrolment, course, by=enrolment.user) == first
    drop_course(enrolment, course, by=enrolment.user)
    drop_course(enrolment, course, by=enrolment.user)
    assert CourseChoice.objects.count() == 0
    verbs = AuditRecord.objects.filter(verb__startswith="courses.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True))[-2:] == [
        "courses.choose_course",
        "courses.drop_course",
    ]


@time_machine.travel(JUNE, tick=False)
def test_a_started_course_stays(enrolment, course):
    choose_course(enrolment, course, by=enrolment.user)
    study(enrolment.user, course.modules.first().unit, 0)
    other = make_enrolment(enrolment.programme)
    study(other.user, course.modules.first().unit, 5)
    drop_course(enrolment, course, by=enrolment.user)
    choose_course(enrolment, course, by=enrolment.user)
    study(enrolment.user, course.modules.first().unit, 1)
    with pytest.raises(CourseStarted):
        drop_course(enrolment, course, by=enrolment.user)


@time_machine.travel(JUNE, tick=False)
def test_only_courses_of_the_schools_topics_and_ones_own_stage(enrolment, course):
    with pytest.raises(TopicNotChosen):
        choose_course(enrolment, make_elective(topic="psychology"), by=enrolment.user)
    with pytest.raises(CourseNotOnOffer):
        choose_course(enrolment, make_elective(stages=["senior"]), by=enrolment.user)
    with pytest.raises(CourseNotOnOffer):
        choose_course(enrolment, make_elective(subjects=["music"]), by=enrolment.user)
    course.is_open = False
    course.save()
    with pytest.raises(CourseNotOnOffer):
        choose_course(enrolment, course, by=enrolment.user)


def test_choosing_begins_on_the_first_of_june_for_the_approved(enrolment, course):
    with time_machine.travel(LATE_MAY), pytest.raises(PhaseClosed):
        choose_course(enrolment, course, by=enrolment.user)
    waiting = make_waiting_enrolment(enrolment.programme, school=enrolment.school)
    with time_machine.travel(JUNE), pytest.raises(NotEnrolled):
        choose_course(waiting, course, by=waiting.user)


def test_the_schema_ties_a_choice_to_both_topics(enrolment, course):
    topic = TopicChoice.objects.get()
    other = make_elective(topic="psychology")
    for wrong in (
        {"course": other, "topic": "class_management"},
        {"course": other, "topic": "psychology"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CourseChoice.objects.create(enrolment=enrolment, topic_choice=topic, **wrong)


def in_own_connection(act, at=JUNE):
    def run(*args, **kwargs):
        try:
            with time_machine.travel(at, tick=False):
                return act(*args, **kwargs)
        finally:
            connection.close()

    return run


@pytest.mark.django_db(transaction=True)
def test_a_topic_cannot_vanish_while_a_course_of_it_is_chosen():
    enrolment = make_enrolment(make_programme())
    course = offer(class_management=18, psychology=18)["class_management"]
    with time_machine.travel(LATE_MAY, tick=False):
        pick(enrolment, ["class_management"])
        phase = Phase.objects.get(key="topic_selection")
        extend_phase(phase, enrolment.school, date(2017, 6, 9), by=UserFactory(), reason="停电")

    with ThreadPoolExecutor(1) as pool, time_machine.travel(JUNE, tick=False):
        with transaction.atomic():
            choose_course(enrolment, course, by=enrolment.user)
            rival = pool.submit(in_own_connection(pick), enrolment, ["psychology"])
            time.sleep(0.5)  # long enough for the rival to reach the topic's lock
        with pytest.raises(TopicInUse):
            rival.result()
    assert chosen(enrolment) == ["class_management"]


@pytest.mark.django_db(transaction=True)
def test_a_course_of_a_topic_that_is_vanishing_waits_and_is_then_refused():
    enrolment = make_enrolment(make_programme())
    course = offer(class_management=18, psychology=18)["class_management"]
    with time_machine.travel(LATE_MAY, tick=False):
        pick(enrolment, ["class_management"])
        phase = Phase.objects.get(key="topic_selection")
        extend_phase(phase, enrolment.school, date(2017, 6, 9), by=UserFactory(), reason="停电")

    with ThreadPoolExecutor(1) as pool, time_machine.travel(JUNE, tick=False):
        with transaction.atomic():
            pick(enrolment, ["psychology"])
            act = in_own_connection(choose_course)
            rival = pool.submit(act, enrolment, course, by=enrolment.user)
            assert wait_until_blocked()
        with pytest.raises(TopicNotChosen):
            rival.result()
    assert not CourseChoice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_topics_at_once_the_second_replaces_the_first():
    enrolment = make_enrolment(make_programme())
    offer(class_management=18, psychology=18)
    with ThreadPoolExecutor(1) as pool, time_machine.travel(LATE_MAY, tick=False):
        with transaction.atomic():
            pick(enrolment, ["class_management"])
            rival = pool.submit(in_own_connection(pick, LATE_MAY), enrolment, ["psychology"])
            assert wait_until_blocked()
        rival.result()
    assert chosen(enrolment) == ["psychology"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_choice():
    enrolment = make_enrolment(make_programme())
    choose_topic_rows(enrolment.programme, enrolment.school, "class_management")
    course = make_elective()
    with ThreadPoolExecutor(1) as pool, time_machine.travel(JUNE, tick=False):
        with transaction.atomic():
            first = choose_course(enrolment, course, by=enrolment.user)
            act = in_own_connection(choose_course)
            second = pool.submit(act, enrolment, course, by=enrolment.user)
            time.sleep(0.5)  # long enough for the second click to reach the enrolment's lock
        assert second.result() == first
    assert CourseChoice.objects.count() == 1
