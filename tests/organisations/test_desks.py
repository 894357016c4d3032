"""The tree's pages: browse, search, and change after a second look."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from organisations.domain.tree import rename_organisation
from organisations.enums import Level
from organisations.models import Organisation
from tests.factories import UserFactory, appoint, make_organisation
from tests.world import make_world

pytestmark = pytest.mark.django_db
INDEX = reverse("organisations:index")
DAY = {"on": "2018-06-01", "reason": "区划调整"}


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def desk(world):
    def sign_in(name):
        client = Client()
        client.force_login(User.objects.get(pk=world.people[name].pk))
        return client

    return sign_in


def listed(page):
    return list(page.context["page"].object_list)


def url(name, unit):
    return reverse(f"organisations:{name}", args=[unit.pk])


def test_one_begins_at_ones_own_unit(desk, world):
    assert listed(desk("county_administrator_home").get(INDEX)) == [world.home_county]
    assert listed(desk("auditor_away").get(INDEX)) == [world.away_county]


def test_a_search_finds_former_names_and_stays_within_reach(desk, world):
    former = world.home_school.name
    rename_organisation(
        world.home_school, "第二实验小学", on=date(2018, 6, 1), by=None, reason="更名"
    )
    client = desk("county_administrator_home")
    assert listed(client.get(INDEX, {"q": former})) == [world.home_school]
    assert listed(client.get(INDEX, {"q": "第二实验"})) == [world.home_school]
    assert listed(desk("county_administrator_away").get(INDEX, {"q": "第二实验"})) == []


@pytest.mark.parametrize("schools", [1, 3])
def test_a_page_costs_the_same_for_one_and_three_units(
    desk, world, schools, django_assert_max_num_queries
):
    for _ in range(schools - 1):
        school = make_organisation(Level.SCHOOL, world.home_county)
        appoint(UserFactory(), Role.AUDITOR, world.home_county)
        make_organisation(Level.SCHOOL, world.home_city, acting_county=school.parent)
    client = desk("city_administrator_home")
    with django_assert_max_num_queries(13):
        page = client.get(url("unit", world.home_county))
    assert len(listed(page)) == schools


def test_a_change_is_shown_before_it_is_made(desk, world):
    client, page = desk("county_administrator_home"), url("rename", world.home_school)
    data = {"name": "第二实验小学", **DAY}
    asked = client.post(page, data)
    assert "第二实验小学" in asked.context["sentence"]
    world.home_school.refresh_from_db()
    assert world.home_school.name != "第二实验小学"
    back = client.post(page, {**data, "back": "1"})
    assert 'value="第二实验小学"' in back.text
    done = client.post(page, {**data, "confirmed": "1"})
    assert done.headers["Location"] == url("unit", world.home_school)
    world.home_school.refresh_from_db()
    assert world.home_school.name == "第二实验小学"


def test_a_refusal_is_said_over_the_form_and_keeps_what_was_typed(desk, world):
    data = {"name": "第二实验小学", "on": "2099-01-01", "reason": "更名", "confirmed": "1"}
    page = desk("county_administrator_home").post(url("rename", world.home_school), data)
    assert page.context["form"].errors.keys() == {"__all__"}
    assert 'value="第二实验小学"' in page.text


def test_moving_and_merging_name_units_within_reach_only(desk, world):
    client = desk("city_administrator_home")
    for name, field in (("move", "parent"), ("merge", "into")):
        data = {field: world.away_county.code, **DAY, "confirmed": "1"}
        page = client.post(url(name, world.home_county), data)
        assert page.context["form"].errors.keys() == {field}
    other = make_organisation(Level.COUNTY, world.home_city)
    data = {"into": other.code, **DAY, "confirmed": "1"}
    assert client.post(url("merge", world.home_county), data).status_code == 302
    world.home_school.refresh_from_db()
    assert world.home_school.parent == other
    assert listed(desk("county_administrator_home").get(INDEX)) == [other]


def test_opening_a_school_asks_for_what_only_schools_have(desk, world):
    client, page = desk("county_administrator_home"), url("open", world.home_county)
    data = {"level": "4", "name": "新建小学", "code": "3137000077", "on": "2018-06-01"}
    assert client.post(page, data).context["form"].errors.keys() == {"kind"}
    data |= {"kind": "kindergarten", "licence_number": "教民1370", "confirmed": "1"}
    client.post(page, data)
    opened = Organisation.objects.get(code="3137000077")
    assert (opened.parent, opened.licence_number) == (world.home_county, "教民1370")


def test_a_name_that_several_bear_is_answered_with_their_codes(desk, world):
    for code in ("3137000071", "3137000072"):
        make_organisation(Level.SCHOOL, world.home_county, name="实验小学", code=code)
    data = {"into": "实验小学", **DAY}
    page = desk("county_administrator_home").post(url("merge", world.home_school), data)
    (fault,) = page.context["form"].errors["into"]
    assert "3137000071" in fault
    assert "3137000072" in fault


def test_a_closed_unit_names_its_successor_and_is_changed_no_more(desk, world):
    other = make_organisation(Level.SCHOOL, world.home_county)
    client = desk("county_administrator_home")
    data = {"into": other.code, **DAY, "confirmed": "1"}
    client.post(url("merge", world.home_school), data)
    page = client.get(url("unit", world.home_school))
    assert url("unit", other) in page.text
    assert client.get(url("rename", world.home_school)).status_code == 403


def test_who_serves_and_works_at_a_unit_stands_on_its_page(desk, world):
    page = desk("county_administrator_home").get(url("unit", world.home_school)).text
    assert world.people["principal_home"].real_name in page
    assert reverse("accounts:slips", args=[world.home_school.pk]) in page
    read_only = desk("auditor_home").get(url("unit", world.home_school)).text
    assert reverse("accounts:slips", args=[world.home_school.pk]) not in read_only
    assert url("rename", world.home_school) not in read_only
