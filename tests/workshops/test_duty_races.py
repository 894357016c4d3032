"""Two at once: one cover for two hosts, a swap answered twice, two planners, a term that ends.

Without the locks (``locked_shifts``, ``lock_terms``, ``lock_family``) they fail.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError
from tests.factories import UserFactory
from tests.threads import outcome_of_rival
from tests.workshops.duty import make_family, make_shift
from tests.workshops.factories import host
from workshops.domain.duty.covers import ask_cover, take_cover
from workshops.domain.duty.planning import carry_out_plan, try_plan
from workshops.domain.duty.swaps import answer_swap, offer_swap
from workshops.domain.hosts import end_term
from workshops.models import DutyCover, DutyShift

pytestmark = pytest.mark.django_db(transaction=True)


def tomorrow():
    return timezone.now() + timedelta(days=1)


def refusal_of(act):
    """The act's own result, or the name of what refused it."""

    def run():
        try:
            return act()
        except DomainError as refusal:
            return type(refusal).__name__

    return run


def test_two_take_one_cover_and_the_first_has_it():
    workshop, (asks, first, second) = make_family(3)
    shift = make_shift(workshop, asks, tomorrow())
    cover = ask_cover(shift, by=asks)
    rival = refusal_of(lambda: take_cover(cover, by=second))
    assert outcome_of_rival(lambda: take_cover(cover, by=first), rival) == "OfferOver"
    shift.refresh_from_db()
    assert (shift.user, DutyCover.objects.get().taken_by) == (first, first)


def test_a_swap_is_accepted_or_taken_back_but_not_both():
    workshop, (first, second) = make_family(2)
    own, theirs = (
        make_shift(workshop, user, tomorrow() + timedelta(days=days))
        for days, user in enumerate((first, second))
    )
    swap = offer_swap(own, to=second, against=theirs, by=first)
    again = refusal_of(lambda: answer_swap(swap, accept=False, by=second))
    assert outcome_of_rival(lambda: answer_swap(swap, accept=True, by=second), again) == "OfferOver"
    swap.refresh_from_db()
    assert (swap.state, swap.shift.user, swap.against.user) == ("accepted", second, first)


def test_two_planners_at_once_leave_one_rota():
    workshop, (first, second) = make_family(2, weekdays=[1, 2, 3, 4, 5, 6, 7])
    start = timezone.localdate() + timedelta(days=1)
    shown = try_plan(workshop, first=start, weeks=1, now=timezone.now())

    def carry_out(by):
        given = {"first": start, "weeks": 1, "fingerprint": shown.fingerprint}
        return carry_out_plan(workshop, by=by, **given).fingerprint

    same = outcome_of_rival(lambda: carry_out(first), lambda: carry_out(second))
    assert (same, DutyShift.objects.count()) == (shown.fingerprint, 7)


def test_two_workshops_do_not_plan_one_host_for_the_same_evening():
    days = {"weekdays": [1, 2, 3, 4, 5, 6, 7]}
    workshop, (shared,) = make_family(1, **days)
    other, _nobody = make_family(0, **days)
    host(other, shared)
    start = timezone.localdate() + timedelta(days=1)

    def carry_out(where):
        shown = try_plan(where, first=start, weeks=1, now=timezone.now())
        given = {"first": start, "weeks": 1, "fingerprint": shown.fingerprint}
        return carry_out_plan(where, by=shared, **given)

    rival = refusal_of(lambda: carry_out(other))
    assert outcome_of_rival(lambda: carry_out(workshop), rival) == "PlanChanged"
    assert DutyShift.objects.filter(user=shared).count() == 7


def test_nobody_takes_a_shift_in_a_term_that_ends_at_that_moment():
    workshop, (asks, takes) = make_family(2)
    cover = ask_cover(make_shift(workshop, asks, tomorrow()), by=asks)
    term = workshop.hosts.get(user=takes)
    rival = refusal_of(lambda: take_cover(cover, by=takes))
    ended = outcome_of_rival(lambda: end_term(term, why="调任", by=UserFactory()), rival)
    assert ended == "NotHostThen"
