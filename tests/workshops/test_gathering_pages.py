"""The pages of trainings and seminars: constant statements, the way by clicks, the code."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from tests.factories import UserFactory, appoint
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.gatherings import seminar, training
from workshops.domain.gatherings.coming import sign_up
from workshops.models import Attendance, Gathering

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def runs(workshop):
    return host(workshop).user


@pytest.fixture
def officer(workshop):
    person = UserFactory()
    appoint(person, Role.ADMINISTRATOR, workshop.organisation)
    return person


def at(name, *keys):
    return reverse(f"workshops:{name}", args=keys)


def cost(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_pages_ask_as_much_for_three_as_for_one(workshop, runs, officer, client):
    made = seminar(workshop, by=runs, begins_at=timezone.now())
    held = training(workshop.organisation, by=officer)
    meeting = made.meetings.get()
    pages = {
        runs: [at("gatherings"), at("seminars", workshop.pk), at("workshop", workshop.pk)]
        + [at("gathering", made.pk), at("meeting_list", meeting.pk)]
        + [at("meeting_code", meeting.pk)],
        officer: [at("trainings"), at("gathering", held.pk)],
    }

    def costs():
        found = []
        for person, theirs in pages.items():
            client.force_login(person, backend=BACKEND)
            found += [cost(client, page) for page in theirs]
        return found

    sign_up(made, user=runs)
    once = costs()
    for _ in range(2):
        sign_up(made, user=seat(workshop).teacher)
        sign_up(seminar(workshop, by=runs), user=runs)
        host(workshop)
        training(workshop.organisation, by=officer)
    assert (costs(), max(once) <= 18) == (once, True)


def test_a_host_announces_and_a_member_signs_up_and_in(workshop, runs, client):
    client.force_login(runs, backend=BACKEND)
    sent = {
        "title": "同课异构",
        "place": "明湖小学",
        "capacity": "30",
        "about": "8:30 说课",
        "token": uuid4(),
    }
    today = timezone.localtime()
    sent |= {"day": f"{today:%Y-%m-%d}", "begins": "00:00", "ends": "23:59"}
    told = client.post(at("seminar_new", workshop.pk), sent, follow=True)
    made = Gathering.objects.get()
    assert told.redirect_chain == [(at("gathering", made.pk), 302)]
    screen = client.get(at("meeting_screen", made.meetings.get().pk)).content.decode()
    digits = "".join(re.findall(r"<span>(\d{3})</span>", screen))
    assert "<svg" in screen
    member = seat(workshop).teacher
    client.force_login(member, backend=BACKEND)
    assert made.title in client.get(at("workshop", workshop.pk)).content.decode()
    client.post(at("gathering_answer", made.pk), {"answer": "coming"})
    page = at("sign_in", made.meetings.get().pk)
    assert f'value="{digits}"' in client.get(f"{page}?code={digits}").content.decode()
    assert client.post(page, {"code": "000"}).status_code == 200
    assert not Attendance.objects.exists()
    client.post(page, {"code": digits})
    assert Attendance.objects.get().attendee.user == member
    assert client.get(at("meeting_screen", made.meetings.get().pk)).status_code == 403


def test_an_office_invites_the_hosts_of_one_subject(workshop, runs, officer, client):
    client.force_login(officer, backend=BACKEND)
    host(make_workshop(workshop.organisation, programme=workshop.programme, subject="english"))
    sent = {"title": "坊主研修", "place": "师训楼", "day": "2999-05-08", "begins": "09:00"}
    sent |= {"ends": "08:00", "field": "subject:primary:chinese", "class_hours": "6"}
    sent |= {"token": uuid4()}
    assert "09:00" in client.post(at("training_new"), sent).content.decode()  # nothing is lost
    client.post(at("training_new"), sent | {"ends": "17:00"})
    made = Gathering.objects.get()
    assert ([one.user for one in made.attendees.all()], made.class_hours) == ([runs], 6)
    assert made.title in client.get(at("trainings")).content.decode()
