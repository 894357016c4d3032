"""The rule alone, second by second: what one beat earns."""

from datetime import timedelta

import pytest

from tests.videos.factories import at, claim, page
from videos.domain.settlement import settle


def earn(*claims, now, spent=-10_000, watched=(), length=600, on=None):
    return settle(
        claims,
        on or page(),
        now=at(now),
        spent_until=at(spent),
        watched=list(watched),
        length=length,
    )


@pytest.mark.parametrize(
    ("case", "claims", "now", "earned"),
    [
        ("thirty seconds in thirty", [claim(0, 30)], 30, [(0, 30)]),
        ("at the allowed speed", [claim(0, 45)], 30, [(0, 45)]),
        ("faster than allowed stops where time ends", [claim(0, 480)], 30, [(0, 45)]),
        ("a seek to the end earns the end only", [claim(590, 9000)], 30, [(590, 600)]),
        ("two claims share the time", [claim(0, 45), claim(100, 145)], 30, [(0, 45)]),
        ("a claim from before the page was opened", [claim(0, 30, ago=31)], 30, []),
        ("a claim that ends in the future ends now", [claim(0, 60, ago=-30)], 30, [(0, 45)]),
        ("backwards", [claim(30, 0)], 30, []),
        ("beyond the end", [claim(600, 640)], 30, []),
        ("nothing", [], 30, []),
        ("buffered in order", [claim(0, 30, ago=60), claim(30, 60, ago=30)], 90,
         [(0, 30), (30, 60)]),
        ("buffered, told newest first", [claim(30, 60, ago=30), claim(0, 30, ago=60)], 90,
         [(0, 30), (30, 60)]),
    ],
)  # fmt: skip
def test_a_beat_earns(case, claims, now, earned):
    assert earn(*claims, now=now).earned == earned


def test_wall_time_before_the_page_was_opened_is_never_earned():
    assert earn(claim(0, 600), now=100, spent=-86_400, on=page(opened=90)).earned == [(0, 15)]


def test_a_token_earns_nothing_after_its_end_but_delivers_what_was_earned_before():
    on = page(earns_for=60)
    assert earn(claim(0, 600), now=4000, spent=0, on=on).earned == [(0, 90)]
    assert earn(claim(0, 600), now=4000, spent=60, on=on).earned == []


def test_seconds_already_watched_spend_nothing_but_must_fit_the_time():
    known = [(0, 20)]
    again = earn(claim(0, 30), now=30, spent=0, watched=known)
    assert again.earned == [(20, 30)]
    assert earn(claim(0, 100), now=10, spent=0, watched=known).earned == []


def test_a_pause_is_spent_except_for_the_carry():
    paused = earn(claim(0, 10), now=500, spent=0)
    assert paused.spent_until == at(470)


def test_a_claim_spends_its_share_of_the_wall_clock_rounded_up():
    spent = earn(claim(0, 40), now=27, spent=0).spent_until
    assert spent == at(0) + timedelta(microseconds=26_666_667)


def test_a_clock_that_jumped_back_earns_nothing_and_moves_nothing():
    back = earn(claim(0, 30), now=-100, spent=0, on=page(opened=-500))
    assert (back.earned, back.spent_until) == ([], at(0))
