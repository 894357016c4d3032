"""Swaps, covers, check-ins, hand-overs: who may do what until when, and who is told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.invariants import check_invariants
from notifications.models import Notification
from tests.factories import UserFactory, appoint
from tests.workshops.duty import at, make_family, make_shift
from tests.workshops.factories import host, make_sub, seat
from tests.workshops.talk import make_thread, say
from workshops.domain.duty.check_in import check_in
from workshops.domain.duty.covers import ask_cover, take_cover, withdraw_cover
from workshops.domain.duty.rounds import hand_on, remind, tell_missed
from workshops.domain.duty.swaps import answer_swap, offer_swap, withdraw_swap
from workshops.domain.hosts import end_term
from workshops.domain.threads import mark_answered
from workshops.enums.duty import ShiftState, SwapState
from workshops.enums.talk import ThreadKind
from workshops.errors.duty import (
    BusyThen,
    CheckInTooEarly,
    CheckInTooLate,
    NotHostThen,
    NotYourShift,
    OfferOver,
    ShiftArranged,
    ShiftBegun,
)
from workshops.models import DutyCheckIn, DutyCover, DutyShift, DutySwap, HandOver
from workshops.queries.duty import on_duty, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(at(12, 9), tick=False)
    return time_machine


@pytest.fixture
def family():
    return make_family(2)


@pytest.fixture
def workshop(family):
    return family[0]


@pytest.fixture
def own(family):
    workshop, (first, _second) = family
    return make_shift(workshop, first, at(12, 19))


@pytest.fixture
def theirs(family):
    workshop, (_first, second) = family
    return make_shift(workshop, second, at(13, 19))


def told(kind):
    return set(Notification.objects.filter(kind=kind).values_list("user", flat=True))


def holders(*shifts):
    return [DutyShift.objects.get(pk=one.pk).user for one in shifts]


def broken():
    return [one.invariant.name for one in check_invariants() if not one.kept]


def test_a_swap_exchanges_both_shifts_once_it_is_accepted(family, own, theirs):
    _workshop, (first, second) = family
    swap = offer_swap(own, to=second, against=theirs, by=first)
    assert (holders(own, theirs), told("workshops.duty_offered")) == ([first, second], {second.pk})
    with pytest.raises(OfferOver):
        answer_swap(swap, accept=True, by=first)
    answer_swap(swap, accept=True, by=second)
    answer_swap(swap, accept=True, by=second)
    assert (holders(own, theirs), told("workshops.duty_accepted")) == ([second, first], {first.pk})
    with pytest.raises(OfferOver):
        withdraw_swap(swap, by=first)


def test_a_shift_is_given_without_another_in_return_or_stays_when_refused(family, own):
    _workshop, (first, second) = family
    refused = answer_swap(offer_swap(own, to=second, by=first), accept=False, by=second)
    assert (refused.state, holders(own)) == (SwapState.REFUSED, [first])
    withdraw_swap(offer_swap(own, to=second, by=first), by=first)
    answer_swap(offer_swap(own, to=second, by=first), accept=True, by=second)
    assert holders(own) == [second]


def test_an_offer_expires_when_a_shift_begins(family, own, clock):
    _workshop, (first, second) = family
    swap = offer_swap(own, to=second, by=first)
    clock.move_to(at(12, 19))
    with pytest.raises(OfferOver):
        answer_swap(swap, accept=True, by=second)
    with pytest.raises(ShiftBegun):
        ask_cover(own, by=first)
    assert not DutySwap.objects.pending(at(12, 19)).exists()


def test_one_offer_at_a_time_and_only_of_the_own_shift(family, own, theirs):
    _workshop, (first, second) = family
    with pytest.raises(NotYourShift):
        offer_swap(theirs, to=second, by=first)
    ask_cover(own, by=first)
    for again in (lambda: ask_cover(own, by=first), lambda: offer_swap(own, to=second, by=first)):
        with pytest.raises(ShiftArranged):
            again()


def test_nobody_gets_a_shift_outside_a_term_or_while_on_duty_elsewhere(family, own):
    workshop, (first, second) = family
    with pytest.raises(NotHostThen):
        offer_swap(own, to=UserFactory(), by=first)
    elsewhere, _nobody = make_family(0)
    host(elsewhere, second)
    make_shift(elsewhere, second, at(12, 20))
    with pytest.raises(BusyThen):
        offer_swap(own, to=second, by=first)
    cover = ask_cover(own, by=first)
    with pytest.raises(BusyThen):
        take_cover(cover, by=second)


def test_a_cover_is_taken_by_the_first_even_while_the_shift_runs(family, own, clock):
    workshop, (first, second) = family
    third = host(workshop).user
    cover = ask_cover(own, why="开会", by=first)
    assert told("workshops.cover_asked") == {second.pk, third.pk}
    clock.move_to(at(12, 19, 30))
    take_cover(cover, by=second)
    take_cover(cover, by=second)
    assert (holders(own), told("workshops.cover_taken")) == ([second], {first.pk})
    for late in (lambda: take_cover(cover, by=third), lambda: withdraw_cover(cover, by=first)):
        with pytest.raises(OfferOver):
            late()
    assert check_in(own, by=second).late is True


def test_checking_in_from_ten_minutes_before_until_the_end(family, own, clock):
    _workshop, (first, second) = family
    with pytest.raises(NotYourShift):
        check_in(own, by=second)
    clock.move_to(at(12, 18, 49))
    with pytest.raises(CheckInTooEarly):
        check_in(own, by=first)
    clock.move_to(at(12, 18, 50))
    there = check_in(own, by=first)
    clock.move_to(at(12, 20))
    assert (check_in(own, by=first), there.late) == (there, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyCheckIn.objects.create(shift=own, user=first)


@pytest.mark.parametrize(("minute", "late"), [(5, False), (6, True)])
def test_late_is_written_down(family, own, clock, minute, late):
    clock.move_to(at(12, 19, minute))
    assert check_in(own, by=own.user).late is late


def test_a_missed_shift_is_told_once_to_host_and_office(family, own, theirs, clock):
    workshop, (first, _second) = family
    office, above = UserFactory(), UserFactory()
    appoint(office, Role.ADMINISTRATOR, workshop.organisation)
    appoint(above, Role.ADMINISTRATOR, workshop.organisation.parent)
    clock.move_to(at(12, 21))
    with pytest.raises(CheckInTooLate):
        check_in(own, by=first)
    assert [tell_missed(now=at(12, 21)), tell_missed(now=at(12, 22))] == [2, 0]
    assert told("workshops.duty_missed") == {first.pk, office.pk}
    assert state_of(own, at(12, 21)) == ShiftState.MISSED


def test_the_evening_before_one_is_reminded(own, theirs):
    assert [remind(now=at(12, 17)), remind(now=at(12, 18))] == [1, 0]
    assert told("workshops.duty_tomorrow") == {theirs.user_id}


def test_open_questions_go_to_the_next_on_duty_who_answers(family, own, theirs, clock):
    workshop, (first, second) = family
    asker = seat(workshop).teacher
    ask = {"kind": ThreadKind.QUESTION}
    open_one = make_thread(workshop, asker, **ask)
    in_sub = make_thread(make_sub(workshop), asker, **ask)
    done = make_thread(workshop, asker, **ask)
    mark_answered(done, say(done, first), by=first)
    assert on_duty(workshop.pk, at(12, 20)).user == first
    clock.move_to(at(12, 21))
    assert [hand_on(now=at(12, 21)), hand_on(now=at(12, 21, 5))] == [2, 0]
    handed = HandOver.objects.values_list("thread", "shift", "to")
    assert set(handed) == {(one.pk, own.pk, theirs.pk) for one in (open_one, in_sub)}
    notice = Notification.objects.get(kind="workshops.handed")
    assert (notice.user, notice.parameters["questions"]) == (second, 2)
    assert on_duty(workshop.pk, at(12, 22)).user == second


def test_a_question_after_the_last_shift_is_handed_to_nobody(family, own, clock):
    workshop, _hosts = family
    make_thread(workshop, seat(workshop).teacher, kind=ThreadKind.QUESTION)
    assert hand_on(now=at(12, 21)) == 0
    assert on_duty(workshop.pk, at(12, 22)) is None


def test_an_ended_term_opens_its_coming_shifts_and_colleagues_are_told(family, own, theirs):
    workshop, (first, second) = family
    past = make_shift(workshop, first, at(9, 19))
    swap = offer_swap(own, to=second, by=first)
    end_term(workshop.hosts.get(user=first), why="调任", by=UserFactory())
    swap.refresh_from_db()
    assert (holders(past, own, theirs), swap.state) == ([first, None, second], "withdrawn")
    assert told("workshops.shifts_open") == {second.pk}
    take_cover(DutyCover.objects.get(shift=own), by=second)
    assert (holders(own), broken()) == ([second], [])


def test_a_shift_lasts_and_ends_after_it_begins(workshop):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_shift(workshop, None, at(12, 19), hours=0)
    assert make_shift(workshop, None, at(12, 19)).ends_at - at(12, 19) == timedelta(hours=2)
