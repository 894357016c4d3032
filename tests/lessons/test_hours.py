"""A drawn lesson gives 3 h once covered and reviewed, a national one 2 h; nobody waits (R8, R9)."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from credits.models import LedgerEntry
from lessons.domain.hours import settle_lessons, settle_people
from lessons.models import CoveredUnit, NationalStudy
from lessons.signals import reflection_sent, review_sent
from programmes.domain.approvals import approve_enrolments
from programmes.domain.phases import extend_phase
from programmes.models import Enrolment, Phase
from tests.courses.factories import make_enrolment, make_programme, study
from tests.factories import UserFactory, make_branch
from tests.lessons.factories import assign, make_national, make_outstanding, make_review
from tests.threads import in_own_connection
from videos.domain.clock import hold_clocks
from videos.models import StudyClock, StudyRecord
from videos.signals import unit_studied

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
IN_JULY = datetime(2017, 7, 10, 12, tzinfo=BEIJING)
LAST_SECOND = datetime(2017, 9, 30, 23, 59, 59, tzinfo=BEIJING)
TOO_LATE = datetime(2017, 10, 1, tzinfo=BEIJING)


@pytest.fixture
def enrolment():
    return make_enrolment(make_programme())


def case(enrolment, position=1, at=None):
    """A lesson of another school, given to the teacher, with a draft of the review."""
    pool = make_outstanding(enrolment.programme, school=make_branch()[-1])
    return make_review(assign(enrolment, pool, position))


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


def watch(review, seconds=None, at=IN_JULY):
    beat(review.reviewer, review.recording.video.unit, seconds, at)


def send(review, at=IN_JULY):
    review.state, review.sent_at = "sent", at
    review.save(update_fields=["state", "sent_at"])
    review_sent.send(type(review), review=review)


def lines(enrolment):
    mine = LedgerEntry.objects.filter(user=enrolment.user).order_by("seq")
    return list(mine.values_list("part", "class_hours"))


@pytest.mark.parametrize("order", [(watch, send), (send, watch)])
def test_watching_and_reviewing_in_any_order_gives_three_hours_once(enrolment, order):
    review = case(enrolment)
    order[0](review)
    assert lines(enrolment) == []
    order[1](review)
    assert lines(enrolment) == [("lesson_reviews", Decimal(3))]
    watch(review)
    send(review)
    assert settle_lessons(enrolment.programme) == (0, 0)
    assert lines(enrolment) == [("lesson_reviews", Decimal(3))]


def test_too_little_watched_gives_nothing_and_the_last_missing_second_gives_all(enrolment):
    review = case(enrolment)
    length = review.recording.video.unit.length_seconds
    send(review)
    watch(review, length * 95 // 100 - 1)
    assert lines(enrolment) == []
    watch(review, length * 95 // 100)
    assert lines(enrolment) == [("lesson_reviews", Decimal(3))]


@pytest.mark.parametrize(("at", "posted"), [(LAST_SECOND, 1), (TOO_LATE, 0)])
def test_the_window_ends_with_its_last_second(enrolment, at, posted):
    review = case(enrolment)
    watch(review)
    send(review, at)
    assert len(lines(enrolment)) == posted


def test_watching_again_after_the_window_does_not_make_the_work_late(enrolment):
    review = case(enrolment)
    watch(review)
    watch(review, at=TOO_LATE)
    send(review, LAST_SECOND)
    assert lines(enrolment) == [("lesson_reviews", Decimal(3))]


def test_an_extension_for_the_school_opens_what_was_late(enrolment):
    review = case(enrolment)
    watch(review)
    send(review, TOO_LATE)
    phase = Phase.objects.get(programme=enrolment.programme, key="required_study")
    extend_phase(phase, enrolment.school, date(2017, 10, 8), reason="停电一周", by=UserFactory())
    assert settle_lessons(enrolment.programme) == (0, 1)
    assert lines(enrolment) == [("lesson_reviews", Decimal(3))]


def test_no_more_lessons_count_than_the_year_asks_for(enrolment):
    for position in range(1, 6):
        review = case(enrolment, position)
        watch(review)
        send(review, IN_JULY + timedelta(days=position))
    assert lines(enrolment) == [("lesson_reviews", Decimal(3))] * 4
    assert settle_lessons(enrolment.programme) == (0, 0)


def test_what_was_finished_before_the_approval_counts_from_then_on():
    waiting = make_enrolment(make_programme(), state="confirmed", confirmed_at=IN_JULY)
    Enrolment.objects.filter(pk=waiting.pk).update(approved_at=None)
    review = case(waiting)
    watch(review)
    send(review)
    assert lines(waiting) == []
    approve_enrolments(Enrolment.objects.filter(pk=waiting.pk), by=UserFactory())
    assert lines(waiting) == [("lesson_reviews", Decimal(3))]


def reflect(enrolment, lesson, at=IN_JULY):
    work = NationalStudy.objects.create(
        programme=enrolment.programme,
        lesson=lesson,
        user=enrolment.user,
        reflection="我在自己的课上试了先问后教。",
        sent_at=at,
    )
    reflection_sent.send(NationalStudy, study=work)


def test_a_national_lesson_needs_recording_commentary_and_reflection(enrolment):
    lesson = make_national(enrolment.programme)
    reflect(enrolment, lesson)
    beat(enrolment.user, lesson.video.unit)
    assert lines(enrolment) == []
    beat(enrolment.user, lesson.commentary_unit)
    assert lines(enrolment) == [("national_lessons", Decimal(2))]


def test_four_hours_from_national_lessons_are_the_most(enrolment):
    for position in (1, 2, 3):
        lesson = make_national(enrolment.programme, position)
        beat(enrolment.user, lesson.video.unit)
        beat(enrolment.user, lesson.commentary_unit)
        reflect(enrolment, lesson)
    assert lines(enrolment) == [("national_lessons", Decimal(2))] * 2


def test_a_year_without_national_lessons_posts_none():
    enrolment = make_enrolment(make_programme())
    pack = enrolment.programme.rule_pack
    pack["parts"] = [part for part in pack["parts"] if part["source"] != "lessons"]
    enrolment.programme.save(update_fields=["rule_pack"])
    lesson = make_national(enrolment.programme)
    beat(enrolment.user, lesson.video.unit)
    beat(enrolment.user, lesson.commentary_unit)
    reflect(enrolment, lesson)
    assert lines(enrolment) == []


def test_other_units_are_not_noted_as_covered(enrolment):
    review = case(enrolment)
    study(enrolment.user, make_national(enrolment.programme).commentary_unit, 1)
    watch(review)
    noted = CoveredUnit.objects.values_list("unit", flat=True)
    assert list(noted) == [review.recording.video.unit_id]


@pytest.mark.parametrize("people", [1, 3])
def test_settling_takes_as_many_statements_for_three_as_for_one(people, django_assert_num_queries):
    programme = make_programme()
    reviews = [case(make_enrolment(programme)) for _ in range(people)]
    for review in reviews:
        study(review.reviewer, review.recording.video.unit, at=IN_JULY)
        type(review).objects.filter(pk=review.pk).update(state="sent", sent_at=IN_JULY)
    with django_assert_num_queries(12):
        assert settle_lessons(programme) == (people, people)


@pytest.mark.django_db(transaction=True)
def test_the_last_beat_and_the_review_at_once_still_give_the_hours():
    enrolment = make_enrolment(make_programme())
    review = case(enrolment)
    now = timezone.now()
    StudyClock.objects.create(user=enrolment.user, started_at=now, spent_until=now)

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        hold_clocks([enrolment.user_id])  # as every beat does
        watch(review)
        rival = pool.submit(in_own_connection(send), review)
        time.sleep(0.3)  # long enough for the rival to reach the clock

    rival.result()
    assert lines(enrolment) == [("lesson_reviews", Decimal(3))]


def test_settling_people_again_changes_nothing(enrolment):
    review = case(enrolment)
    watch(review)
    send(review)
    assert settle_people([enrolment.user_id], enrolment.programme) == 0
