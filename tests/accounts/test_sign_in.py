"""Signing in by account, phone or e-mail, and what a wrong guess learns: nothing."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from accounts.domain import attempts
from accounts.models import AttemptCount
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "Teach-2017-well"


@pytest.fixture
def teacher():
    user = UserFactory(username="sd0100001", phone="13800138000", email="wang@school.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, login, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **extra)


def who(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "login",
    ["sd0100001", " SD0100001 ", "13800138000", "+86 138 0013 8000", "Wang@School.example"],
)
def test_account_phone_and_address_all_open_the_door(client, teacher, login):
    answer = sign_in(client, login)
    assert (answer.status_code, who(client)) == (302, str(teacher.pk))


def refused_page(client, login, password):
    page = sign_in(client, login, password)
    assert page.status_code == 200
    assert who(client) is None
    return re.sub(r"[0-9A-Za-z]{64}", "", page.text).replace(login, "")  # without the tokens


def test_the_refusal_does_not_tell_whether_the_account_exists(client, teacher):
    UserFactory(username="inactive", is_active=False, password="x")
    UserFactory(username="imported")
    pages = {
        refused_page(client, login, "Wrong-password-1")
        for login in ("sd0100001", "13800138000", "zzz0", "13900139000", "inactive", "imported")
    }
    assert len(pages) == 1


def test_every_refusal_costs_one_hash_and_the_same_queries(
    client, teacher, monkeypatch, django_assert_num_queries, settings
):
    settings.AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
    UserFactory(username="imported").set_unusable_password()
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *a: hashed.append(a) or encode(self, *a)
    )
    work = {}
    for login in ("sd0100001", "nobody", "imported"):
        hashed.clear()
        with django_assert_num_queries(3):
            sign_in(client, login, "Wrong-password-1")
        work[login] = len(hashed)
    assert work == {"sd0100001": 1, "nobody": 1, "imported": 1}


def test_after_eight_wrong_passwords_even_the_right_one_must_wait(client, teacher, time_machine):
    time_machine.move_to("2017-06-15 09:00:30 +08:00", tick=False)
    for _ in range(attempts.SIGN_IN.per_account):
        assert sign_in(client, "sd0100001", "Wrong-password-1").status_code == 200
    refused = sign_in(client, "13800138000")  # the same person by another name
    assert refused.status_code == 429
    assert "09:16" in refused.text
    assert refused.headers["Retry-After"] == "930"
    time_machine.move_to("2017-06-15 09:16:00 +08:00", tick=False)
    assert sign_in(client, "sd0100001").status_code == 302


def test_an_unknown_account_is_limited_like_a_known_one(client):
    answers = [sign_in(client, "nobody", "Wrong-password-1").status_code for _ in range(9)]
    assert answers == [200] * 8 + [429]


def test_one_source_cannot_try_many_accounts(client, monkeypatch):
    monkeypatch.setattr(
        "accounts.adapters.SIGN_IN", attempts.Limit(8, 3, 5000, attempts.SIGN_IN.window)
    )
    answers = [sign_in(client, f"nobody{n}", "x", REMOTE_ADDR="10.0.0.9").status_code
               for n in range(4)]  # fmt: skip
    assert answers == [200, 200, 200, 429]
    assert sign_in(client, "nobody9", "x", REMOTE_ADDR="10.0.0.8").status_code == 200


def test_whoever_knows_the_password_uses_nothing_up(client, teacher):
    for _ in range(10):
        assert sign_in(client, "sd0100001").status_code == 302
        client.logout()
    assert set(AttemptCount.objects.values_list("attempts", flat=True)) == {0}


def test_the_counts_name_nobody(client, teacher):
    sign_in(client, "sd0100001", "Wrong-password-1")
    keys = " ".join(AttemptCount.objects.values_list("key", flat=True))
    assert "sd0100001" not in keys
    assert len(keys.split()) == 3


def test_nobody_signs_up():
    with pytest.raises(Exception, match="account_signup"):
        reverse("account_signup")
