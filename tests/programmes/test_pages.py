import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState
from programmes.models import Enrolment, PhaseExtension, WorkingDay
from tests.factories import UserFactory, appoint, make_branch, make_organisation
from tests.programmes.factories import make_enrolment, open_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    open_programme()
    return make_branch()


def sign_in(client, role=None, organisation=None, school=None):
    user = UserFactory(school=school)
    if role:
        appoint(user, role, organisation)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def cost(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_teacher_confirms(client, place):
    user = sign_in(client, school=place[3])
    make_enrolment(user, state=EnrolmentState.ENTERED)
    page = client.get(reverse("programmes:enrolment"))
    assert page.context["may_confirm"] is True
    assert len(page.context["sentences"]) == 4
    client.post(reverse("programmes:confirm"))
    assert user.enrolments.get().state == EnrolmentState.CONFIRMED
    page = client.get(reverse("programmes:enrolment"))
    assert [state for _label, state in page.context["steps"]] == ["was", "was", "now"]


def test_a_teacher_returns_with_a_reason_only(client, place):
    user = sign_in(client, school=place[3])
    make_enrolment(user, state=EnrolmentState.ENTERED)
    refused = client.post(reverse("programmes:give_back"), {"reason": ""})
    assert refused.context["form"].errors
    client.post(reverse("programmes:give_back"), {"reason": "I teach music"})
    assert user.enrolments.get().return_reason == "I teach music"
    assert client.post(reverse("programmes:confirm")).status_code == 302
    assert user.enrolments.get().state == EnrolmentState.RETURNED


def test_who_is_on_no_list_learns_what_to_do(client, place):
    sign_in(client, school=place[3])
    page = client.get(reverse("programmes:enrolment"))
    assert page.context["window"].last_day is not None
    assert client.post(reverse("programmes:confirm")).status_code == 404


def test_a_principal_enters_the_missing(client, place):
    school = place[3]
    principal = sign_in(client, Role.PRINCIPAL, school, school)
    others = UserFactory.create_batch(2, school=school)
    url = reverse("programmes:missing", args=[school.pk])
    assert client.get(reverse("programmes:school")).headers["Location"].endswith(f"/{school.pk}/")
    assert client.get(url).context["counts"]["missing"] == 3
    data = {"people": [person.pk for person in others], "field": "primary music"}
    client.post(reverse("programmes:enter_selected", args=[school.pk]), data)
    assert set(Enrolment.objects.values_list("user", "subject", "state")) == {
        (person.pk, "music", "entered") for person in others
    }
    form = {"field": "primary english", "person_type": "teacher"}
    client.post(reverse("programmes:enter_one", args=[school.pk, principal.pk]), form)
    assert principal.enrolments.get().subject == "english"
    assert client.get(url).context["counts"]["missing"] == 0


def test_one_click_enters_as_last_year(client, place):
    school = place[3]
    sign_in(client, Role.PRINCIPAL, school)
    veteran, newcomer = UserFactory.create_batch(2, school=school)
    make_enrolment(veteran, school=school, programme=load_programme("2018"), subject="science")
    url = reverse("programmes:enter_selected", args=[school.pk])
    client.post(url, {"only": veteran.pk})
    assert veteran.enrolments.get(programme__code="2017").subject == "science"
    client.get(reverse("programmes:school_list", args=[school.pk]))  # shows what was said
    assert len(said(client.post(url, {"only": newcomer.pk}))) == 1
    assert not newcomer.enrolments.exists()
    assert len(said(client.post(url, {"field": "primary music"}))) == 2


def test_a_refusal_keeps_what_was_typed(client, place, time_machine):
    school = place[3]
    sign_in(client, Role.PRINCIPAL, school)
    person = UserFactory(school=school)
    load_programme("2017", make_current=True)
    time_machine.move_to("2017-04-01T12:00:00+08:00")
    form = {"field": "primary english", "person_type": "teacher"}
    page = client.post(reverse("programmes:enter_one", args=[school.pk, person.pk]), form)
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert page.context["form"]["field"].value() == "primary english"


def test_the_county_approves_the_ticked_and_all(client, place):
    _province, _city, county, school = place
    sign_in(client, Role.ADMINISTRATOR, county)
    ticked, waiting, unsure = (
        make_enrolment(school=school, state=state)
        for state in (EnrolmentState.CONFIRMED, EnrolmentState.CONFIRMED, EnrolmentState.ENTERED)
    )
    foreign = make_enrolment(state=EnrolmentState.CONFIRMED)
    url = reverse("programmes:approve")
    client.post(url, {"scope": "ticked", "enrolments": [ticked.pk, foreign.pk]})

    def states():
        rows = Enrolment.objects.filter(pk__in=[ticked.pk, waiting.pk, unsure.pk, foreign.pk])
        return list(rows.order_by("pk").values_list("state", flat=True))

    assert states() == ["approved", "confirmed", "entered", "confirmed"]
    client.post(url + f"?school={school.code}", {"scope": "all"})
    assert states() == ["approved", "approved", "entered", "confirmed"]
    client.post(url, {"scope": "all", "without_confirmation": "yes", "why": ""})
    assert states()[2] == "entered"
    client.post(url, {"scope": "all", "without_confirmation": "yes", "why": "on paper"})
    assert states() == ["approved", "approved", "approved", "confirmed"]


def test_the_county_that_acts_for_a_city_run_school_approves_it(client, place):
    _province, city, county, _school = place
    city_run = make_organisation(4, city, acting_county=county)
    enrolment = make_enrolment(school=city_run, state=EnrolmentState.CONFIRMED)
    sign_in(client, Role.ADMINISTRATOR, county)
    page = client.get(reverse("programmes:approvals"))
    assert [row.enrolment for row in page.context["rows"]] == [enrolment]
    client.post(reverse("programmes:approve"), {"enrolments": [enrolment.pk]})
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.APPROVED


def test_the_filters_narrow_the_list(client, place):
    school = place[3]
    sign_in(client, Role.ADMINISTRATOR, place[2])
    music = make_enrolment(school=school, state=EnrolmentState.CONFIRMED, subject="music")
    approved = make_enrolment(school=school)
    url = reverse("programmes:approvals")

    def shown(query):
        return {row.enrolment.pk for row in client.get(url + query).context["rows"]}

    assert shown("") == {music.pk}
    assert shown("?state=all") == {music.pk, approved.pk}
    assert shown("?state=approved&field=primary chinese") == {approved.pk}
    assert shown(f"?state=all&name={music.user.real_name}") == {music.pk}
    assert shown("?state=all&school=nonsense") == set()
    assert shown("?state=nonsense") == {music.pk}


def test_a_correction_moves_somebody_only_inside_ones_scope(client, place):
    _province, _city, county, school = place
    sign_in(client, Role.ADMINISTRATOR, county)
    enrolment = make_enrolment(school=school)
    near, far = make_organisation(4, county), make_branch()[3]
    url = reverse("programmes:correct", args=[enrolment.pk])
    data = {"field": "primary music", "person_type": "teacher", "reason": "moved"}
    assert client.post(url, data | {"school_code": far.code}).context["form"].errors
    client.post(url, data | {"school_code": near.code})
    enrolment.refresh_from_db()
    assert (enrolment.school, enrolment.subject) == (near, "music")
    assert enrolment.state == EnrolmentState.APPROVED


def test_a_principal_no_longer_corrects_what_the_county_approved(client, place):
    school = place[3]
    sign_in(client, Role.PRINCIPAL, school)
    approved, entered = (
        make_enrolment(school=school, state=state)
        for state in (EnrolmentState.APPROVED, EnrolmentState.ENTERED)
    )
    assert client.get(reverse("programmes:correct", args=[approved.pk])).status_code == 403
    assert client.get(reverse("programmes:correct", args=[entered.pk])).status_code == 200
    client.post(reverse("programmes:withdraw", args=[entered.pk]), {"reason": "left"})
    entered.refresh_from_db()
    assert entered.state == EnrolmentState.WITHDRAWN


def test_nobody_approves_or_returns_oneself(client, place):
    _province, _city, county, school = place
    officer = sign_in(client, Role.ADMINISTRATOR, county, school)
    own = make_enrolment(officer, state=EnrolmentState.CONFIRMED)
    client.post(reverse("programmes:approve"), {"scope": "all"})
    own.refresh_from_db()
    assert own.state == EnrolmentState.CONFIRMED
    assert client.get(reverse("programmes:return", args=[own.pk])).status_code == 403


def test_markers_and_editors_see_no_enrolment(place):
    _province, _city, county, school = place
    make_enrolment(school=school)
    for role, expected in ((Role.MARKER, 0), (Role.EDITOR, 0), (Role.AUDITOR, 1)):
        user = UserFactory()
        appoint(user, role, county)
        assert Enrolment.objects.visible_to(user).count() == expected


@pytest.mark.parametrize("name", ["school_list", "missing", "approvals"])
def test_lists_cost_the_same_for_one_and_three(client, place, name):
    _province, _city, county, school = place
    sign_in(client, Role.ADMINISTRATOR, county)
    url = reverse(f"programmes:{name}", args=[] if name == "approvals" else [school.pk])
    client.get(url)  # reads the rule pack, once per process
    costs = []
    for people in (1, 3):
        for _n in range(people - school.enrolments.count()):
            make_enrolment(
                school=school, state=EnrolmentState.CONFIRMED, user=UserFactory(school=school)
            )
            UserFactory(school=school)
        costs.append(cost(client, url))
    assert costs[0] == costs[1] <= 14


def test_the_overview_costs_the_same_with_extensions(client, place):
    province, _city, county, _school = place
    officer = sign_in(client, Role.PROJECT_OFFICER, province)
    url = reverse("programmes:overview")
    before = cost(client, url)
    data = {"organisation_code": county.code, "closes_on": "2030-01-01", "reason": "flood"}
    for key in ("enrolment", "topic_selection"):
        client.post(reverse("programmes:extend", args=[key]), data)
    assert PhaseExtension.objects.filter(granted_by=officer).count() == 2
    assert cost(client, url) == before


def test_an_extension_is_for_units_below_ones_own(client, place):
    _province, city, county, school = place
    sign_in(client, Role.ADMINISTRATOR, county)
    url = reverse("programmes:extend", args=["enrolment"])
    data = {"closes_on": "2030-01-01", "reason": "flood"}
    for code in (county.code, city.code, "nowhere"):
        page = client.post(url, data | {"organisation_code": code})
        assert page.context["form"].errors["organisation_code"]
    assert client.post(url, data | {"organisation_code": school.code}).status_code == 302
    page = client.post(url, data | {"organisation_code": school.code})
    assert page.context["form"].errors["closes_on"]


def test_the_province_sets_days_and_working_days(client, place):
    sign_in(client, Role.PROJECT_OFFICER, place[0])
    programme = load_programme("2022", make_current=True)
    url = reverse("programmes:edit_phase", args=["enrolment"])
    wrong = {"opens_on": "2026-03-31", "closes_on": "2026-03-01", "reason": "x"}
    assert client.post(url, wrong).context["form"].errors["closes_on"]
    client.post(url, {"opens_on": "2026-03-01", "closes_on": "2026-03-31", "reason": "plan"})
    assert programme.phases.get().closes_on.isoformat() == "2026-03-31"
    url = reverse("programmes:working_days")
    client.post(url, {"day": "2030-01-01", "is_working": "no", "note": "New Year"})
    row = WorkingDay.objects.get()
    assert (row.day.isoformat(), row.is_working) == ("2030-01-01", False)
    client.post(reverse("programmes:clear_day", args=[row.pk]))
    assert not WorkingDay.objects.exists()


def test_without_a_programme_pages_say_so(client):
    sign_in(client)
    assert client.get(reverse("programmes:overview")).status_code == 200
    assert client.get(reverse("programmes:enrolment")).context["programme"] is None
