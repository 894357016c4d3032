"""The rota: tried, carried out, planned anew; shifts stay within terms and never overlap."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications.models import Notification
from tests.workshops.duty import MONDAY, at, make_family, make_scheme, make_shift, plan
from tests.workshops.factories import host, make_workshop
from workshops.domain.duty.check_in import check_in, drop_absence, state_absence
from workshops.domain.duty.planning import carry_out_plan, try_plan
from workshops.domain.duty.slots import set_scheme
from workshops.errors.duty import (
    AbsenceOutOfOrder,
    NobodyToPlan,
    PlanChanged,
    SchemeMissing,
    ShiftsBeyondMidnight,
)
from workshops.models import DutyCover, DutyShift

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(at(12, 9), tick=False)


def loads(workshop, people):
    return [workshop.shifts.filter(user=one).count() for one in people]


def tried(workshop, weeks=2):
    return try_plan(workshop, first=MONDAY, weeks=weeks, now=timezone.now())


def test_two_weeks_are_shared_out_and_everybody_is_told():
    workshop, people = make_family(3)
    done = plan(workshop, by=people[0])
    assert (len(done.lines), sorted(loads(workshop, people))) == (10, [3, 3, 4])
    told = Notification.objects.filter(kind="workshops.rota").values_list("user", flat=True)
    assert set(told) == {one.pk for one in people}
    before = list(DutyShift.objects.values_list("pk", "user"))
    plan(workshop, by=people[0])
    assert list(DutyShift.objects.values_list("pk", "user")) == before


def test_holidays_are_left_out_where_the_workshop_says_so():
    workshop, people = make_family(1, weekdays=[1, 2, 3, 4, 5, 6, 7], working_days_only=True)
    plan(workshop, by=people[0], first=date(2017, 9, 25), weeks=2)
    days = {timezone.localdate(one.starts_at) for one in DutyShift.objects.all()}
    assert date(2017, 9, 30) in days  # a Saturday that is worked
    assert not days & {date(2017, 10, day) for day in range(1, 9)}


def test_nobody_serves_outside_the_term_or_in_an_absence():
    workshop, (stays,) = make_family(1)
    ends = host(workshop, ends_on=date(2017, 6, 13)).user
    away = state_absence(stays, starts_on=date(2017, 6, 13), ends_on=date(2017, 6, 14))
    done = plan(workshop, by=stays, weeks=1)
    assert [one.user for one in done.lines][1:] == [ends.pk, None, stays.pk, stays.pk]
    assert (done.unserved, DutyCover.objects.get().shift.user) == (1, None)
    drop_absence(away, by=stays)
    assert tried(workshop, 1).unserved == 0
    with pytest.raises(AbsenceOutOfOrder):
        state_absence(stays, starts_on=MONDAY, ends_on=date(2017, 6, 1))


def test_what_was_checked_in_stays_and_a_missed_shift_is_not_carried(time_machine):
    workshop, people = make_family(2)
    plan(workshop, by=people[0], weeks=1)
    first, second, *_rest = DutyShift.objects.order_by("starts_at")
    time_machine.move_to(first.starts_at)
    check_in(first, by=first.user)
    time_machine.move_to(at(14, 9))
    again = tried(workshop, 1)
    assert {one.user.pk: one.before for one in again.loads} == {first.user_id: 1, second.user_id: 0}
    plan(workshop, by=people[0], weeks=1)
    first.refresh_from_db()
    assert (first.check_in.user, DutyShift.objects.count()) == (first.user, 7)


def test_a_plan_is_carried_out_as_it_was_shown_or_not_at_all():
    workshop, people = make_family(2)
    shown = tried(workshop)
    newcomer = host(workshop).user
    with pytest.raises(PlanChanged):
        carry_out_plan(workshop, first=MONDAY, weeks=2, fingerprint=shown.fingerprint, by=newcomer)
    assert DutyShift.objects.count() == 0


def test_a_changed_scheme_replaces_coming_shifts():
    workshop, people = make_family(2)
    plan(workshop, by=people[0], weeks=1)
    given = {"weekdays": [3], "working_days_only": False, "begins_at": time(8)}
    set_scheme(workshop, shift_minutes=240, shifts_a_day=2, by=people[0], **given)
    plan(workshop, by=people[0], weeks=1)
    hours = [timezone.localtime(one.starts_at).hour for one in DutyShift.objects.all()]
    assert sorted(hours) == [8, 12]
    with pytest.raises(ShiftsBeyondMidnight):
        set_scheme(workshop, shift_minutes=600, shifts_a_day=2, by=people[0], **given)


def test_without_a_scheme_or_a_host_nothing_is_planned():
    workshop = make_workshop()
    with pytest.raises(SchemeMissing):
        tried(workshop)
    make_scheme(workshop)
    with pytest.raises(NobodyToPlan):
        tried(workshop)


def test_one_host_of_two_workshops_is_never_on_duty_in_both():
    workshop, (shared, other) = make_family(2)
    elsewhere, _nobody = make_family(0)
    host(elsewhere, shared)
    plan(elsewhere, by=shared, weeks=1)
    plan(workshop, by=shared, weeks=1)
    assert loads(workshop, [shared, other]) == [0, 5]
    with pytest.raises(IntegrityError, match="one_host_never_overlap"), transaction.atomic():
        make_shift(workshop, shared, at(12, 18))
    with pytest.raises(IntegrityError, match="follow_each_other"), transaction.atomic():
        make_shift(workshop, None, at(12, 20))
