"""Hours come from coverage, test and homework, once, inside the window (R19, R12, R17, A6)."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from courses.domain.completion import settle_courses
from courses.domain.course_choices import choose_course
from courses.models import Attempt, Homework, ModuleCompletion, Submission
from courses.signals import homework_accepted, test_passed
from credits.models import LedgerEntry
from programmes.domain.phases import extend_phase
from programmes.models import Phase
from tests.courses.factories import (
    choose_topic_rows,
    make_course_page,
    make_elective,
    make_enrolment,
    make_programme,
    make_waiting_enrolment,
    study,
)
from tests.factories import UserFactory
from videos.models import StudyClock, StudyRecord
from videos.signals import unit_studied

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
IN_JULY = datetime(2017, 7, 10, 12, tzinfo=BEIJING)
LAST_SECOND = datetime(2017, 9, 30, 23, 59, 59, tzinfo=BEIJING)
TOO_LATE = datetime(2017, 10, 1, 0, 0, 0, tzinfo=BEIJING)


@pytest.fixture
def enrolment():
    return make_enrolment(make_programme())


def beat(user, unit, seconds=None, at=IN_JULY):
    """The record and the news that a beat leaves behind."""
    record = study(user, unit, seconds, at)
    record.refresh_from_db()
    unit_studied.send(
        StudyRecord,
        user_id=user.pk,
        unit_id=unit.pk,
        watched_seconds=record.watched_seconds,
        length_seconds=unit.length_seconds,
        before_seconds=0,
    )


def study_all(user, course, at=IN_JULY):
    for module in course.modules.select_related("unit"):
        beat(user, module.unit, at=at)


def pass_test(enrolment, course, at=IN_JULY):
    Attempt.objects.create(
        programme=enrolment.programme,
        course=course,
        user=enrolment.user,
        number=1,
        state="passed",
        pass_mark=60,
        score=80,
        started_at=at - timedelta(minutes=5),
        deadline_at=at,
        ended_at=at,
    )
    test_passed.send(Attempt, passed=[(enrolment.user_id, course.pk, enrolment.programme_id)])


def accept_homework(enrolment, course, at=IN_JULY):
    homework, _created = Homework.objects.get_or_create(course=course, prompt="写一写")
    submission = Submission.objects.create(
        homework=homework,
        programme=enrolment.programme,
        user=enrolment.user,
        state="accepted",
        handed_in_at=at,
    )
    homework_accepted.send(Submission, submission=submission)


def posted():
    return list(LedgerEntry.objects.order_by("pk").values_list("part", "class_hours"))


TWO_HOURS = [("policy", Decimal(2))]


def test_the_last_missing_thing_posts_the_hours_once(enrolment):
    course = make_course_page(modules=2, has_test=True).course
    first, second = course.modules.all()
    beat(enrolment.user, first.unit)
    pass_test(enrolment, course)
    assert posted() == []
    beat(enrolment.user, second.unit)
    assert posted() == TWO_HOURS
    beat(enrolment.user, second.unit)
    settle_courses(enrolment.programme)
    assert posted() == TWO_HOURS
    entry = LedgerEntry.objects.get()
    assert (entry.source, entry.label) == (f"courses.course:{course.pk}", course.title)
    assert entry.earned_at == IN_JULY


def test_coverage_counts_from_95_percent(enrolment):
    unit = make_course_page(modules=1).course.modules.get().unit
    needed = -(-unit.length_seconds * 95 // 100)
    beat(enrolment.user, unit, needed - 1)
    assert posted() == []
    beat(enrolment.user, unit, needed)
    assert posted() == TWO_HOURS


def test_homework_must_be_accepted_where_the_course_asks_for_it(enrolment):
    course = make_course_page(modules=1).course
    course.has_homework = True
    course.save()
    study_all(enrolment.user, course)
    assert posted() == []
    accept_homework(enrolment, course)
    assert posted() == TWO_HOURS


def test_a_closed_module_is_not_asked_for(enrolment):
    page = make_course_page(modules=2)
    first, second = page.course.modules.all()
    second.is_open = False
    second.save()
    beat(enrolment.user, first.unit)
    assert posted() == TWO_HOURS


def test_a_text_lengthened_afterwards_still_counts_as_covered(enrolment):
    page = make_course_page(modules=2)
    first, second = page.course.modules.all()
    beat(enrolment.user, first.unit)
    first.unit.length_seconds *= 5
    first.unit.save()
    beat(enrolment.user, second.unit)
    assert posted() == TWO_HOURS


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        (datetime(2017, 6, 14, 23, 59, 59, tzinfo=BEIJING), []),
        (datetime(2017, 6, 15, tzinfo=BEIJING), TWO_HOURS),
        (LAST_SECOND, TWO_HOURS),
        (TOO_LATE, []),
    ],
)
def test_required_work_counts_to_the_last_second_of_its_window(enrolment, at, lines):
    study_all(enrolment.user, make_course_page(modules=1).course, at=at)
    assert posted() == lines


def test_late_work_is_kept_and_counts_once_a_window_is_extended(enrolment):
    study_all(enrolment.user, make_course_page(modules=1).course, at=TOO_LATE)
    assert (posted(), ModuleCompletion.objects.count()) == ([], 1)
    phase = Phase.objects.get(key="required_study")
    county, officer = enrolment.school.parent, UserFactory()
    extend_phase(phase, county, date(2017, 10, 15), by=officer, reason="汛期停课")
    settle_courses(enrolment.programme)
    assert posted() == TWO_HOURS


def test_an_extension_elsewhere_does_not_help(enrolment):
    other = make_enrolment(enrolment.programme)
    study_all(enrolment.user, make_course_page(modules=1).course, at=TOO_LATE)
    phase = Phase.objects.get(key="required_study")
    extend_phase(phase, other.school, date(2017, 10, 15), by=UserFactory(), reason="汛期停课")
    settle_courses(enrolment.programme)
    assert posted() == []


def test_homework_marked_after_the_window_counts_by_the_day_it_was_handed_in(enrolment):
    course = make_course_page(modules=1).course
    course.has_homework = True
    course.save()
    study_all(enrolment.user, course)
    with time_machine.travel(TOO_LATE + timedelta(days=20), tick=False):
        accept_homework(enrolment, course, at=LAST_SECOND)
    assert posted() == TWO_HOURS


def test_electives_count_until_registration_ends_and_only_when_chosen(enrolment):
    chosen, other = make_elective(modules=1), make_elective(modules=1)
    choose_topic_rows(enrolment.programme, enrolment.school, "class_management")
    with time_machine.travel(IN_JULY):
        choose_course(enrolment, chosen, by=enrolment.user)
    at = datetime(2017, 12, 31, 23, 59, tzinfo=BEIJING)
    study_all(enrolment.user, chosen, at=at)
    study_all(enrolment.user, other, at=at)
    assert posted() == [("elective", Decimal(2))]


def test_a_course_for_other_stages_or_an_unapproved_person_gives_nothing(enrolment):
    course = make_course_page(modules=1, stages=["senior"]).course
    study_all(enrolment.user, course)
    waiting = make_waiting_enrolment(enrolment.programme)
    study_all(waiting.user, make_course_page(modules=1).course)
    assert posted() == []


def test_a_lost_signal_is_made_good_by_settling_the_programme(enrolment):
    course = make_course_page(modules=2).course
    for module in course.modules.all():
        study(enrolment.user, module.unit, at=IN_JULY)
    assert settle_courses(enrolment.programme) == (2, 1)
    assert settle_courses(enrolment.programme) == (0, 0)
    assert posted() == TWO_HOURS


def test_a_beat_far_from_the_end_costs_no_query(enrolment, django_assert_num_queries):
    unit = make_course_page(modules=1).course.modules.get().unit
    study(enrolment.user, unit, 5)
    with django_assert_num_queries(0):
        unit_studied.send(
            StudyRecord,
            user_id=enrolment.user_id,
            unit_id=unit.pk,
            watched_seconds=5,
            length_seconds=unit.length_seconds,
            before_seconds=0,
            needed_percent=95,
        )


def in_own_connection(act):
    def run(*args):
        try:
            return act(*args)
        finally:
            connection.close()

    return run


@pytest.mark.django_db(transaction=True)
def test_a_test_and_a_homework_at_the_same_moment_post_the_hours(db):
    enrolment = make_enrolment(make_programme())
    course = make_course_page(modules=1, has_test=True).course
    course.has_homework = True
    course.save()
    study_all(enrolment.user, course)
    now = timezone.now()
    StudyClock.objects.create(user=enrolment.user, started_at=now, spent_until=now)

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        pass_test(enrolment, course)
        other = pool.submit(
            in_own_connection(transaction.atomic(accept_homework)), enrolment, course
        )
        time.sleep(0.5)  # long enough for the other to reach the clock
    other.result()
    assert posted() == TWO_HOURS
