"""The pages of calls and lists: a refusal keeps what was typed; three rows cost what one costs."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from accounts.enums import Role
from bureau.domain.hosting_exports import HOST_APPLICATIONS, HOST_LISTS
from bureau.models import ExportFile
from tests.factories import UserFactory, make_branch
from tests.workshops.hosting import make_call, make_volunteer, officer_of, select, team
from tests.workshops.payloads import PAYLOADS
from tests.workshops.test_xss import markup_in
from workshops.domain.host_lists.filing import send_list
from workshops.models import Host, HostApplication, HostCall, ListVersion

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def topic(branch):
    return make_call(branch[0], today=timezone.localdate(), places=3).topics.get()


def as_user(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def test_a_late_volunteer_reads_when_the_call_closed_and_loses_no_text(branch, topic, client):
    today = timezone.localdate()
    HostCall.objects.update(opens_on=today - timedelta(9), closes_on=today - timedelta(1))
    teacher = as_user(client, UserFactory(school=branch[3]))
    answer = teacher.post(
        f"/workshops/hosting/topics/{topic.pk}/",
        {"qualification": "expert", "statement": "写了很久的一段话"},
    )
    assert answer.status_code == 422
    assert "写了很久的一段话" in answer.content.decode()
    assert "项目办" in answer.content.decode()
    assert not HostApplication.objects.exists()


def test_several_are_selected_at_once_from_the_list(branch, topic, client):
    three = [make_volunteer(topic, branch[3], state="recommended") for _ in range(3)]
    select(three[2])
    office = as_user(client, officer_of(branch[0], Role.PROJECT_OFFICER))
    address = f"/workshops/hosting/calls/{topic.call_id}/select/"
    keys = [one.pk for one in three[:2]]
    page = office.get(address, {"one": keys}).content.decode()
    assert all(one.applicant.real_name in page for one in three[:2])
    room = Host.objects.get().workshop_id
    posted = {"one": keys, f"workshop_{topic.pk}": room, "starts_on": timezone.localdate()}
    assert office.post(address, posted).status_code == 302
    assert Host.objects.filter(workshop=room).count() == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_applications_cost_the_same_for_three(
    branch, topic, client, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        make_volunteer(topic, branch[3])
        make_volunteer(topic, branch[3], state="recommended")
    call, principal = topic.call_id, officer_of(branch[3], Role.PRINCIPAL)
    for user, page, most in (
        (principal, "hosting/recommend/?state=all", 7),
        (officer_of(branch[0]), f"hosting/calls/{call}/applications/?state=all", 12),
        (HostApplication.objects.first().applicant, "hosting/", 8),
        (principal, f"hosting/applications/{HostApplication.objects.first().pk}/", 8),
    ):
        as_user(client, user).get(f"/workshops/{page}")
        with django_assert_max_num_queries(most):
            assert client.get(f"/workshops/{page}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_hosts_cost_the_same_for_three(
    branch, topic, client, rows, django_assert_max_num_queries
):
    team(branch[2], rows)
    send_list(branch[2], topic.call.programme, by=UserFactory())
    as_user(client, officer_of(branch[1]))
    version = ListVersion.objects.get().pk
    for page, most in (("", 11), (f"{branch[2].pk}/", 11), (f"versions/{version}/", 9)):
        client.get(f"/workshops/hosting/lists/{page}")
        with django_assert_max_num_queries(most):
            assert client.get(f"/workshops/hosting/lists/{page}").status_code == 200


def test_nothing_that_was_typed_is_markup_on_any_page(branch, topic, client):
    hostile = "\n".join(PAYLOADS)
    HostCall.objects.update(title=hostile[:120], text=hostile)
    one = make_volunteer(topic, branch[3])
    HostApplication.objects.update(statement=hostile, file="x.pdf", file_name=hostile[:150])
    team(branch[2])
    version = send_list(branch[2], topic.call.programme, by=UserFactory())
    for number in range(0, len(hostile), 300):
        words = {"words": hostile[number : number + 300], "signed_by": UserFactory()}
        one.signatures.create(state="volunteered", name="甲", unit="乙", **words)
        version.signatures.create(state="sent", name="甲", unit="乙", **words)
    principal, office = officer_of(branch[3], Role.PRINCIPAL), officer_of(branch[0])
    call, key = topic.call_id, one.pk
    for user, page in (
        (one.applicant, "hosting/"),
        (one.applicant, f"hosting/calls/{call}/"),
        (one.applicant, f"hosting/topics/{topic.pk}/"),
        (one.applicant, f"hosting/applications/{key}/withdraw/"),
        (principal, f"hosting/applications/{key}/"),
        (principal, f"hosting/applications/{key}/recommend/"),
        (office, "hosting/calls/"),
        (office, f"hosting/calls/{call}/edit/"),
        (office, f"hosting/calls/{call}/applications/?state=all&q={quote(hostile[:40])}"),
        (office, f"hosting/calls/{call}/select/?one={key}"),
        (office, f"hosting/applications/{key}/decline/"),
        (office, f"hosting/lists/versions/{version.pk}/"),
    ):
        answer = as_user(client, user).get(f"/workshops/{page}")
        assert (answer.status_code, markup_in(answer.content.decode())) == (200, [])


def test_the_office_takes_applications_and_lists_out_to_excel(branch, topic):
    province, city, county, school = branch
    make_volunteer(topic, school, state="recommended")
    team(county)
    send_list(county, topic.call.programme, by=UserFactory())
    export = ExportFile(
        programme=topic.call.programme,
        organisation=province,
        path=province.path,
        requested_by=officer_of(province, Role.PROJECT_OFFICER),
    )
    (row,) = HOST_APPLICATIONS.rows(export, lambda *_: None)
    assert row[3:8] == [school.name, county.name, city.name, "教科研骨干", "学校已推荐，待省选聘"]
    assert row[9] == "教学认真，同意推荐。"
    (listed,) = HOST_LISTS.rows(export, lambda *_: None)
    assert listed[:4] == [county.name, 1, "待上级审核", "小学语文"]
    for kind in (HOST_APPLICATIONS, HOST_LISTS):
        assert len(kind.headers(export)) == len(kind.widths)
    assert not HOST_APPLICATIONS.allows(officer_of(city), city)


def test_a_call_of_tomorrow_is_the_office_s_own_affair(branch, topic, client):
    HostCall.objects.update(opens_on=timezone.localdate() + timedelta(1))
    address = f"/workshops/hosting/calls/{topic.call_id}/"
    assert as_user(client, UserFactory(school=branch[3])).get(address).status_code == 404
    assert as_user(client, officer_of(branch[0])).get(address).status_code == 200


def test_the_board_of_a_school_says_who_waits_for_its_word(branch, topic, client):
    make_volunteer(topic, branch[3])
    page = as_user(client, officer_of(branch[3], Role.PRINCIPAL)).get("/bureau/")
    assert "1 名教师志愿担任主持人，待您推荐" in page.content.decode()
