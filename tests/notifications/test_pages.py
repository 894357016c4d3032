import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications.domain.preferences import preference_of, stop_token
from notifications.enums import MailKind
from notifications.models import Notification
from tests.factories import UserFactory
from tests.notifications.factories import make_notice

pytestmark = pytest.mark.django_db
INBOX = reverse("notifications:inbox")


@pytest.fixture
def user(client):
    user = UserFactory(language="en")
    client.force_login(user)
    return user


def test_the_inbox_costs_the_same_for_one_and_three(client, user):
    costs = []
    for rows in (1, 3):
        for _n in range(rows - Notification.objects.count()):
            make_notice(user)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(INBOX)
        assert len(response.context["lines"]) == rows
        assert response.context["unread"] == rows
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


def test_an_inbox_shows_its_owners_lines_only(client, user):
    make_notice(UserFactory())
    assert client.get(INBOX).context["lines"] == []


def test_following_a_notice_marks_it_and_leads_there(client, user):
    notice = make_notice(user, url="/programmes/enrolment/")
    other = make_notice(UserFactory(), url="/x/")
    response = client.get(reverse("notifications:follow", args=[notice.pk]))
    assert response.headers["Location"] == "/programmes/enrolment/"
    assert Notification.objects.get(pk=notice.pk).read_at is not None
    assert client.get(reverse("notifications:follow", args=[other.pk])).status_code == 404
    assert Notification.objects.get(pk=other.pk).read_at is None


def test_all_are_marked_at_once_but_only_ones_own(client, user):
    make_notice(user), make_notice(user), make_notice(UserFactory())
    client.post(reverse("notifications:read_all"))
    assert Notification.objects.filter(read_at=None).count() == 1
    assert client.get(INBOX + "?show=unread").context["lines"] == []


def test_wishes_are_kept(client, user):
    client.post(reverse("notifications:preferences"), {"urgent_mail": "on"})
    wishes = preference_of(user)
    assert (wishes.daily_digest, wishes.urgent_mail) == (False, True)


def test_a_mail_is_stopped_without_signing_in_by_post_only(client):
    user = UserFactory()
    address = reverse("notifications:stop", args=[stop_token(user.pk, MailKind.DIGEST)])
    assert client.get(address).status_code == 200
    assert preference_of(user).daily_digest is True
    assert client.post(address).status_code == 200
    wishes = preference_of(user)
    assert (wishes.daily_digest, wishes.urgent_mail) == (False, True)


def test_a_forged_stop_link_stops_nothing(client):
    address = reverse("notifications:stop", args=["forged"])
    assert client.post(address).status_code == 404
