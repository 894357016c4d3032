from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.models import AuditRecord
from credits.domain.ledger import reverse_entry
from credits.domain.registrations import (
    confirm_registrations,
    propose_again,
    propose_registrations,
    register_credits,
    return_registration,
    revoke_registration,
)
from credits.enums import RegistrationState as State
from credits.errors import ReasonMissing, RegistrationMoved
from credits.models import Certificate, LedgerEntry, Registration
from credits.permissions import confirmable_by, registrable_by
from credits.queries import registered_in_doubt
from notifications.models import Notification
from programmes.domain.phases import BEIJING, PhaseClosed
from programmes.models import PhaseExtension
from tests.credits.factories import complete, enrol, make_officer, make_teacher, post, registered
from tests.factories import UserFactory, make_branch, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_october")]
NEW_YEAR = datetime(2018, 1, 1, 0, 0, tzinfo=BEIJING)


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def teacher(branch, programme):
    teacher = make_teacher(branch[3])
    enrol(teacher, programme)
    return teacher


@pytest.fixture
def principal(branch):
    return make_officer(branch[3], Role.PRINCIPAL)


@pytest.fixture
def officer(branch):
    return make_officer(branch[2])


def state_of(user):
    return Registration.objects.get(user=user).state


def mine(user):
    return Registration.objects.filter(user=user)


def test_the_last_missing_hour_proposes_the_registration(teacher, programme, branch):
    lines = complete(teacher, programme)
    registration = Registration.objects.get()
    assert (registration.state, registration.user) == (State.PROPOSED, teacher)
    assert (registration.school, registration.county) == (branch[3], branch[2])
    assert (registration.class_hours, registration.credits) == (36, 36)
    assert registration.hours["lesson_reviews"] == 12
    assert len(lines) == 4
    assert Notification.objects.get(user=teacher).kind == "credits.registration_proposed"


def test_nothing_is_proposed_while_an_hour_is_missing(teacher, programme):
    post(teacher, programme, "elective", 18)
    assert propose_registrations(programme) == []


def test_an_enrolment_that_is_not_approved_is_not_proposed(programme):
    teacher = make_teacher()
    enrolment = enrol(teacher, programme)
    enrolment.state = "withdrawn"
    enrolment.save()
    complete(teacher, programme)
    assert propose_registrations(programme) == []


def test_the_sweep_proposes_each_person_once(teacher, programme):
    complete(teacher, programme)
    Registration.objects.all().delete()
    assert propose_registrations(programme) == [teacher.pk]
    assert propose_registrations(programme) == []


def test_a_city_run_school_belongs_to_the_unit_acting_as_its_county(programme):
    _province, city, county, _school = make_branch()
    school = make_organisation(4, city, acting_county=county)
    teacher = make_teacher(school)
    enrol(teacher, programme)
    complete(teacher, programme)
    registration = Registration.objects.get()
    assert registration.county == county
    officer = make_officer(county)
    assert list(Registration.objects.visible_to(officer)) == [registration]


def test_school_confirms_county_registers_certificate_is_issued(
    teacher, programme, principal, officer
):
    complete(teacher, programme)
    assert confirm_registrations(confirmable_by(principal), by=principal).user_ids == [teacher.pk]
    assert state_of(teacher) == State.CONFIRMED
    assert register_credits(registrable_by(officer), by=officer).user_ids == [teacher.pk]
    registration = Registration.objects.get()
    assert registration.state == State.REGISTERED
    assert (registration.confirmed_by, registration.registered_by) == (principal, officer)
    assert registration.certificate.user == teacher
    acts = AuditRecord.objects.filter(verb="credits.move_registration").order_by("pk")
    assert [(act.by, act.from_state, act.to_state) for act in acts] == [
        (principal, "proposed", "confirmed"),
        (officer, "confirmed", "registered"),
    ]


def test_a_second_confirmation_changes_nothing(teacher, programme, principal):
    complete(teacher, programme)
    chosen = mine(teacher)
    confirm_registrations(chosen, by=principal)
    again = confirm_registrations(chosen, by=principal)
    assert (again.keys, dict(again.left)) == ([], {"moved": 1})


def test_whoever_confirmed_cannot_register(teacher, programme, branch):
    officer = make_officer(branch[2])
    complete(teacher, programme)
    confirm_registrations(mine(teacher), by=officer)
    outcome = register_credits(mine(teacher), by=officer)
    assert (outcome.keys, dict(outcome.left)) == ([], {"second_person": 1})
    assert list(registrable_by(officer)) == []


def test_nobody_confirms_their_own(branch, programme):
    principal = make_officer(branch[3], Role.PRINCIPAL)
    principal.school = branch[3]
    principal.save()
    enrol(principal, programme)
    complete(principal, programme)
    assert list(confirmable_by(principal)) == []
    outcome = confirm_registrations(mine(principal), by=principal)
    assert (outcome.keys, dict(outcome.left)) == ([], {"own": 1})


