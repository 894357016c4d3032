"""Whoever sees other people's data brings a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.second_factor import remove_second_factor
from accounts.enums import Role
from accounts.errors import NotYourself
from core.models import AuditRecord
from tests.factories import UserFactory, appoint, make_branch

pytestmark = pytest.mark.django_db
PASSWORD = "Teach-2017-well"
SET_UP = reverse("mfa_activate_totp")


@pytest.fixture(autouse=True)
def _required(settings):
    settings.MFA_REQUIRED_FOR_APPOINTMENTS = True


@pytest.fixture
def school():
    return make_branch()[3]


@pytest.fixture
def officer(school):
    return person("officer", (Role.MARKER, school))


def person(username, *appointments):
    user = UserFactory(username=username)
    user.set_password(PASSWORD)
    user.save()
    for role, place in appointments:
        appoint(user, role, place)
    return user


def signed_in(user):
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def set_up(client):
    """The code is new every 30 seconds: who is refused at the turn reads the next one."""
    answer = answer_with_code(client)
    return answer if answer.status_code == 302 else answer_with_code(client)


def answer_with_code(client):
    page = client.get(SET_UP)
    return client.post(SET_UP, {"code": code_of(page.context["form"].secret)})


PROFILE = reverse("accounts:profile")


def test_an_officer_is_led_to_the_set_up_and_nowhere_else(officer):
    client = signed_in(officer)
    for path in (PROFILE, "/people/", "/cms/", "/space/"):
        assert client.get(path).headers["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200
    answer = set_up(client)
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer.headers["Location"]).text.count("<li><code>") == 10
    assert client.get(PROFILE).status_code == 200


def test_a_teacher_is_not_asked(school):
    assert signed_in(person("teacher")).get(PROFILE).status_code == 200


def test_the_demonstration_lets_officers_in_without(officer, settings):
    settings.MFA_REQUIRED_FOR_APPOINTMENTS = False
    assert signed_in(officer).get(PROFILE).status_code == 200


def test_the_next_sign_in_asks_for_the_code_and_a_recovery_code_works_once(officer):
    set_up(signed_in(officer))
    client = Client()
    data = {"login": officer.username, "password": PASSWORD}
    asked = client.post(reverse("account_login"), data)
    assert asked.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(PROFILE).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    code = unused_codes(officer)[0]
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get(PROFILE).status_code == 200
    assert code not in unused_codes(officer)


def unused_codes(user):
    return RecoveryCodes(
        Authenticator.objects.get(user=user, type="recovery_codes")
    ).get_unused_codes()


def test_guessing_the_code_is_limited(officer):
    set_up(signed_in(officer))
    client = Client()
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    answers = [
        client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code for _ in range(9)
    ]
    assert answers == [200] * 8 + [429]


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_ends_the_other_sessions(officer):
    here, elsewhere = signed_in(officer), signed_in(officer)
    set_up(here)
    assert here.get(PROFILE).status_code == 200
    assert "/accounts/login/" in elsewhere.get(PROFILE).headers["Location"]


def test_the_seed_is_stored_sealed(officer):
    client = signed_in(officer)
    secret = client.get(SET_UP).context["form"].secret
    set_up(client)
    stored = str(Authenticator.objects.values_list("data", flat=True))
    assert secret not in stored


def test_an_officer_cannot_switch_it_off_a_teacher_can(officer, school):
    client = signed_in(officer)
    set_up(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=officer, type="totp").exists()
    teacher = person("teacher")
    client = signed_in(teacher)
    set_up(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=teacher).exists()
    assert client.get(PROFILE).status_code == 200


def test_a_lost_phone_is_removed_by_another_and_set_up_anew(officer):
    client = signed_in(officer)
    set_up(client)
    with pytest.raises(NotYourself):
        remove_second_factor(officer, by=officer, why="手机丢失")
    remove_second_factor(officer, by=UserFactory(), why="手机丢失")
    assert "/accounts/login/" in client.get(PROFILE).headers["Location"]
    assert signed_in(officer).get(PROFILE).headers["Location"] == SET_UP
    assert AuditRecord.objects.filter(verb="accounts.second_factor_removed").count() == 1


def test_a_session_asks_once_whether_the_factor_is_there(officer):
    client = signed_in(officer)
    set_up(client)
    client.get(PROFILE)
    with CaptureQueriesContext(connection) as spent:
        client.get(PROFILE)
    asked = [query["sql"] for query in spent.captured_queries if "mfa_" in query["sql"]]
    assert len(asked) == 1  # the page's own, to show the state


def test_an_hour_later_the_password_is_asked_again(officer, time_machine):
    time_machine.move_to("2017-06-15 10:00 +08:00")
    client = signed_in(person("teacher"))
    assert client.get(SET_UP).status_code == 200
    time_machine.move_to("2017-06-15 11:00 +08:00")
    asked = client.get(SET_UP)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    answer = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert answer.headers["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200
