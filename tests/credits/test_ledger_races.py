"""Two writers at one chain. Each test fails when the head is not locked."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from core.invariants import check_invariants
from credits.domain.ledger import reverse_entry
from credits.errors import AlreadyReversed
from credits.models import LedgerEntry
from credits.queries import hours_by_part
from tests.credits.factories import make_programme, make_teacher, post

pytestmark = pytest.mark.django_db(transaction=True)


def in_own_connection(act):
    def run(*args, **kwargs):
        try:
            return act(*args, **kwargs)
        finally:
            connection.close()

    return run


def at_once(*acts):
    """Run the acts together; return their results or the exceptions they raised."""
    barrier = threading.Barrier(len(acts))

    def start(act):
        barrier.wait()
        try:
            return act()
        except Exception as refusal:  # noqa: BLE001 - the tests look at it
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(in_own_connection(start), a) for a in acts]]


def broken_in_credits():
    return [found.invariant.name for found in check_invariants() if not found.kept]


def test_many_posters_of_different_sources_make_one_chain():
    teacher, programme = make_teacher(), make_programme()
    acts = [lambda n=n: post(teacher, programme, source=f"s:{n}") for n in range(8)]
    at_once(*acts)
    assert sorted(LedgerEntry.objects.values_list("seq", flat=True)) == list(range(1, 9))
    assert broken_in_credits() == []


def test_many_posters_of_one_source_write_one_line():
    teacher, programme = make_teacher(), make_programme()
    entries = at_once(*[lambda: post(teacher, programme, source="s:1")] * 8)
    assert entries == [LedgerEntry.objects.get()] * 8
    assert broken_in_credits() == []


def test_a_poster_waits_for_an_open_post_of_the_same_source():
    teacher, programme = make_teacher(), make_programme()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = post(teacher, programme, source="s:1")
            second = pool.submit(in_own_connection(post), teacher, programme, source="s:1")
            with pytest.raises(TimeoutError):
                second.result(timeout=0.3)
        assert second.result() == first


def test_a_poster_takes_the_place_of_a_post_that_was_rolled_back():
    teacher, programme = make_teacher(), make_programme()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            post(teacher, programme, source="s:1", label="first")
            second = pool.submit(in_own_connection(post), teacher, programme, source="s:1")
            with pytest.raises(TimeoutError):
                second.result(timeout=0.3)
            transaction.set_rollback(True)
        assert second.result() == LedgerEntry.objects.get()
    assert broken_in_credits() == []


def test_one_of_two_reversers_wins():
    teacher, programme = make_teacher(), make_programme()
    entry = post(teacher, programme)
    results = at_once(*[lambda: reverse_entry(entry, by=None, why="代看")] * 2)
    assert sorted(type(one) for one in results if isinstance(one, Exception)) == [AlreadyReversed]
    assert hours_by_part(teacher, programme)["policy"] == 0


def test_a_poster_and_a_reverser_both_get_their_line():
    teacher, programme = make_teacher(), make_programme()
    entry = post(teacher, programme, source="s:1")
    at_once(
        lambda: reverse_entry(entry, by=None, why="代看"),
        lambda: post(teacher, programme, source="s:1"),
        lambda: post(teacher, programme, source="s:2"),
    )
    assert sorted(LedgerEntry.objects.values_list("class_hours", flat=True)) == [-1, 1, 1]
    assert broken_in_credits() == []
