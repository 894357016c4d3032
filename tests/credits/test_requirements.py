from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from credits.domain.ledger import reverse_entry
from credits.domain.requirements import requirement_of
from credits.queries import completion_rows, hours_by_part
from programmes.domain.phases import BEIJING
from programmes.models import Enrolment, PhaseExtension
from tests.credits.factories import PARTS, complete, enrol, make_programme, make_teacher, post
from tests.factories import UserFactory, make_branch

pytestmark = pytest.mark.django_db
LAST_MOMENT = datetime(2018, 1, 1, tzinfo=BEIJING)  # 31 December is over then (R17, A6)
IN_TIME = datetime(2017, 10, 16, tzinfo=BEIJING)
ONE_TICK = timedelta(microseconds=1)


def extend(programme, organisation, closes_on):
    phase = programme.phases.get(key="credit_registration")
    PhaseExtension.objects.create(
        phase=phase,
        organisation=organisation,
        closes_on=closes_on,
        reason="停电",
        granted_by=UserFactory(),
    )


def earned(user, programme):
    return {part.key: part.earned for part in requirement_of(user, programme).parts}


def test_2017_asks_for_18_required_and_18_elective_hours(teacher, programme):
    requirement = requirement_of(teacher, programme)
    assert (requirement.earned, requirement.needed, requirement.missing) == (0, 36, 36)
    assert (requirement.needed_in("required"), requirement.needed_in("elective")) == (18, 18)
    assert [(part.key, part.missing) for part in requirement.parts] == [
        ("national_lessons", 4),
        ("lesson_reviews", 12),
        ("policy", 2),
        ("elective", 18),
    ]
    assert requirement.complete is False


def test_surplus_is_kept_but_repays_no_other_part(teacher, programme):
    post(teacher, programme, "elective", 36, earned_at=IN_TIME)
    requirement = requirement_of(teacher, programme)
    elective = requirement.parts[3]
    assert (elective.earned, elective.counted, elective.surplus) == (36, 18, 18)
    assert (requirement.earned, requirement.complete) == (18, False)
    assert hours_by_part(teacher, programme)["elective"] == 36


def test_the_year_is_complete_when_every_part_is(teacher, programme):
    lines = complete(teacher, programme, earned_at=IN_TIME)
    assert requirement_of(teacher, programme).complete is True
    reverse_entry(lines[2], by=None, why="代看")
    requirement = requirement_of(teacher, programme)
    assert (requirement.complete, requirement.missing) == (False, 2)


def test_hours_earned_when_the_window_is_over_count_for_nothing(teacher, programme):
    post(teacher, programme, "policy", 1, earned_at=LAST_MOMENT - ONE_TICK)
    post(teacher, programme, "policy", 1, earned_at=LAST_MOMENT)
    policy = requirement_of(teacher, programme).parts[2]
    assert (policy.earned, policy.late, policy.missing) == (1, 1, 1)


def test_an_extension_of_the_county_lets_later_hours_count(programme):
    _province, _city, county, school = make_branch()
    inside, outside = make_teacher(school), make_teacher()
    for user in (inside, outside):
        enrol(user, programme)
        post(user, programme, "policy", 1, earned_at=LAST_MOMENT)
    extend(programme, county, date(2018, 1, 5))
    assert earned(inside, programme)["policy"] == 1
    assert earned(outside, programme)["policy"] == 0
    rows = {row.user_id: row.hours["policy"] for row in completion_rows(programme)}
    assert rows == {inside.pk: 1, outside.pk: 0}


def test_a_late_reversal_takes_early_hours_back(teacher, programme, time_machine):
    entry = post(teacher, programme, earned_at=IN_TIME)
    time_machine.move_to(LAST_MOMENT + timedelta(days=9))
    reverse_entry(entry, by=None, why="代看")
    assert earned(teacher, programme)["policy"] == 0


def test_completion_rows_can_be_narrowed(programme):
    one, another = enrol(make_teacher(), programme), enrol(make_teacher(), programme)
    rows = completion_rows(programme, Enrolment.objects.filter(pk=another.pk))
    assert [row.enrolment_id for row in rows] == [another.pk]
    assert one.pk < another.pk


@pytest.mark.parametrize("people", [1, 3])
def test_completion_rows_ask_once(programme, people, django_assert_num_queries):
    for _turn in range(people):
        enrol(make_teacher(), programme)
    with django_assert_num_queries(1):
        assert len(completion_rows(programme)) == people


class AnyLedger(TestCase):
    """The statement for lists and the sum for one person always agree."""

    lines = st.lists(
        st.tuples(
            st.sampled_from(sorted(PARTS)),
            st.integers(1, 72).map(lambda quarters: Decimal(quarters) / 4),
            st.integers(-2, 2),  # days from the end of the window
            st.booleans(),  # taken back
        ),
        max_size=8,
    )

    @classmethod
    def setUpTestData(cls):
        cls.programme = make_programme()

    @given(lines, st.none() | st.integers(0, 2))
    @settings(max_examples=40, deadline=None)
    def test_both_ways_of_counting_agree(self, lines, extended_by):
        programme = self.programme
        _province, city, _county, school = make_branch()
        teacher = make_teacher(school)
        enrol(teacher, programme)
        if extended_by is not None:
            extend(programme, city, date(2017, 12, 31) + timedelta(days=extended_by))
        for part, hours, days, back in lines:
            entry = post(
                teacher, programme, part, hours, earned_at=LAST_MOMENT + timedelta(days=days)
            )
            if back:
                reverse_entry(entry, by=None, why="x")
        requirement = requirement_of(teacher, programme)
        (row,) = completion_rows(programme)
        assert row.hours == {part.key: part.earned for part in requirement.parts}
        assert (row.counted, row.complete) == (requirement.earned, requirement.complete)
        assert row.required == requirement.earned_in("required")
        assert row.elective == requirement.earned_in("elective")
