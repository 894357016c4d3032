"""A school calls its county's host on a lesson that it prepares (R40)."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from courses.errors import FileRefused
from notifications.models import Notification
from organisations.enums import Level
from tests.factories import UserFactory, appoint, make_branch, make_organisation
from tests.threads import outcome_of_rival
from tests.workshops.factories import host, make_workshop
from workshops.domain.lesson_calls.answering import (
    accept_call,
    finish_call,
    give_back_call,
    set_visit,
)
from workshops.domain.lesson_calls.asking import Question, call_host, withdraw_call
from workshops.domain.lesson_calls.moving import write_word
from workshops.errors.gatherings import LessonCallMoved, NoHostToCall, VisitInThePast
from workshops.errors.talk import TextMissing
from workshops.models import LessonCall, LessonCallFile
from workshops.permissions.lesson_calls import can_accept_call, can_write_in_call

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def branch(db):
    return make_branch()


@pytest.fixture
def workshop(branch):
    return make_workshop(branch[2])


@pytest.fixture
def teacher(branch):
    return UserFactory(school=branch[3])


def asked(**fields):
    values = {"stage": "primary", "subject": "chinese", "title": "草船借箭", "token": uuid4()}
    return Question(**(values | {"question": "怎样设问"} | fields))


def call(workshop, teacher, **fields):
    return call_host(workshop.programme, teacher.school, asked(**fields), by=teacher)


def told(kind):
    rows = Notification.objects.filter(kind=f"workshops.{kind}")
    return set(rows.values_list("user", flat=True))


def test_it_goes_to_the_countys_hosts_else_to_the_citys(branch, workshop, teacher):
    city = make_workshop(branch[1], programme=workshop.programme)
    with pytest.raises(NoHostToCall):
        call(workshop, teacher)
    above = host(city).user
    assert call(workshop, teacher).workshop == city
    runs = host(workshop).user
    assert call(workshop, teacher).workshop == workshop
    assert told("lesson_call_asked") == {above.pk, runs.pk}
    with pytest.raises(NoHostToCall):
        call(workshop, teacher, subject="english")


def test_a_city_run_school_asks_the_county_that_acts_for_it(branch, workshop):
    school = make_organisation(Level.SCHOOL, branch[1], acting_county=branch[2])
    host(workshop)
    assert call(workshop, UserFactory(school=school)).workshop == workshop


def test_one_form_is_one_call_and_one_word(workshop, teacher):
    runs, token = host(workshop).user, uuid4()
    first = call(workshop, teacher, token=token)
    assert call(workshop, teacher, token=token) == first
    word = write_word(first, "先看教材", token, by=runs)
    assert write_word(first, "先看教材", token, by=runs) == word
    assert told("lesson_call_word") == {teacher.pk}


def test_from_the_question_to_the_outcome(workshop, teacher, time_machine):
    time_machine.move_to("2017-05-10 09:00 +08:00")
    runs = host(workshop).user
    made = call(workshop, teacher)
    with pytest.raises(LessonCallMoved):
        set_visit(made, date(2017, 5, 12), by=runs)
    assert accept_call(made, by=runs).host == runs
    assert accept_call(made, by=runs).state == "accepted"
    with pytest.raises(VisitInThePast):
        set_visit(made, date(2017, 5, 9), by=runs)
    set_visit(made, date(2017, 5, 12), by=runs)
    with pytest.raises(TextMissing):
        finish_call(made, " ", by=runs)
    done = finish_call(made, "设问改为三个层次", by=runs)
    assert (done.state, done.visit_on) == ("done", date(2017, 5, 12))
    for refused in (accept_call, give_back_call, withdraw_call):
        with pytest.raises(LessonCallMoved):
            refused(made, by=runs)
    with pytest.raises(LessonCallMoved):
        write_word(made, "谢谢", uuid4(), by=teacher)


def test_given_back_it_waits_for_another_host(workshop, teacher):
    runs, other = host(workshop).user, host(workshop).user
    made = call(workshop, teacher)
    accept_call(made, by=runs)
    with pytest.raises(LessonCallMoved):
        accept_call(made, by=other)
    give_back_call(made, by=runs)
    assert accept_call(made, by=other).host == other
    withdraw_call(made, by=teacher)
    assert told("lesson_call_withdrawn") == {other.pk}


def test_nobody_else_sees_it_and_nobody_guides_the_own_lesson(branch, workshop, teacher):
    runs, officer, principal = host(workshop).user, UserFactory(), UserFactory()
    appoint(officer, Role.ADMINISTRATOR, branch[2])
    appoint(principal, Role.PRINCIPAL, branch[3])
    made = call(workshop, teacher)
    colleague, stranger = UserFactory(school=branch[3]), host(make_workshop()).user

    def sees(user):
        return LessonCall.objects.visible_to(user).filter(pk=made.pk).exists()

    assert [sees(one) for one in (teacher, runs, officer, principal)] == [True] * 4
    assert [sees(one) for one in (colleague, stranger)] == [False] * 2
    own = call(workshop, UserFactory(school=branch[3]))
    host(workshop, own.asked_by)
    assert not can_accept_call(own.asked_by, own)
    assert [can_write_in_call(one, made) for one in (teacher, runs, principal, stranger)] == [
        True,
        True,
        True,
        False,
    ]


def test_files_are_what_their_names_say(workshop, teacher):
    host(workshop)
    plan = SimpleUploadedFile("教案.pdf", b"%PDF-1.7")
    false = SimpleUploadedFile("教案.pdf", b"<html>")
    with pytest.raises(FileRefused):
        call_host(workshop.programme, teacher.school, asked(), by=teacher, files=[false])
    call_host(workshop.programme, teacher.school, asked(), by=teacher, files=[plan])
    assert LessonCallFile.objects.get().name == "教案.pdf"


@pytest.mark.django_db(transaction=True)
def test_of_two_hosts_one_takes_it():
    branch = make_branch()
    workshop, teacher = make_workshop(branch[2]), UserFactory(school=branch[3])
    first, second = host(workshop).user, host(workshop).user
    made = call(workshop, teacher)

    def late():
        with pytest.raises(LessonCallMoved):
            accept_call(made, by=second)

    outcome_of_rival(lambda: accept_call(made, by=first), late)
    assert LessonCall.objects.get().host == first


def test_by_the_pages_with_the_same_statements_for_three(workshop, teacher, client):
    runs = host(workshop).user
    client.force_login(teacher, backend=BACKEND)
    sent = {"field": "subject:primary:chinese", "title": "草船借箭", "question": "怎样设问"}
    refused = client.post("/workshops/lesson-calls/new/", sent | {"token": uuid4(), "question": ""})
    assert "草船借箭" in refused.content.decode()
    client.post("/workshops/lesson-calls/new/", sent | {"token": uuid4()})
    made = LessonCall.objects.get()
    client.force_login(runs, backend=BACKEND)
    page = f"/workshops/lesson-calls/{made.pk}/"
    client.post(f"{page}act/", {"act": "accept"})
    client.post(f"{page}words/", {"text": "先读原著", "token": uuid4()})
    assert client.post(f"{page}act/", {"act": "withdraw"}).status_code == 403
    costs = []
    for _ in range(2):
        for address in ("/workshops/lesson-calls/", page):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert "草船借箭" in client.get(address).content.decode()
            costs.append(len(queries))
        for _more in range(2):
            call(workshop, teacher)
            write_word(made, "再问", uuid4(), by=teacher)
    assert costs[:2] == costs[2:]
