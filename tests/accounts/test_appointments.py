"""Who may be what, where, from when, and who may say so."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.domain.appointments import appoint, end_appointment
from accounts.enums import Role
from accounts.errors import (
    AlreadyAppointed,
    AppointmentEnded,
    DatesOutOfOrder,
    NotYourself,
    OrganisationNotOpen,
    PersonInactive,
    ReasonMissing,
    RoleNotAtThisLevel,
)
from accounts.models import Appointment
from accounts.permissions import (
    can_appoint,
    can_appoint_anyone,
    can_change_person,
    can_end_appointment,
    can_manage_people,
    can_move_person,
    can_read_phones,
)
from core.models import AuditRecord
from tests.factories import UserFactory, make_branch
from tests.factories import appoint as given
from tests.threads import outcome_of_rival
from tests.world import make_world

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 15)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def officer(world):
    return world.people["province_administrator"]


def test_an_appointment_holds_from_its_day_and_is_on_record(world, officer, time_machine):
    time_machine.move_to("2017-06-15 10:00 +08:00")
    person = UserFactory(session_epoch=4)
    one = appoint(
        person, Role.MARKER, world.home_county, by=officer, starts_on=TODAY + timedelta(days=1)
    )
    assert not person.serves(Role.MARKER, world.home_school)
    time_machine.move_to("2017-06-16 00:00 +08:00")
    del person.current_appointments
    assert person.serves(Role.MARKER, world.home_school)
    record = AuditRecord.objects.get(verb="accounts.appointed")
    assert (record.by, record.object_key) == (officer, str(one.pk))
    assert record.to_state == f"marker · {world.home_county.name} · {world.home_county.code}"
    person.refresh_from_db()
    assert person.session_epoch == 5


def test_the_last_day_is_inclusive(world, officer, time_machine):
    time_machine.move_to("2017-06-15 10:00 +08:00")
    person = UserFactory()
    appoint(person, Role.MARKER, world.home_county, by=officer, ends_on=TODAY)
    time_machine.move_to("2017-06-15 23:59:59 +08:00")
    assert person.serves(Role.MARKER, world.home_county)
    time_machine.move_to("2017-06-16 00:00:00 +08:00")
    del person.current_appointments
    assert not person.serves(Role.MARKER, world.home_county)


def test_an_ended_appointment_opens_nothing_from_that_moment(world, officer):
    person = UserFactory()
    one = appoint(person, Role.ADMINISTRATOR, world.home_county, by=officer)
    with pytest.raises(ReasonMissing):
        end_appointment(one, by=officer, why=" ")
    end_appointment(one, by=officer, why="调离")
    assert not person.serves(Role.ADMINISTRATOR, world.home_county)
    with pytest.raises(AppointmentEnded):
        end_appointment(one, by=officer, why="调离")
    appoint(person, Role.ADMINISTRATOR, world.home_county, by=officer)  # the same day again


def test_nobody_appoints_or_ends_themselves(world, officer):
    with pytest.raises(NotYourself):
        appoint(officer, Role.AUDITOR, world.province, by=officer)
    with pytest.raises(NotYourself):
        end_appointment(officer.appointments.get(), by=officer, why="不想干了")


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.PRINCIPAL, "home_county"),
        (Role.EDITOR, "home_city"),
        (Role.PROJECT_OFFICER, "home_school"),
    ],
)
def test_a_role_has_its_levels(world, officer, role, place):
    with pytest.raises(RoleNotAtThisLevel):
        appoint(UserFactory(), role, getattr(world, place), by=officer)


def test_no_appointment_twice_at_once_inactive_or_at_a_closed_unit(world, officer):
    person = UserFactory()
    school = world.home_school
    appoint(person, Role.MARKER, school, by=officer, ends_on=timezone.localdate())
    with pytest.raises(AlreadyAppointed):
        appoint(person, Role.MARKER, school, by=officer)
    with pytest.raises(DatesOutOfOrder):
        appoint(person, Role.AUDITOR, school, by=officer, ends_on=date(2000, 1, 1))
    with pytest.raises(PersonInactive):
        appoint(UserFactory(is_active=False), Role.MARKER, school, by=officer)
    school.valid_to = date(2017, 1, 1)
    with pytest.raises(OrganisationNotOpen):
        appoint(person, Role.AUDITOR, school, by=officer)


def test_what_each_role_may_give_at_its_own_unit_and_below(world):
    people = world.people
    everything = set(Role.values)
    assert set(can_appoint_anyone(people["county_administrator_home"], world.home_county)) == (
        everything
    )
    assert set(can_appoint_anyone(people["project_officer"], world.home_city)) == {
        "project_officer",
        "principal",
        "editor",
        "marker",
    }
    assert can_appoint_anyone(people["principal_home"], world.home_school) == ["marker"]
    for nobody in ("teacher_home", "marker_home", "auditor_home", "editor"):
        assert can_appoint_anyone(people[nobody], world.home_school) == []


def test_nobody_gives_a_role_above_or_beside_their_own_unit(world):
    county = world.people["county_administrator_home"]
    for place in (world.home_city, world.province, world.away_county, world.away_school):
        assert can_appoint_anyone(county, place) == []
    assert not can_appoint(world.people["principal_home"], Role.MARKER, world.away_school)


def test_whoever_may_set_a_password_reaches_all_that_the_person_holds(world):
    people, principal = world.people, world.people["principal_home"]
    teacher = people["teacher_home"]
    assert can_change_person(principal, teacher)
    given(teacher, Role.MARKER, world.home_school)
    assert can_change_person(principal, _again(teacher))
    given(teacher, Role.AUDITOR, world.home_county)
    assert not can_change_person(principal, _again(teacher))
    assert can_change_person(people["county_administrator_home"], _again(teacher))
    assert not can_change_person(people["county_administrator_away"], _again(teacher))
    assert not can_change_person(teacher, teacher)


def test_an_appointment_still_to_come_protects_already(world):
    teacher = world.people["teacher_home"]
    given(teacher, Role.ADMINISTRATOR, world.province, starts_on=date(2099, 1, 1))
    assert not can_change_person(world.people["county_administrator_home"], _again(teacher))


def _again(user):
    return type(user).objects.get(pk=user.pk)


def test_somebody_without_a_unit_belongs_to_the_province(world):
    drifter = UserFactory()
    assert can_change_person(world.people["province_administrator"], drifter)
    assert not can_change_person(world.people["city_administrator_home"], drifter)
    assert not can_change_person(world.people["project_officer"], drifter)


def test_moving_needs_both_units_and_reading_phones_the_record(world):
    people, teacher = world.people, world.people["teacher_home"]
    assert can_move_person(people["province_administrator"], teacher, world.away_school)
    assert not can_move_person(people["county_administrator_home"], teacher, world.away_school)
    assert can_read_phones(people["principal_home"], teacher)
    assert can_read_phones(teacher, teacher)
    assert not can_read_phones(people["auditor_home"], teacher)
    assert not can_manage_people(people["auditor_home"], world.home_school)


def test_ending_follows_giving(world):
    appointment = world.people["marker_home"].appointments.get()
    assert can_end_appointment(world.people["county_administrator_home"], appointment)
    assert not can_end_appointment(world.people["county_administrator_away"], appointment)
    assert not can_end_appointment(world.people["principal_home"], appointment)
    own = world.people["county_administrator_home"].appointments.get()
    assert not can_end_appointment(world.people["county_administrator_home"], own)


def test_lists_of_people_open_for_those_who_work_with_people_only(world):
    def seen(name):
        viewer = world.people[name]
        return set(type(viewer).objects.visible_to(viewer))

    home = {world.people[f"{who}_home"] for who in
            ("teacher", "principal", "marker", "county_administrator", "auditor")}  # fmt: skip
    assert seen("county_administrator_home") == home
    assert seen("auditor_home") == home
    assert seen("principal_home") == {
        world.people["teacher_home"],
        world.people["principal_home"],
    }
    assert len(seen("province_administrator")) == len(world.people)
    for alone in ("teacher_home", "marker_home", "editor"):
        assert seen(alone) == {world.people[alone]}


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_appoint_once():
    *_, county, _school = make_branch()
    person, officer = UserFactory(), UserFactory()
    inside = threading.Event()

    def rival():
        try:
            inside.wait(5)
            return appoint(person, Role.MARKER, county, by=officer, ends_on=date(2099, 1, 1))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        outcome = pool.submit(rival)
        appoint(person, Role.MARKER, county, by=officer, ends_on=date(2099, 1, 1))
        inside.set()
        with pytest.raises(TimeoutError):
            outcome.result(timeout=0.5)  # the rival waits for the person's row
    with pytest.raises(AlreadyAppointed):
        outcome.result(timeout=5)
    assert Appointment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_end_once():
    world = make_world()
    officer = world.people["province_administrator"]
    held = appoint(UserFactory(), Role.MARKER, world.home_county, by=officer)
    with pytest.raises(AppointmentEnded):
        outcome_of_rival(
            lambda: end_appointment(held, by=officer, why="调离本县"),
            lambda: end_appointment(held, by=officer, why="退休离岗"),
        )
    ended = AuditRecord.objects.get(verb="accounts.appointment_ended")
    assert ended.why == "调离本县"
