"""A call for hosts is heard of by whom it concerns, once; schools are reminded (R34)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import Job
from notifications.domain.deadlines import send_deadline_notes
from notifications.models import Notification, Preference
from programmes.enums import EnrolmentState
from tests.factories import UserFactory, appoint, make_branch
from tests.programmes.factories import make_enrolment
from tests.workshops.hosting import TOPIC, make_call, make_volunteer, officer_of
from workshops.domain.hosting.announcing import announce_calls
from workshops.models import HostCall
from workshops.tasks import ANNOUNCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_branch()


def told(kind):
    rows = Notification.objects.filter(kind=f"workshops.{kind}").order_by("pk")
    return [row.user_id for row in rows]


def approved(call, school):
    return make_enrolment(school=school, programme=call.programme).user


def test_approved_teachers_of_the_province_hear_of_an_open_call_once(branch):
    call, school = make_call(branch[0]), branch[3]
    first = approved(call, school)
    approved(call, make_branch()[3])  # of another province
    make_enrolment(school=school, programme=call.programme, state=EnrolmentState.CONFIRMED)
    assert announce_calls(timezone.localdate()) == 1
    later = approved(call, school)
    assert announce_calls(timezone.localdate()) == 1
    assert told("call_opened") == [first.pk, later.pk]


@pytest.mark.parametrize(("days", "people"), [(-4, 0), (-3, 1), (10, 1), (11, 0)])
def test_a_call_is_told_on_the_days_on_which_one_can_volunteer(branch, days, people):
    call = make_call(branch[0])
    approved(call, branch[3])
    assert announce_calls(timezone.localdate() + timedelta(days=days)) == people


def test_who_silenced_calls_is_not_told(branch):
    call = make_call(branch[0])
    teacher = approved(call, branch[3])
    Preference.objects.create(user=teacher, silenced=["workshops.call_opened"])
    assert announce_calls(timezone.localdate()) == 0


def test_three_people_cost_the_statements_of_one(branch):
    call = make_call(branch[0])
    counts = []
    for people in (1, 3):
        for _ in range(people):
            approved(call, branch[3])
        with CaptureQueriesContext(connection) as asked:
            announce_calls(timezone.localdate())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_opening_a_call_starts_telling_of_it(branch, django_capture_on_commit_callbacks):
    call, office = make_call(branch[0]), officer_of(branch[0], Role.PROJECT_OFFICER)
    teacher = approved(call, branch[3])
    client = Client()
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    days = {name: getattr(call, name) for name in ("opens_on", "closes_on", "recommends_until")}
    words = {"title": "再选聘", "text": "名额增加。", f"places_{TOPIC}": 2}
    HostCall.objects.filter(pk=call.pk).update(opens_on=days["closes_on"])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("workshops:call_edit", args=[call.pk]), days | words)
    assert answer.status_code == 302
    assert Job.objects.get(kind=ANNOUNCE).result == {"told": 1}
    assert told("call_opened") == [teacher.pk]


def test_a_call_that_is_refused_tells_nobody(branch):
    call, office = make_call(branch[0]), officer_of(branch[0], Role.PROJECT_OFFICER)
    client = Client()
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    days = {"opens_on": "2017-05-02", "closes_on": "2017-05-01", "recommends_until": "2017-05-03"}
    words = {"title": "选聘", "text": "正文", f"places_{TOPIC}": 1}
    answer = client.post(reverse("workshops:call_edit", args=[call.pk]), days | words)
    assert (answer.status_code, Job.objects.filter(kind=ANNOUNCE).count()) == (422, 0)


def test_principals_are_reminded_of_volunteers_who_wait(branch):
    _province, _city, county, school = branch
    topic = make_call(branch[0]).topics.get()
    principal = officer_of(school, Role.PRINCIPAL)
    officer_of(county)
    make_volunteer(topic, school)
    make_volunteer(topic, school)
    last_day = topic.call.recommends_until
    remind(last_day)
    rows = Notification.objects.filter(kind="workshops.recommend_due").order_by("pk")
    seen = [(row.user_id, row.parameters["people"], row.urgent) for row in rows]
    assert seen == [(principal.pk, 2, True)] * 2


def test_where_only_the_volunteer_is_principal_the_county_is_reminded(branch):
    _province, _city, county, school = branch
    topic = make_call(branch[0]).topics.get()
    principal, office = UserFactory(school=school), officer_of(county)
    appoint(principal, Role.PRINCIPAL, school)
    make_volunteer(topic, school, user=principal)
    remind(topic.call.recommends_until)
    assert told("recommend_due") == [office.pk] * 2


def test_nothing_waits_once_the_school_has_spoken(branch):
    school = branch[3]
    topic = make_call(branch[0]).topics.get()
    officer_of(school, Role.PRINCIPAL)
    make_volunteer(topic, school, state="recommended")
    remind(topic.call.recommends_until)
    assert told("recommend_due") == []


def remind(last_day: date):
    for left in (5, 3, 2, 1, 0):
        send_deadline_notes(last_day - timedelta(days=left))
