"""Links by e-mail: what everybody sees, and what only the mailbox's owner can do."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.domain.resets import ask_for_reset_link, confirm_email, email_token, forget_email
from accounts.errors import AlreadyTaken, LinkExpired, TooManyAttempts
from core.models import Job
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NEW = {"new_password": "Brand-new-2017", "repeat": "Brand-new-2017"}
ASK = reverse("account_reset_password")


@pytest.fixture
def teacher():
    user = UserFactory(username="wangfang", email="wang@school.example", phone="13800138000")
    user.set_password("Teach-2017-well")
    user.save()
    return user


def ask(client, login, callbacks):
    with callbacks(execute=True):
        page = client.post(ASK, {"login": login})
    assert page.status_code == 200
    return re.sub(r"[0-9A-Za-z]{64}", "", page.text)


def link_in(letter):
    return re.search(r"http://[^/]+(/\S+)", letter.body).group(1)


@pytest.mark.parametrize("login", ["wangfang", "wang@school.example", "13800138000"])
def test_the_link_in_the_letter_sets_a_password_once(
    client, teacher, login, django_capture_on_commit_callbacks
):
    ask(client, login, django_capture_on_commit_callbacks)
    (letter,) = mail.outbox
    assert letter.to == ["wang@school.example"]
    path = link_in(letter)
    form = client.get(path, follow=True)
    assert form.redirect_chain[0][0].endswith("/set-password/")  # no token to leak as referrer
    assert client.post(form.redirect_chain[0][0], NEW).headers["Location"] == reverse(
        "account_login"
    )
    teacher.refresh_from_db()
    assert teacher.check_password("Brand-new-2017")
    assert client.get(path).context["validlink"] is False


def test_everybody_gets_the_same_page_and_the_same_work(
    client, teacher, django_capture_on_commit_callbacks
):
    UserFactory(username="without")
    UserFactory(username="inactive", email="in@school.example", is_active=False)
    pages, jobs = set(), []
    for login in ("wangfang", "zzz0", "without", "inactive"):
        before = Job.objects.count()
        pages.add(ask(client, login, django_capture_on_commit_callbacks))
        jobs.append(Job.objects.count() - before)
    assert len(pages) == 1
    assert jobs == [1, 1, 1, 1]
    assert [letter.to for letter in mail.outbox] == [["wang@school.example"]]


def test_a_mailbox_cannot_be_flooded(teacher):
    for _ in range(3):
        ask_for_reset_link("wangfang")
    with pytest.raises(TooManyAttempts):
        ask_for_reset_link("wang@school.example")


def test_an_old_link_is_refused(client, teacher, time_machine, django_capture_on_commit_callbacks):
    time_machine.move_to("2017-06-15 10:00 +08:00")
    ask(client, "wangfang", django_capture_on_commit_callbacks)
    time_machine.move_to("2017-06-15 12:01 +08:00")
    assert client.get(link_in(mail.outbox[0])).context["validlink"] is False


def test_an_address_counts_once_its_owner_followed_the_link(
    client, teacher, django_capture_on_commit_callbacks
):
    client.force_login(teacher)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("accounts:change_email"), {"email": "New@School.example"})
    teacher.refresh_from_db()
    assert teacher.email == "wang@school.example"
    (letter,) = mail.outbox
    assert letter.to == ["new@school.example"]
    client.post(link_in(letter))
    teacher.refresh_from_db()
    assert teacher.email == "new@school.example"


def test_the_link_is_void_for_another_person_twice_or_when_taken(teacher):
    token = email_token(teacher, "new@school.example")
    with pytest.raises(LinkExpired):
        confirm_email(UserFactory(), token)
    with pytest.raises(LinkExpired):
        confirm_email(teacher, token + "x")
    UserFactory(email="taken@school.example")
    with pytest.raises(AlreadyTaken):
        confirm_email(teacher, email_token(teacher, "taken@school.example"))
    confirm_email(teacher, token)
    with pytest.raises(LinkExpired):
        confirm_email(teacher, token)


def test_an_address_can_be_forgotten(teacher):
    assert forget_email(teacher, by=teacher).email is None
