"""Everybody at once: the family's main row decides who gets the last seats."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db.models import Count

from core.errors import DomainError
from programmes.domain.rulepacks import rule_pack_of
from tests.threads import in_own_connection
from tests.workshops.factories import host, make_sub, make_teacher, make_workshop, seat
from workshops.domain.seats import accept_invitation, join_workshop, move_member
from workshops.enums.seats import Way
from workshops.models import Invitation, Membership

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 400
"""Spread evenly over the five ways in."""


def invite(workshop, by):
    return Invitation.objects.create(workshop=workshop, created_by=by, expires_on=date(2999, 1, 1))


def test_five_seats_for_four_hundred_people_by_every_way_at_once():
    workshop = make_workshop(free_seats=5)
    sub = make_sub(workshop)
    rule_pack_of(workshop.programme)
    runs = host(workshop).user
    card = invite(workshop, runs)
    people = [make_teacher(workshop) for _ in range(PEOPLE)]
    movers = [seat(sub, person) for person in people[:80]]
    before = set(workshop.memberships.values_list("teacher", flat=True))

    def page(person):
        return join_workshop(workshop, teacher=person, by=person)

    def entered(person):
        return join_workshop(workshop, teacher=person, by=runs, way=Way.IMPORT)

    def exactly(person):
        return join_workshop(workshop, teacher=person, by=person, exactly=True)

    acts = [(move_member, (held, workshop), {"by": runs}) for held in movers]
    acts += [(page, (person,), {}) for person in people[80:160]]
    acts += [(entered, (person,), {}) for person in people[160:240]]
    acts += [(exactly, (person,), {}) for person in people[240:320]]
    acts += [(accept_invitation, (card,), {"teacher": person}) for person in people[320:]]

    outcomes = at_once(acts)

    refusals = [one for one in outcomes if isinstance(one, DomainError)]
    seated = Membership.objects.current().filter(teacher__in=people)
    newly = seated.filter(workshop=workshop).exclude(teacher__in=before)
    assert (newly.count(), workshop.memberships.current().count()) == (5, 300)
    assert {type(one).__name__ for one in refusals} == {"WorkshopFull"}
    twice = seated.values("teacher").annotate(seats=Count("pk")).filter(seats__gt=1)
    assert list(twice) == []
    assert seated.filter(teacher__in=people[:80]).count() == 80  # refused movers keep their seats
    refused_movers = sum(isinstance(one, DomainError) for one in outcomes[:80])
    assert seated.count() + len(refusals) - refused_movers == PEOPLE


def at_once(acts, workers=8):
    """What every act brings; the workers begin together and each walks through all ways in."""
    shares = [range(worker, len(acts), workers) for worker in range(workers)]
    done = {}

    def work(share):
        for number in sorted(share, key=lambda number: number % 80):
            done[number] = outcome(*acts[number])

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(in_own_connection(work), shares))
    return [done[number] for number in range(len(acts))]


def outcome(act, given, named):
    try:
        return act(*given, **named)
    except DomainError as refusal:
        return refusal


def test_one_person_who_clicks_twice_in_two_counties_sits_once():
    first, second = make_workshop(), make_workshop()
    teacher = make_teacher(first)
    outcomes = at_once(
        [(join_workshop, (one,), {"teacher": teacher, "by": teacher}) for one in (first, second)]
        * 4
    )
    assert Membership.objects.current().filter(teacher=teacher).count() == 1
    assert {type(one).__name__ for one in outcomes} == {"Membership", "SeatedElsewhere"}


def test_moves_that_cross_wait_for_each_other():
    first, second = make_workshop(), make_workshop()
    here = [seat(first) for _ in range(6)]
    there = [seat(second) for _ in range(6)]
    outcomes = at_once(
        [(move_member, (one, second), {"by": None}) for one in here]
        + [(move_member, (one, first), {"by": None}) for one in there]
    )
    assert all(isinstance(one, Membership) for one in outcomes)
    assert (first.memberships.current().count(), second.memberships.current().count()) == (6, 6)
