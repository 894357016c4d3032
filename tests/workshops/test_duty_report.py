"""Coverage: what was served, missed, handed on; for one's own reach; the same queries for all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from bureau.domain.duty_export import duty_rows
from bureau.models import ExportFile
from core.invariants import check_invariants
from tests.factories import UserFactory, appoint, make_organisation
from tests.workshops.duty import at, make_family, make_shift
from tests.workshops.factories import make_sub, make_workshop, seat
from tests.workshops.talk import make_thread, say
from workshops.domain.duty.rounds import hand_on
from workshops.domain.threads import mark_answered
from workshops.enums.talk import ThreadKind
from workshops.models import DutyCheckIn, Thread, Workshop
from workshops.queries.duty_coverage import Coverage, family_lines
from workshops.queries.duty_report import duty_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(at(12, 9), tick=False)
    return time_machine


def there(shift, minutes=0):
    seen_at = shift.starts_at + timedelta(minutes=minutes)
    return DutyCheckIn.objects.create(shift=shift, user=shift.user, at=seen_at, late=minutes > 5)


def week(workshop, first, second):
    """On time, half an hour late, missed, and one still to come."""
    shifts = [
        make_shift(workshop, user, at(day, 19))
        for day, user in ((12, first), (13, second), (14, first), (16, second))
    ]
    there(shifts[0], -5)
    there(shifts[1], 30)
    return shifts


def counted(workshop, now):
    families = Workshop.objects.filter(pk=workshop.pk)
    (line,) = family_lines(families, (at(1, 0), at(30, 0)), now)
    return line.coverage


def test_shifts_that_are_over_are_counted_by_what_happened(clock):
    workshop, (first, second) = make_family(2)
    week(workshop, first, second)
    sums = counted(workshop, at(15, 9))
    assert (sums.planned, sums.there, sums.late, sums.missed, sums.share) == (3, 2, 1, 1, 66)
    assert Decimal(sums.hours) == Decimal("3.5")
    assert counted(workshop, at(12, 20)) == Coverage()


def test_questions_that_wait_and_those_that_the_next_on_duty_answered(clock):
    workshop, (first, second) = make_family(2)
    week(workshop, first, second)
    asker = seat(workshop).teacher
    asked = make_thread(workshop, asker, kind=ThreadKind.QUESTION)
    waits = make_thread(make_sub(workshop), asker, kind=ThreadKind.QUESTION)
    clock.move_to(at(12, 21))
    hand_on(now=at(12, 21))
    mark_answered(asked, say(asked, second), by=second)
    sums = counted(workshop, at(12, 22))
    assert (sums.handed, sums.answered, sums.overdue) == (2, 1, 0)
    Thread.objects.filter(pk=waits.pk).update(created_at=at(10, 21))
    assert counted(workshop, at(12, 22)).overdue == 1
    assert [one.invariant.name for one in check_invariants() if not one.kept] == []


def test_the_desk_rolls_up_what_is_in_its_reach_and_nothing_else(clock):
    workshop, (first, second) = make_family(2)
    week(workshop, first, second)
    county = workshop.organisation
    city, province = county.parent, county.parent.parent
    elsewhere = make_workshop(make_organisation(2, province), programme=workshop.programme)
    make_shift(elsewhere, None, at(12, 19))
    clock.move_to(at(15, 9))
    found = {}
    for unit in (county, city, province):
        officer = UserFactory()
        appoint(officer, Role.ADMINISTRATOR, unit)
        found[unit.level] = page(officer, {})
    planned = {level: shown.context["sums"].planned for level, shown in found.items()}
    assert planned == {3: 3, 2: 3, 1: 4}
    units = [(one, sums.planned) for one, sums in found[1].context["units"]]
    assert units == [(city, 3), (elsewhere.organisation, 1)]
    assert page(officer, {"show": "missed"}).context["page"].paginator.count == 2
    assert page(officer, {"since": "2017-06-13"}).context["sums"].planned == 2
    county_officer = UserFactory()
    appoint(county_officer, Role.AUDITOR, county)
    assert page(county_officer, {"unit": city.pk}).status_code == 404
    assert page(UserFactory(), {}).status_code == 403
    export = ExportFile(
        programme=workshop.programme, organisation=county, path=county.path, requested_by=officer
    )
    (row,) = duty_rows(export, lambda *_progress: None)
    assert row[2:] == [3, 2, 1, 1, 3.5, 0, 0, 0]


def page(user, query):
    client = Client()
    client.force_login(user)
    return client.get(reverse("workshops:duty_report"), query)


def five_families():
    """Two missed, one missed with a question, one missed, late, without a shift."""
    workshop, (first, second) = make_family(2)
    fields = {"programme": workshop.programme}
    city = make_workshop(workshop.organisation.parent, **fields)
    rest = [make_workshop(workshop.organisation, subject=one, **fields) for one in "abc"]
    for shifts, one in ((2, rest[0]), (1, city), (1, workshop)):
        for day in range(12, 12 + shifts):
            make_shift(one, None, at(day, 19))
    asked = make_thread(city, first, kind=ThreadKind.QUESTION)
    Thread.objects.filter(pk=asked.pk).update(created_at=at(10, 21))
    there(make_shift(rest[1], second, at(12, 19)), 30)
    return [rest[0], city, workshop, rest[1], rest[2]]


def test_the_families_with_most_trouble_come_first_page_by_page(clock):
    families = five_families()
    clock.move_to(at(15, 9))
    span = (at(1, 0), at(30, 0))
    province = families[1].organisation.parent
    everybody = Workshop.objects.filter(pk__in=[one.pk for one in families])

    def keys(number, show=""):
        asked = {"show": show, "page": number, "rows": 2}
        found = duty_report(everybody, province, span, at(15, 9), **asked)
        return [one.workshop for one in found.lines]

    ordered = [one.pk for one in families]
    assert [keys(1), keys(2), keys(3)] == [ordered[:2], ordered[2:4], ordered[4:]]
    assert keys(9) == ordered[4:]  # beyond the last page is the last
    assert (keys(1, "late"), keys(1, "none")) == ([ordered[3]], [ordered[4]])
    assert keys(2, "missed") == [ordered[2]]


def test_a_level_and_a_subject_narrow_every_block(clock):
    families = five_families()
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, families[1].organisation.parent)
    clock.move_to(at(15, 9))
    found = page(officer, {"level": "3"}).context
    assert (found["sums"].planned, found["families"], found["sums"].overdue) == (4, 4, 0)
    assert found["counts"] == {"missed": 2, "late": 1, "overdue": 0, "none": 1}
    both = page(officer, {"level": "3", "field": families[0].field, "page": "x"}).context
    assert [one for one, _title, _sums in both["lines"]] == [families[0]]
    nothing = page(officer, {"level": "1", "page": "7"})
    assert (nothing.status_code, nothing.context["lines"]) == (200, [])


def test_the_report_costs_the_same_for_one_workshop_and_for_three(clock):
    workshop, (first, second) = make_family(2)
    week(workshop, first, second)
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, workshop.organisation.parent.parent)
    clock.move_to(at(15, 9))

    def cost():
        page(officer, {})
        with CaptureQueriesContext(connection) as counted_queries:
            page(officer, {})
        return len(counted_queries)

    once = cost()
    for subject in ("mathematics", "english"):
        more = make_workshop(workshop.organisation, programme=workshop.programme, subject=subject)
        make_shift(more, None, at(12, 19))
    assert cost() == once
