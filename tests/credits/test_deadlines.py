"""Reminders before credits are registered and answers are due."""

from datetime import date

import pytest

from accounts.enums import Role
from credits.domain.disputes import raise_dispute
from credits.domain.registrations import confirm_registrations
from credits.models import HourDispute, Registration
from notifications.domain.deadlines import send_deadline_notes
from notifications.models import Notification
from tests.credits.factories import complete, enrol, make_officer, make_programme, make_teacher
from tests.factories import appoint, make_branch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def december(time_machine):
    time_machine.move_to("2017-12-01T12:00:00+08:00", tick=False)


def propose(school, programme):
    teacher = make_teacher(school)
    enrol(teacher, programme)
    complete(teacher, programme)
    return Registration.objects.get(user=teacher)


def told(kind, *, key="people"):
    rows = Notification.objects.filter(kind=f"credits.{kind}").order_by("pk")
    return [(row.user_id, row.parameters[key], row.urgent) for row in rows]


def test_school_and_county_hear_of_what_waits_for_each():
    programme = make_programme()
    _province, _city, county, school = make_branch()
    principal = make_officer(school, Role.PRINCIPAL)
    first, second = make_officer(county), make_officer(county, Role.ADMINISTRATOR)
    make_officer(county, Role.AUDITOR)
    propose(school, programme)
    confirmed = [propose(school, programme) for _ in range(2)]
    rows = Registration.objects.filter(pk__in=[one.pk for one in confirmed])
    confirm_registrations(rows, by=second)
    for day in (16, 17, 24, 25, 30, 31):
        send_deadline_notes(date(2017, 12, day))
    urgent = [False, False, True]
    assert told("to_confirm") == [(principal.pk, 1, one) for one in urgent]
    assert told("to_register") == [(first.pk, 2, one) for one in urgent]


def test_nobody_is_reminded_of_the_own_registration():
    programme = make_programme()
    school = make_branch()[3]
    mine = propose(school, programme)
    appoint(mine.user, Role.PRINCIPAL, school)
    send_deadline_notes(date(2017, 12, 30))
    assert told("to_confirm") == []


def test_the_unit_that_owes_an_answer_is_reminded_3_days_and_1_day_before():
    programme = make_programme()
    _province, _city, county, school = make_branch()
    officer = make_officer(county)
    make_officer(school, Role.PRINCIPAL)
    for subject in ("一", "二"):
        teacher = make_teacher(school)
        enrol(teacher, programme)
        raise_dispute(
            user=teacher, programme=programme, part="policy", subject=subject, text="缺学时"
        )
    HourDispute.objects.update(due_on=date(2017, 12, 15))
    for day in (10, 12, 13, 14, 15, 16):
        send_deadline_notes(date(2017, 12, day))
    assert told("answers_due", key="disputes") == [(officer.pk, 2, True)] * 2
