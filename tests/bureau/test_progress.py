from decimal import Decimal

import pytest
from django.utils import timezone

from bureau.domain.progress import (
    Figures,
    count_progress,
    figures_from_details,
    figures_of_children,
    figures_rolled_up,
)
from bureau.models import UnitProgress
from credits.domain.ledger import post_entry, reverse_entry
from organisations.models import Organisation
from programmes.models import Enrolment
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PARTS = {
    "national_lessons": ("required", 4),
    "lesson_reviews": ("required", 12),
    "policy": ("required", 2),
    "elective": ("elective", 18),
}


def enrol(county, school, state="approved"):
    user = UserFactory(school=school)
    return Enrolment.objects.create(
        programme=county.programme,
        user=user,
        school=school,
        stage="primary",
        subject="chinese",
        state=state,
        confirmed_at=timezone.now() if state == "confirmed" else None,
        return_reason="wrong subject" if state == "returned" else "",
        approved_at=timezone.now() if state == "approved" else None,
    )


def earn(enrolment, **hours):
    return [
        post_entry(
            user=enrolment.user,
            programme=enrolment.programme,
            part=part,
            category=PARTS[part][0],
            class_hours=Decimal(amount),
            source=f"test.{part}:1",
            label=part,
        )
        for part, amount in hours.items()
    ]


def earn_all(enrolment, *, but=()):
    earn(enrolment, **{part: need for part, (_c, need) in PARTS.items() if part not in but})


def unit(county, organisation):
    return UnitProgress.objects.get(programme=county.programme, organisation=organisation)


@pytest.fixture
def people(county):
    """Two complete, one with the required only, one begun, one with surplus; others on lists."""
    made = [enrol(county, county.first) for _ in range(3)]
    made += [enrol(county, county.second) for _ in range(2)]
    earn_all(made[0])
    earn_all(made[1], but=["elective"])
    earn(made[2], policy=2)
    earn_all(made[3])
    earn(made[4], elective=36)
    enrol(county, county.first, "entered")
    enrol(county, county.second, "returned")
    enrol(county, county.second, "withdrawn")
    enrol(county, county.foreign, "confirmed")
    count_progress(county.programme)
    return made


def test_every_level_is_counted(county, people):
    city = county.county.parent
    expected = {
        county.first: (3, 1, 0, 2, 1),
        county.second: (2, 0, 1, 1, 1),
        county.county: (5, 1, 1, 3, 2),
        county.foreign: (0, 0, 0, 0, 0),
        city: (5, 1, 1, 3, 2),
        city.parent: (5, 1, 1, 3, 2),
    }
    rows = {organisation: unit(county, organisation) for organisation in expected}
    counted = {
        organisation: (r.approved, r.entered, r.returned, r.required_complete, r.all_complete)
        for organisation, r in rows.items()
    }
    assert counted == expected
    assert rows[city].confirmed == 1


def test_surplus_of_one_part_fills_no_other(county, people):
    row = unit(county, county.second)
    assert row.spread == [0, 0, 0, 1, 0, 0, 1]
    assert row.required_spread == [1, 0, 0, 0, 0, 0, 1]


def test_the_spread_counts_each_approved_person_once(county, people):
    row = unit(county, county.first)
    assert row.spread == [1, 0, 0, 1, 0, 0, 1]
    assert sum(row.spread) == sum(row.required_spread) == row.approved


def test_roll_up_details_and_children_agree(county, people):
    for organisation in Organisation.objects.all():
        rolled = figures_rolled_up(county.programme, organisation)
        assert figures_from_details(county.programme, organisation) == rolled
    for organisation in (county.county, county.county.parent, county.county.parent.parent):
        rolled = figures_rolled_up(county.programme, organisation)
        assert figures_of_children(county.programme, organisation) == rolled


def test_a_reversal_is_seen_at_the_next_count(county, people):
    entry = people[0].user.ledger_entries.get(part="policy")
    reverse_entry(entry, by=None, why="wrong person")
    assert unit(county, county.first).all_complete == 1
    assert figures_from_details(county.programme, county.first).all_complete == 0
    count_progress(county.programme)
    assert unit(county, county.first).all_complete == 0


def test_units_without_people_leave_the_roll_up(county, people):
    Enrolment.objects.filter(school=county.foreign).update(state="withdrawn")
    count_progress(county.programme)
    assert not UnitProgress.objects.filter(organisation=county.foreign).exists()
    assert figures_rolled_up(county.programme, county.foreign) == Figures()


def test_the_count_costs_the_same_for_any_number_of_people(
    county, people, django_assert_num_queries
):
    for _ in range(10):
        enrol(county, county.first)
    with django_assert_num_queries(4):
        count_progress(county.programme)
