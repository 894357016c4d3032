import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import AuditRecord
from notifications.models import Notification
from programmes.domain.approvals import approve_enrolments
from programmes.domain.bulk_enrolment import enter_enrolments_bulk
from programmes.domain.phases import PhaseClosed
from programmes.domain.rosters import enter_as_last_year, enter_people
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState
from programmes.errors import ReasonMissing
from programmes.models import Enrolment
from tests.factories import UserFactory, make_branch
from tests.programmes.factories import make_enrolment, open_programme

pytestmark = pytest.mark.django_db
EVERYBODY = """SELECT id AS user_id, school_id, 'primary' AS stage,
    CASE WHEN real_name = 'wrong' THEN 'astrology' ELSE 'chinese' END AS subject,
    'teacher' AS person_type, '' AS certificate_number
    FROM accounts_user WHERE school_id = %s"""


@pytest.fixture
def school():
    return make_branch()[3]


def test_a_roster_is_entered_and_bad_rows_stay_out(school):
    programme, officer = open_programme(), UserFactory()
    good = UserFactory.create_batch(2, school=school)
    UserFactory(school=school, real_name="wrong")
    held = make_enrolment(UserFactory(school=school), state=EnrolmentState.CONFIRMED)
    back = make_enrolment(
        UserFactory(school=school), state=EnrolmentState.RETURNED, subject="music"
    )
    outcome = enter_enrolments_bulk(programme, EVERYBODY, [school.pk], by=officer, why="list")
    assert (outcome.entered, outcome.refused, outcome.unchanged) == (3, 1, 1)
    entered = Enrolment.objects.filter(state=EnrolmentState.ENTERED, subject="chinese")
    assert set(entered.values_list("user", flat=True)) == {back.user_id, *(p.pk for p in good)}
    held.refresh_from_db()
    assert held.state == EnrolmentState.CONFIRMED
    records = AuditRecord.objects.filter(verb="enter_enrolment")
    assert set(records.values_list("by", "why", "to_state")) == {(officer.pk, "list", "entered")}
    assert {int(key) for key in records.values_list("object_key", flat=True)} == set(
        entered.values_list("pk", flat=True)
    )
    assert Notification.objects.count() == 3
    again = enter_enrolments_bulk(programme, EVERYBODY, [school.pk], by=officer)
    assert (again.entered, again.refused, again.unchanged) == (0, 1, 4)


def test_a_roster_keeps_to_the_window(school, time_machine):
    time_machine.move_to("2017-04-01T00:00:00+08:00", tick=False)
    with pytest.raises(PhaseClosed):
        enter_enrolments_bulk(load_programme("2017"), EVERYBODY, [school.pk], by=None)


def test_three_cost_as_many_statements_as_one(school):
    programme, costs = open_programme(), []
    for people in (1, 3):
        UserFactory.create_batch(people, school=school)
        with CaptureQueriesContext(connection) as queries:
            enter_enrolments_bulk(programme, EVERYBODY, [school.pk], by=None, organisation=school)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_school_enters_only_its_own_people(school):
    programme = open_programme()
    own, other = UserFactory(school=school), UserFactory()
    outcome = enter_people(
        programme, school, [own.pk, other.pk], stage="primary", subject="music", by=own
    )
    assert (outcome.entered, outcome.refused) == (1, 0)
    assert Enrolment.objects.get().user == own


def test_as_last_year_takes_the_latest_earlier_year(school):
    now = timezone.localdate()
    programme = open_programme()
    older, newer = load_programme("2018"), load_programme("2022")
    person, newcomer = UserFactory.create_batch(2, school=school)
    make_enrolment(person, school=school, programme=older, subject="music")
    make_enrolment(person, school=school, programme=newer, subject="science")
    outcome = enter_as_last_year(programme, school, [person.pk, newcomer.pk], by=person)
    assert outcome.entered == 1
    assert Enrolment.objects.get(programme=programme).subject == "science"
    assert programme.year == now.year


def states():
    return list(Enrolment.objects.order_by("pk").values_list("state", flat=True))


def test_approving_takes_the_confirmed_and_leaves_the_rest(school):
    for state in EnrolmentState:
        make_enrolment(school=school, state=state)
    before = states()
    assert approve_enrolments(Enrolment.objects.filter(school=school), by=UserFactory()) == 1
    assert states() == [
        "approved" if state == EnrolmentState.CONFIRMED else state for state in before
    ]
    assert approve_enrolments(Enrolment.objects.all(), by=None) == 0
    assert approve_enrolments(Enrolment.objects.none(), by=None) == 0


def test_approving_without_the_persons_word_needs_a_reason(school):
    entered = make_enrolment(school=school, state=EnrolmentState.ENTERED)
    everybody = Enrolment.objects.all()
    with pytest.raises(ReasonMissing):
        approve_enrolments(everybody, by=None, without_confirmation=True, why=" ")
    assert approve_enrolments(everybody, by=None, without_confirmation=True, why="on paper") == 1
    entered.refresh_from_db()
    assert (entered.state, entered.confirmed_at) == (EnrolmentState.APPROVED, None)
    record = AuditRecord.objects.get(verb="move_enrolment")
    assert (record.from_state, record.to_state, record.why) == ("entered", "approved", "on paper")


def test_approving_three_costs_as_many_statements_as_one(school):
    costs = []
    for people in (1, 3):
        for _n in range(people):
            make_enrolment(school=school, state=EnrolmentState.CONFIRMED)
        with CaptureQueriesContext(connection) as queries:
            assert approve_enrolments(Enrolment.objects.all(), by=None) == people
        costs.append(len(queries))
    assert costs[0] == costs[1]
