"""The offices' desk of activity: counted in sets, rolled up by unit, each in its own scope."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import make_export, request_export
from bureau.domain.sealed_files import read_sealed
from bureau.errors import ScopeLost
from tests.bureau.importing import quietly
from tests.factories import UserFactory, appoint, make_branch
from tests.workshops.factories import host, make_workshop, school_of, seat
from tests.workshops.talk import make_thread, say
from workshops.domain.moderation import hide_post, report_post
from workshops.domain.weeks import count_weeks
from workshops.enums.talk import ThreadKind
from workshops.models import Post, Thread, WorkshopWeek
from workshops.queries.activity import activity_below, activity_of_schools

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def workshop(branch):
    """A county's: one old open question, a reported reply, something hidden, something old."""
    workshop = make_workshop(branch[2])
    asker, runs = seat(workshop).teacher, host(workshop).user
    asked = make_thread(workshop, asker, kind=ThreadKind.QUESTION)
    Thread.objects.update(created_at=timezone.now() - timedelta(hours=49))
    make_thread(workshop, asker, kind=ThreadKind.QUESTION)
    report_post(say(asked, runs, as_host=True), why="像广告", by=asker)
    hide_post(say(asked, asker), why="跑题", by=runs)
    old = say(asked, seat(workshop).teacher)
    Post.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    return workshop


def officer_of(unit, role=Role.ADMINISTRATOR):
    person = UserFactory()
    appoint(person, role, unit)
    return person


def test_a_week_is_counted_in_one_statement_and_again(workshop):
    with CaptureQueriesContext(connection) as seen:
        assert count_weeks(workshop.programme) == 1
    assert len(seen) == 3  # the savepoint's two among them
    week = WorkshopWeek.objects.get()
    names = ("waiting", "overdue", "posts", "active", "reports")
    assert [getattr(week, name) for name in names] == [2, 1, 3, 2, 1]
    make_workshop(workshop.organisation, programme=workshop.programme, subject="mathematics")
    assert count_weeks(workshop.programme) == 2


def test_sums_go_up_through_the_units_and_by_subject(branch, workshop):
    province, city, county, _school = branch
    above = make_workshop(province, programme=workshop.programme, cap=1, free_seats=0)
    mathematics = make_workshop(county, programme=workshop.programme, subject="mathematics")
    count_weeks(workshop.programme)
    found = activity_below(workshop.programme, province)
    assert set(found) == {province.pk, city.pk}
    assert (found[province.pk].full, found[province.pk].members) == (1, above.cap)
    assert (found[city.pk].workshops, found[city.pk].overdue) == (2, 1)
    one = activity_below(workshop.programme, county, "subject:primary:mathematics")
    assert (one[county.pk].workshops, one[county.pk].overdue) == (1, 0)
    stage = activity_below(workshop.programme, county, "subject:primary")
    assert stage[county.pk].workshops == 2
    assert mathematics.field.startswith("subject:primary:")


def test_a_school_is_told_numbers_of_its_own_teachers(workshop):
    school = school_of(workshop)
    counts = activity_of_schools(workshop.programme, school)[school.pk]
    assert (counts.members, counts.active, counts.posts) == (2, 1, 2)
    county = activity_of_schools(workshop.programme, workshop.organisation)
    assert county == {school.pk: counts}
    none = activity_of_schools(workshop.programme, school, "subject:primary:mathematics")
    assert none == {}


def test_the_pages_drill_down_within_ones_own_scope(branch, workshop):
    province, city, county, school = branch
    count_weeks(workshop.programme)
    client = Client()
    client.force_login(officer_of(city))
    start = client.get(reverse("workshops:activity"))
    assert start.url == reverse("workshops:unit_activity", args=[city.pk])
    for unit, below in ((city, county), (county, school)):
        shown = client.get(reverse("workshops:unit_activity", args=[unit.pk])).content.decode()
        assert reverse("workshops:unit_activity", args=[below.pk]) in shown
    assert client.get(reverse("workshops:unit_activity", args=[province.pk])).status_code == 404
    principal = Client()
    principal.force_login(officer_of(school, Role.PRINCIPAL))
    assert principal.get(reverse("workshops:activity"), follow=True).status_code == 200
    assert principal.get(reverse("workshops:unit_activity", args=[county.pk])).status_code == 404


def test_more_workshops_and_schools_cost_no_more_statements(branch, workshop):
    client = Client()
    client.force_login(officer_of(branch[0]))
    place = reverse("workshops:unit_activity", args=[branch[2].pk])
    counts = []
    for more in (0, 2):
        for subject in ("mathematics", "english")[:more]:
            other = make_workshop(branch[2], programme=workshop.programme, subject=subject)
            seat(other)
        count_weeks(workshop.programme)
        client.get(place)
        with CaptureQueriesContext(connection) as seen:
            client.get(place)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_figures_go_out_to_excel_for_officers_alone(branch, workshop):
    count_weeks(workshop.programme)
    kind = EXPORT_KINDS["workshop_activity"]
    export = request_export(kind, branch[1], by=officer_of(branch[1]), language="en")
    made = make_export(export.pk, quietly)
    assert (made.rows, read_sealed(made.file)[:2]) == (1, b"PK")
    with pytest.raises(ScopeLost):
        request_export(kind, branch[1], by=officer_of(branch[1], Role.AUDITOR), language="en")
    principal = officer_of(branch[3], Role.PRINCIPAL)
    with pytest.raises(ScopeLost):
        request_export(kind, branch[3], by=principal, language="en")
