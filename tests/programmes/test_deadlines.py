from datetime import date

import pytest

from accounts.enums import Role
from notifications.domain.deadlines import send_deadline_notes
from notifications.models import Notification
from notifications.tasks import deadline_notes_task
from programmes.domain.phases import extend_phase
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState
from tests.factories import UserFactory, appoint, make_branch
from tests.programmes.factories import make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return load_programme("2017")


def told(kind):
    rows = Notification.objects.filter(kind=f"programmes.{kind}").order_by("pk")
    return [(row.user_id, row.parameters["days_left"], row.urgent) for row in rows]


def test_who_has_not_confirmed_is_reminded_14_3_and_1_days_before(programme):
    entered = make_enrolment(programme=programme, state=EnrolmentState.ENTERED)
    make_enrolment(programme=programme, state=EnrolmentState.CONFIRMED)
    for day in (16, 17, 18, 27, 28, 29, 30, 31):
        send_deadline_notes(date(2017, 3, day))
        send_deadline_notes(date(2017, 3, day))
    assert told("enrolment_unconfirmed") == [
        (entered.user_id, 14, False),
        (entered.user_id, 3, True),
        (entered.user_id, 1, True),
    ]


def test_a_missed_morning_is_made_good_until_the_next_reminder(programme):
    entered = make_enrolment(programme=programme, state=EnrolmentState.ENTERED)
    for day in (15, 19, 20, 29, 31):  # 14 and 3 days before nothing ran, nor 1 day before
        send_deadline_notes(date(2017, 3, day))
    assert told("enrolment_unconfirmed") == [
        (entered.user_id, 12, False),
        (entered.user_id, 2, True),
    ]


def test_an_extension_moves_the_reminder_of_its_units_only(programme):
    _province, _city, county, school = make_branch()
    here = make_enrolment(school=school, programme=programme, state=EnrolmentState.ENTERED)
    make_enrolment(programme=programme, state=EnrolmentState.ENTERED)
    phase = programme.phases.get(key="enrolment")
    extend_phase(phase, county, date(2017, 4, 10), by=UserFactory(), reason="snow")
    send_deadline_notes(date(2017, 4, 9))
    assert told("enrolment_unconfirmed") == [(here.user_id, 1, True)]


def test_principals_hear_of_their_missing_people(programme):
    school = make_branch()[3]
    principal = UserFactory(school=school)
    appoint(principal, Role.PRINCIPAL, school)
    former = UserFactory()
    appoint(former, Role.PRINCIPAL, school, ends_on=date(2017, 3, 1))
    make_enrolment(UserFactory(school=school), programme=programme)
    UserFactory(school=school, is_active=False)
    send_deadline_notes(date(2017, 3, 28))
    [notice] = Notification.objects.all()
    assert notice.user == principal
    assert notice.parameters["people"] == 1
    assert notice.url == f"/programmes/school/{school.pk}/missing/"


def test_the_task_asks_for_today(programme, time_machine):
    make_enrolment(programme=programme, state=EnrolmentState.ENTERED)
    time_machine.move_to("2017-03-30T08:00:00+08:00")
    deadline_notes_task()
    assert len(told("enrolment_unconfirmed")) == 1
