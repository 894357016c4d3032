"""Sharing shifts out: every shift that somebody can serve is served, as evenly as can be."""

from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from workshops.domain.duty.fair import Candidate, carried, share_out

SLOTS = 5


@st.composite
def teams(draw, people=3):
    return [
        Candidate(
            user,
            draw(st.integers(0, 4)),
            frozenset(draw(st.sets(st.integers(0, SLOTS - 1)))),
        )
        for user in range(1, draw(st.integers(1, people)) + 1)
    ]


def final_loads(team, chosen):
    return {one.user: one.load + chosen.count(one.user) for one in team}


def best_of_all(team):
    """The least sum of squares over every way to serve what can be served."""
    options = [[one.user for one in team if slot in one.free] or [None] for slot in range(SLOTS)]
    return min(
        sum(load**2 for load in final_loads(team, way).values())
        for way in map(list, product(*options))
    )


@settings(max_examples=120, deadline=None)
@given(teams())
def test_no_other_plan_is_fairer(team):
    chosen = share_out(SLOTS, team)
    for slot, user in enumerate(chosen):
        able = {one.user for one in team if slot in one.free}
        assert (user in able) if able else user is None
    assert sum(load**2 for load in final_loads(team, chosen).values()) == best_of_all(team)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 7), st.integers(0, 40), st.randoms(use_true_random=False))
def test_who_can_always_serve_differs_by_one_shift_at_most_and_the_order_does_not_matter(
    people, slots, order
):
    team = [Candidate(user, 0, frozenset(range(slots))) for user in range(1, people + 1)]
    chosen = share_out(slots, team)
    loads = final_loads(team, chosen).values()
    assert max(loads) - min(loads) <= 1
    order.shuffle(team)
    assert share_out(slots, team) == chosen


def test_two_plans_in_a_row_are_as_even_as_one():
    free = frozenset(range(7))
    first = share_out(7, [Candidate(user, 0, free) for user in (1, 2)])
    second = share_out(7, [Candidate(user, first.count(user), free) for user in (1, 2)])
    assert [first.count(user) + second.count(user) for user in (1, 2)] == [7, 7]


def test_a_shift_is_passed_on_through_a_third_person():
    """Only the second can serve slot 0; the first gives slot 1 to the third."""
    team = [
        Candidate(1, 0, frozenset({0, 1, 2})),
        Candidate(2, 0, frozenset({0})),
        Candidate(3, 0, frozenset({1})),
    ]
    assert sorted(share_out(3, team)) == [1, 2, 3]


def test_whoever_joins_later_starts_level_with_the_least_loaded():
    spring, summer = date(2017, 3, 1), date(2017, 6, 1)
    served = [(1, date(2017, 4, day)) for day in range(1, 6)]
    served += [(2, date(2017, 4, day)) for day in range(1, 8)] + [(3, date(2017, 6, 5))]
    assert carried({1: spring, 2: spring, 3: summer}, served) == {1: 5, 2: 7, 3: 6}