def test_the_database_refuses_one_person_for_both_steps(teacher, programme, officer):
    complete(teacher, programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        mine(teacher).update(confirmed_by=officer, registered_by=officer)


def test_after_31_december_nothing_is_confirmed(teacher, programme, principal, time_machine):
    complete(teacher, programme)
    time_machine.move_to(NEW_YEAR)
    outcome = confirm_registrations(mine(teacher), by=principal)
    assert (outcome.keys, dict(outcome.left)) == ([], {"closed": 1})


def test_an_extension_keeps_the_window_open(teacher, programme, principal, branch, time_machine):
    complete(teacher, programme)
    PhaseExtension.objects.create(
        phase=programme.phases.get(key="credit_registration"),
        organisation=branch[1],
        closes_on=date(2018, 1, 3),
        reason="暴雪",
        granted_by=UserFactory(),
    )
    time_machine.move_to(NEW_YEAR)
    assert confirm_registrations(mine(teacher), by=principal).user_ids == [teacher.pk]


def test_a_reversal_returns_what_was_on_its_way(teacher, programme, principal):
    lines = complete(teacher, programme)
    confirm_registrations(mine(teacher), by=principal)
    reverse_entry(lines[0], by=UserFactory(), why="代看")
    registration = Registration.objects.get()
    assert registration.state == State.RETURNED
    assert lines[0].label in registration.reason


def test_a_reversal_of_surplus_returns_nothing(teacher, programme):
    complete(teacher, programme)
    extra = post(teacher, programme, "elective", 3)
    reverse_entry(extra, by=UserFactory(), why="代看")
    assert state_of(teacher) == State.PROPOSED


def test_hours_taken_back_since_block_the_next_step(teacher, programme, principal):
    """Also when the news of it was lost: each step counts anew."""
    lines = complete(teacher, programme)
    reverse_entry(lines[0], by=UserFactory(), why="代看")
    mine(teacher).update(state=State.PROPOSED)
    outcome = confirm_registrations(mine(teacher), by=principal)
    assert (outcome.keys, dict(outcome.left)) == ([], {"incomplete": 1})


def test_new_hours_propose_a_returned_registration_again(teacher, programme, principal):
    lines = complete(teacher, programme)
    confirm_registrations(mine(teacher), by=principal)
    reverse_entry(lines[2], by=UserFactory(), why="代看")
    post(teacher, programme, "policy", 2)
    registration = Registration.objects.get()
    assert (registration.state, registration.reason) == (State.PROPOSED, "")
    assert (registration.confirmed_by, registration.confirmed_at) == (None, None)


def test_a_return_says_why_and_can_be_proposed_again(teacher, programme, principal):
    complete(teacher, programme)
    with pytest.raises(ReasonMissing):
        return_registration(mine(teacher).get(), by=principal, why=" ")
    return_registration(mine(teacher).get(), by=principal, why="姓名有误")
    assert mine(teacher).get().reason == "姓名有误"
    assert propose_registrations(programme) == []
    propose_again(mine(teacher).get(), by=principal)
    assert state_of(teacher) == State.PROPOSED


def test_proposing_again_is_refused_after_the_window(teacher, programme, principal, time_machine):
    complete(teacher, programme)
    return_registration(mine(teacher).get(), by=principal, why="姓名有误")
    time_machine.move_to(NEW_YEAR)
    with pytest.raises(PhaseClosed):
        propose_again(mine(teacher).get(), by=principal)


def test_a_registered_one_cannot_be_returned(teacher, programme, principal, officer):
    registration = registered(teacher, programme, principal, officer)
    with pytest.raises(RegistrationMoved):
        return_registration(registration, by=officer, why="x")


def test_a_reversal_after_registration_is_put_before_an_officer(
    teacher, programme, principal, officer
):
    registration = registered(teacher, programme, principal, officer)
    assert list(registered_in_doubt(Registration.objects.all())) == []
    reverse_entry(LedgerEntry.objects.first(), by=officer, why="代看")
    assert state_of(teacher) == State.REGISTERED
    assert list(registered_in_doubt(Registration.objects.all())) == [registration]


def test_revoking_takes_the_certificate_along(teacher, programme, principal, officer):
    registration = registered(teacher, programme, principal, officer)
    revoke_registration(registration, by=officer, why="代看属实")
    assert state_of(teacher) == State.REVOKED
    certificate = Certificate.objects.get()
    assert (certificate.revoked_by, certificate.revoke_reason) == (officer, "代看属实")
    with pytest.raises(RegistrationMoved):
        revoke_registration(registration, by=officer, why="again")


def test_after_a_revocation_only_new_hours_propose_again(teacher, programme, principal, officer):
    registration = registered(teacher, programme, principal, officer)
    revoke_registration(registration, by=officer, why="代看属实")
    assert propose_registrations(programme) == []
    post(teacher, programme, "elective", 1)
    states = Registration.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.REVOKED, State.PROPOSED]


def test_a_whole_county_moves_in_the_same_number_of_statements(
    programme, branch, principal, officer, django_assert_num_queries, django_assert_max_num_queries
):
    def people(count):
        teachers = [make_teacher(branch[3]) for _turn in range(count)]
        for teacher in teachers:
            enrol(teacher, programme)
            complete(teacher, programme)
        return Registration.objects.filter(user__in=[one.pk for one in teachers])

    for count in (1, 3):
        rows = people(count)
        with django_assert_num_queries(6):
            confirm_registrations(rows, by=principal)
        with django_assert_num_queries(9):
            register_credits(rows, by=officer)
    assert Certificate.objects.count() == 4


def test_credits_follow_the_rule_pack(programme, teacher):
    credit = programme.rule_pack["credit"] | {"hours_per_credit": "2"}
    programme.rule_pack = programme.rule_pack | {"credit": credit}
    programme.save()
    programme.refresh_from_db()
    complete(teacher, programme)
    assert Registration.objects.get().credits == 18
