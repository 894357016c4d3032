"""The desks of people: what is found, shown, printed, and at what cost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.people import add_person
from accounts.enums import Role
from accounts.models import ActivationCode, Appointment, User
from tests.factories import UserFactory
from tests.world import make_world

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"
PEOPLE = reverse("accounts:people")


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


@pytest.fixture
def wang(world):
    return add_person(
        real_name="王芳",
        school=world.home_school,
        by=None,
        username="wangfang",
        phone="13800138000",
        id_number=ID_NUMBER,
    )


def shown(page):
    return {person.username for person in page.context["page"].object_list}


def test_a_list_holds_the_viewers_own_people_only(desk, wang):
    home = {"wangfang", "teacher_home", "principal_home", "marker_home"}
    home |= {"county_administrator_home", "auditor_home"}
    assert shown(desk("county_administrator_home").get(PEOPLE)) == home
    assert shown(desk("principal_away").get(PEOPLE)) == {"teacher_away", "principal_away"}
    for nobody in ("teacher_home", "marker_home", "editor"):
        assert desk(nobody).get(PEOPLE).status_code == 403


def test_a_foreign_unit_in_the_address_narrows_nothing_and_opens_nothing(desk, world, wang):
    client = desk("principal_home")
    page = client.get(PEOPLE, {"unit": world.away_school.pk})
    assert "teacher_away" not in shown(page)
    stranger = world.people["teacher_away"]
    assert client.get(reverse("accounts:person", args=[stranger.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "王"}, {"wangfang"}),
        ({"q": "WangFang"}, {"wangfang"}),
        ({"q": "芳"}, set()),
        ({"state": "waiting"}, {"wangfang"}),
        ({"q": "王", "state": "active"}, set()),
    ],
)
def test_people_are_found_by_name_account_and_state(desk, wang, query, found):
    assert shown(desk("county_administrator_home").get(PEOPLE, query)) == found


@pytest.mark.parametrize("number", ["138 0013 8000", ID_NUMBER.lower()])
def test_a_number_finds_its_person_and_leaves_no_trace_in_an_address(desk, wang, number):
    found = desk("county_administrator_home").post(reverse("accounts:find"), {"q": number})
    assert found.headers["Location"] == reverse("accounts:person", args=[wang.pk])
    missed = desk("county_administrator_away").post(reverse("accounts:find"), {"q": number})
    assert missed.headers["Location"] == f"{PEOPLE}?"


def test_a_name_goes_on_to_the_list(desk, wang):
    answer = desk("county_administrator_home").post(
        reverse("accounts:find"), {"q": "王", "state": "waiting"}
    )
    assert answer.headers["Location"] == f"{PEOPLE}?q=%E7%8E%8B&state=waiting"


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    desk, world, more, django_assert_max_num_queries
):
    for person in UserFactory.create_batch(more, school=world.home_school):
        Appointment.objects.create(user=person, role=Role.MARKER, organisation=world.home_school)
    client = desk("county_administrator_home")
    with django_assert_max_num_queries(8):
        assert len(shown(client.get(PEOPLE))) == 5 + more


def test_an_auditor_reads_with_masks_and_changes_nothing(desk, wang):
    page = desk("auditor_home").get(reverse("accounts:person", args=[wang.pk])).text
    assert "138******00" in page
    assert "13800138000" not in page
    assert "1101************2X" in page
    assert reverse("accounts:change", args=[wang.pk]) not in page
    keeper = desk("principal_home").get(reverse("accounts:person", args=[wang.pk])).text
    assert "13800138000" in keeper
    assert ID_NUMBER not in keeper
    assert reverse("accounts:change", args=[wang.pk]) in keeper


def test_entering_somebody_says_what_is_wrong_and_keeps_what_was_typed(desk, world):
    client, url = desk("principal_home"), reverse("accounts:add", args=[world.home_school.pk])
    wrong = client.post(url, {"real_name": "李娜", "id_number": "110105194912310021"})
    assert wrong.status_code == 200
    assert wrong.context["form"].errors.keys() == {"__all__"}
    assert 'value="李娜"' in wrong.text
    answer = client.post(url, {"real_name": "李娜", "teacher_number": "SD0100009"})
    person = User.objects.get(username="sd0100009")
    assert answer.headers["Location"] == reverse("accounts:person", args=[person.pk])
    assert person.school == world.home_school


def test_correcting_keeps_the_id_number_that_is_not_typed_again(desk, wang):
    before = wang.id_number_digest
    data = {"real_name": "王方", "username": "wangfang", "phone": "", "why": "更名"}
    desk("principal_home").post(reverse("accounts:change", args=[wang.pk]), data)
    wang.refresh_from_db()
    assert (wang.real_name, wang.phone, wang.id_number_digest) == ("王方", None, before)


def test_appointing_is_offered_and_accepted_within_ones_own_right_only(desk, world, wang):
    url = reverse("accounts:appoint", args=[wang.pk])
    principal = desk("principal_home")
    assert [role for role, _name in principal.get(url).context["form"].fields["role"].choices] == [
        "marker"
    ]
    day = {"starts_on": "2017-06-15"}
    beyond = {"role": "administrator", "organisation": world.home_school.code, **day}
    assert principal.post(url, beyond).status_code == 200  # not among the choices
    away = {"role": "marker", "organisation": world.away_school.code, **day}
    assert principal.post(url, away).context["form"].errors.keys() == {"organisation"}
    assert not wang.appointments.exists()
    principal.post(url, {"role": "marker", "organisation": world.home_school.code, **day})
    assert wang.appointments.get().role == "marker"


def test_a_role_of_one_unit_is_not_carried_to_another(desk, world, wang):
    """Administrator here and principal there: not administrator there."""
    two = world.people["county_administrator_home"]
    Appointment.objects.create(user=two, role=Role.PRINCIPAL, organisation=world.away_school)
    data = {"role": "auditor", "organisation": world.away_school.code, "starts_on": "2017-06-15"}
    url = reverse("accounts:appoint", args=[wang.pk])
    assert desk("county_administrator_home").post(url, data).status_code == 403
    assert not wang.appointments.exists()


def test_slips_are_printed_once_for_all_who_wait(desk, world, wang):
    client, url = desk("principal_home"), reverse("accounts:slips", args=[world.home_school.pk])
    assert client.get(url).context["waiting"] == [wang]
    assert not ActivationCode.objects.exists()
    page = client.post(url)
    assert "no-store" in page.headers["Cache-Control"]
    (code,) = re.findall(r'class="slip-code">([^<]+)<', page.text)
    assert re.fullmatch(r"[2-9A-Z]{5} [2-9A-Z]{5}", code)
    assert code not in client.get(url).text


def test_a_principal_prints_no_slip_for_somebody_who_holds_more(desk, world, wang):
    Appointment.objects.create(user=wang, role=Role.AUDITOR, organisation=world.home_county)
    url = reverse("accounts:slips", args=[world.home_school.pk])
    assert desk("principal_home").get(url).context["waiting"] == []
    assert desk("county_administrator_home").get(url).context["waiting"] == [wang]
    assert desk("principal_home").post(reverse("accounts:code", args=[wang.pk])).status_code == 403


@pytest.mark.parametrize("people", [1, 3])
def test_the_slip_page_costs_the_same_for_one_and_three(
    desk, world, people, django_assert_max_num_queries
):
    for _ in range(people):
        add_person(real_name="王芳", school=world.home_school, by=None)
    client = desk("principal_home")
    with django_assert_max_num_queries(9):
        page = client.get(reverse("accounts:slips", args=[world.home_school.pk]))
    assert len(page.context["waiting"]) == people


def test_moving_asks_for_a_unit_in_reach(desk, world, wang):
    url = reverse("accounts:move", args=[wang.pk])
    data = {"school": world.away_school.code, "why": "交流轮岗"}
    refused = desk("county_administrator_home").post(url, data)
    assert refused.context["form"].errors.keys() == {"school"}
    desk("province_administrator").post(url, data)
    wang.refresh_from_db()
    assert wang.school == world.away_school
