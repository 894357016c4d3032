"""Parallel beats of one person earn one after another."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.videos.factories import Person, claim, page
from videos.domain.clock import record_beat

pytestmark = pytest.mark.django_db(transaction=True)


def in_own_connection(person, unit, told, now):
    try:
        return person.beat(now, told, unit=unit)
    finally:
        connection.close()


def rival_while_locked(person, unit, told, *, first):
    """Runs ``first`` in an open transaction while a rival beat waits for the clock."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            outcome = pool.submit(in_own_connection, person, unit, told, 60)
            time.sleep(0.3)  # long enough for the rival to reach the lock
            assert not outcome.done()
        return outcome.result()


def test_two_tabs_at_once_share_the_same_minute():
    person = Person()
    for unit in (0, 1):
        person.beat(0, unit=unit)
    rival_while_locked(person, 1, claim(0, 90), first=lambda: person.beat(60, claim(0, 90), unit=0))
    assert person.watched() == [90, 0]


def test_the_same_beat_twice_at_once_is_one_beat():
    person = Person(units=1)
    person.beat(0)
    told = claim(0, 60)
    outcome = rival_while_locked(person, 0, told, first=lambda: person.beat(60, told))
    assert (outcome.earned_seconds, outcome.watched_seconds) == (0, 60)
    spent = person.spent_until()
    person.beat(60, told)
    assert (person.total(), person.spent_until()) == (60, spent)


def test_eight_first_beats_at_once_make_one_clock():
    person = Person(units=8)
    with ThreadPoolExecutor(8) as pool:
        for unit in range(8):
            pool.submit(in_own_connection, person, unit, claim(0, 90), 60)
    assert person.total() == 90
    assert sorted(person.watched()) == [0] * 7 + [90]


def test_a_beat_takes_two_statements(django_assert_num_queries):
    person = Person(units=1)
    person.beat(0)
    with transaction.atomic(), django_assert_num_queries(4):  # two of them the savepoint
        unit = person.units[0].pk
        record_beat(person.user.pk, unit, page(), [claim(0, 30)], needed_percent=95)
