"""Evening out: whole schools move, the fewest first, exactly as it was shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.invariants import check_invariants
from organisations.enums import Level
from tests.factories import UserFactory, make_organisation
from tests.workshops.factories import make_sub, make_teacher, make_workshop, seat
from workshops.domain.balance import balance, changes_for
from workshops.domain.placing.balancing import Change, Filled, digest_of, even_out
from workshops.errors.seats import MembersChanged
from workshops.models import Membership


def test_the_school_that_halves_the_difference_moves():
    rooms = [Filled(1, 300, {7: 4, 8: 3, 9: 1}), Filled(2, 300, {})]
    assert even_out(rooms) == [Change(7, 4, 1, 2)]
    assert even_out([Filled(1, 300, {7: 9}), Filled(2, 300, {})]) == []


ROOMS = st.lists(
    st.dictionaries(st.integers(1, 30), st.integers(1, 20), max_size=12), min_size=2, max_size=5
)


@settings(max_examples=60, deadline=None)
@given(ROOMS)
def test_it_never_gets_less_even_and_nobody_is_lost(schools):
    rooms = [Filled(number, 300, held) for number, held in enumerate(schools)]
    sizes = {room.room: sum(room.schools.values()) for room in rooms}
    before, people = max(sizes.values()) - min(sizes.values()), sum(sizes.values())
    for one in even_out(rooms):
        assert rooms[one.source].schools[one.school] == one.people
        sizes[one.source] -= one.people
        sizes[one.target] += one.people
    assert sum(sizes.values()) == people
    assert max(sizes.values()) - min(sizes.values()) <= before
    assert min(sizes.values()) >= 0


@pytest.mark.django_db
def test_what_was_shown_is_done_and_a_changed_family_is_shown_again():
    main = make_workshop(cap=10)
    sub = make_sub(main, cap=10)
    for size in (3, 2):
        school = make_organisation(Level.SCHOOL, main.organisation)
        for _ in range(size):
            seat(main, make_teacher(main, school=school))
    shown = digest_of(changes_for(main))
    first = main.memberships.order_by("seat").first().teacher.school
    late = [seat(main, make_teacher(main, school=first))]
    with pytest.raises(MembersChanged):
        balance(main, digest=shown, by=UserFactory())
    Membership.objects.filter(pk__in=[one.pk for one in late]).delete()
    assert balance(main, digest=shown, by=UserFactory()) in (2, 3)
    assert {main.memberships.current().count(), sub.memberships.current().count()} == {2, 3}
    assert Membership.objects.filter(leaving="moved").count() in (2, 3)
    assert [one.invariant.name for one in check_invariants() if not one.kept] == []
    assert changes_for(main) == []
