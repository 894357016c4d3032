"""The cut of a pool: even, within the limits, schools whole, counties and cities together."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from workshops.domain.placing.cutting import School, cut


def schools(*sizes, county=1, city=1):
    return [School(number, size, county, city) for number, size in enumerate(sizes, 1)]


def sizes_of(chunks):
    return [chunk.people for chunk in chunks]


def split(chunks):
    """Schools that stand in more than one workshop."""
    places = Counter(key for chunk in chunks for key in {part.school.key for part in chunk.parts})
    return {key for key, count in places.items() if count > 1}


def test_whole_schools_are_chosen_whose_sizes_fit():
    exact = cut(schools(7, 5, 3, 5), [12, 12])
    assert (sizes_of(exact), split(exact)) == ([10, 10], set())
    nearest = cut(schools(7, 5, 4, 4), [12, 12])
    assert (sizes_of(nearest), split(nearest)) == ([9, 11], set())


def test_sizes_give_way_before_a_school_is_split():
    chunks = cut(schools(8, 6), [10, 10])
    assert (sorted(sizes_of(chunks)), split(chunks)) == ([6, 8], set())


def test_a_school_is_split_only_when_it_cannot_be_helped():
    chunks = cut(schools(25), [10, 10, 10])
    assert (sizes_of(chunks), split(chunks)) == ([9, 8, 8], {1})
    full = cut(schools(7, 7, 6), [10, 10])
    assert (sizes_of(full), len(split(full))) == ([10, 10], 1)


def test_counties_stay_together():
    first = schools(5, 5)
    second = [School(key, 5, 2, 1) for key in (3, 4)]
    chunks = cut([*first, *second], [15, 15])
    assert [{part.school.county for part in chunk.parts} for chunk in chunks] == [{1}, {2}]


def test_newcomers_go_where_most_room_is_and_those_who_sit_stay():
    chunks = cut(schools(*[1] * 6), [2, 8, 10], taken=[8, 2, 0])
    assert sizes_of(chunks) == [0, 2, 4]


POOLS = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 4)), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(POOLS, st.integers(5, 60))
def test_everybody_is_placed_once_within_the_cap(pool, cap):
    listed = sorted(
        (School(key, size, county, county % 2) for key, (size, county) in enumerate(pool)),
        key=lambda one: (one.city, one.county, one.key),
    )
    people = sum(one.people for one in listed)
    count = -(-people // cap)
    chunks = cut(listed, [cap] * count)
    assert max(sizes_of(chunks)) <= cap
    placed = Counter()
    for chunk in chunks:
        for part in chunk.parts:
            placed.update((part.school.key, part.first + n) for n in range(part.people))
    assert len(placed) == people
    assert set(placed.values()) == {1}
    assert cut(listed, [cap] * count) == chunks
