import pytest
from django.db import IntegrityError, transaction

from tests.videos.factories import Person, claim
from videos.domain.units import reading_unit
from videos.models import StudyRecord
from videos.queries import covered_ranges, watched

pytestmark = pytest.mark.django_db


def test_a_text_earns_up_to_its_reading_time():
    person = Person(units=0)
    person.units = [reading_unit("政策原文", 40)]
    person.beat(100, claim(0, 90))
    assert watched(person.user, person.units) == {person.units[0].pk: 40}


def test_a_text_needs_a_reading_time():
    with pytest.raises(IntegrityError), transaction.atomic():
        reading_unit("空", 0)


def test_a_shorter_text_keeps_study_time_within_its_length():
    person = Person(units=2)
    person.beat(100, claim(10, 90))
    shorter = reading_unit("改短", 50, person.units[0])
    assert shorter.pk == person.units[0].pk
    assert covered_ranges(person.user, shorter) == [(10, 50)]
    assert watched(person.user, [unit.pk for unit in person.units]) == {
        person.units[0].pk: 40,
        person.units[1].pk: 0,
    }


def test_a_longer_text_takes_nothing_away():
    person = Person(units=1)
    person.beat(100, claim(10, 90))
    assert covered_ranges(person.user, reading_unit("改长", 900, person.units[0])) == [(10, 90)]


def test_the_sum_is_the_databases_own():
    person = Person(units=1)
    person.beat(100, claim(10, 20), claim(30, 40))
    record = StudyRecord.objects.get()
    assert (record.watched, record.watched_seconds) == ([(10, 20), (30, 40)], 20)
    record.watched = [(0, 5), (3, 9)]
    record.save()
    record.refresh_from_db()
    assert (record.watched, record.watched_seconds) == ([(0, 9)], 9)


def test_no_second_lies_before_zero():
    person = Person(units=1)
    person.beat(10)
    with pytest.raises(IntegrityError), transaction.atomic():
        StudyRecord.objects.update(watched=[(-3, 4)])
