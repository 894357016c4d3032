"""The pages of calls and lists: a refusal keeps what was typed; three rows cost what one costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from tests.factories import UserFactory, make_branch
from tests.workshops.hosting import make_call, make_volunteer, officer_of, select, team
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
