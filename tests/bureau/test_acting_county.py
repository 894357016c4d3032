"""A city-run school stands under the unit that acts as its county, wherever that unit looks."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from bureau.domain.export_kinds import COMPLETION, PEOPLE
from bureau.domain.exports import download_export, make_export, request_export
from bureau.domain.progress import (
    count_progress,
    figures_from_details,
    figures_of_children,
    figures_rolled_up,
)
from bureau.views.todo import todo_cards
from core.invariants import check_invariants
from courses.models import Homework, Submission
from courses.queries.assessment import waiting_submissions
from courses.queries.offer import schools_with_topics
from organisations.enums import Level
from organisations.models import Organisation
from programmes.models import Enrolment
from tests.courses.assessment_factories import make_course
from tests.factories import UserFactory, appoint, make_organisation

pytestmark = pytest.mark.django_db


@dataclass
class CityRun:
    """A school of the city for which the home county acts, with people on the list."""

    school: Organisation
    city: Organisation
    person: User


@pytest.fixture
def city_run(county):
    city = county.county.parent
    school = make_organisation(Level.SCHOOL, city, acting_county=county.county)
    own = make_organisation(Level.SCHOOL, city, acting_county=city)
    people = [enrol(county, place) for place in (school, school, own, county.first)]
    count_progress(county.programme)
    return CityRun(school, city, people[0].user)


def enrol(county, school, state="approved"):
    return Enrolment.objects.create(
        programme=county.programme,
        user=UserFactory(school=school),
        school=school,
        stage="primary",
        subject="chinese",
        state=state,
        confirmed_at=timezone.now() if state == "confirmed" else None,
        approved_at=timezone.now() if state == "approved" else None,
    )


def reload(user):
    return User.objects.get(pk=user.pk)  # appointments are read once per object


def client_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def lines(user, unit):
    shown = client_of(user).get(reverse("bureau:unit", args=[unit.pk])).context["lines"]
    return {line.unit: line.approved for line in shown}


def test_it_counts_once_under_the_county_and_once_under_the_city(county, city_run):
    city, home = city_run.city, county.county
    approved = {one: figures_rolled_up(county.programme, one).approved for one in (home, city)}
    assert approved == {home: 3, city: 4}
    for unit in Organisation.objects.all():
        rolled = figures_rolled_up(county.programme, unit)
        assert figures_from_details(county.programme, unit) == rolled
        if unit.level != Level.SCHOOL:
            assert figures_of_children(county.programme, unit) == rolled
    assert [one.invariant.name for one in check_invariants() if not one.kept] == []


def test_the_boards_list_it_below_the_county_and_not_beside_it(county, city_run):
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, city_run.city)
    assert lines(county.officer, county.county)[city_run.school] == 2
    below_city = lines(officer, city_run.city)
    assert city_run.school not in below_city
    assert below_city[county.county] == 3
    assert sum(below_city.values()) == 4


def test_the_way_back_from_its_board_leads_through_the_county(county, city_run):
    page = client_of(county.officer).get(reverse("bureau:unit", args=[city_run.school.pk]))
    assert [name for name, _url in page.context["trail"]] == [
        county.county.name,
        city_run.school.name,
    ]


def test_what_waits_for_approval_counts_it(county, city_run):
    enrol(county, city_run.school, state="confirmed")
    officer = reload(county.officer)
    cards = todo_cards(officer, county.programme, county.county)
    approvals = [card for card in cards if card["url"] == reverse("programmes:approvals")]
    assert len(approvals) == 1
    listed = client_of(officer).get(reverse("programmes:approvals"))
    assert city_run.school.name in listed.content.decode()


@pytest.mark.parametrize("kind", [PEOPLE, COMPLETION], ids=lambda kind: kind.key)
def test_exports_of_the_county_hold_its_people(county, city_run, kind):
    officer = reload(county.officer)
    export = request_export(kind, county.county, by=officer, language="zh-hans")
    export = make_export(export.pk, lambda *_progress: None)
    assert download_export(export, by=officer)
    assert export.rows == 3


def test_people_of_the_county_are_listed_with_it(county, city_run):
    page = client_of(county.officer).get(reverse("accounts:people"), {"unit": county.county.pk})
    assert city_run.person in page.context["page"].object_list


def test_markers_and_topics_of_the_county_reach_it(county, city_run):
    course = make_course(has_homework=True)
    Submission.objects.create(
        homework=Homework.objects.create(course=course, prompt="x"),
        user=city_run.person,
        programme=county.programme,
        state="handed_in",
        handed_in_at=timezone.now(),
    )
    marker, stranger = UserFactory(), UserFactory()
    appoint(marker, Role.MARKER, county.county)
    appoint(stranger, Role.MARKER, county.foreign.parent)
    counts = [waiting_submissions(one, county.programme).count() for one in (marker, stranger)]
    assert counts == [1, 0]
    scope = reload(county.officer).scope("", Role.ADMINISTRATOR)
    assert city_run.school in schools_with_topics(scope, county.programme)
