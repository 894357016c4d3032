"""What runs by the clock, and what must hold of everything."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.domain.attempts import SIGN_IN, take_attempt
from accounts.enums import Role
from accounts.invariants import INVARIANTS
from accounts.models import Appointment, AttemptCount
from accounts.tasks import sweep_old_attempts
from tests.factories import UserFactory, appoint
from tests.world import make_world

pytestmark = pytest.mark.django_db


def broken():
    found = set()
    with connection.cursor() as cursor:
        for invariant in INVARIANTS:
            cursor.execute(invariant.sql)
            if cursor.fetchall():
                found.add(invariant.name.removeprefix("accounts."))
    return found


def test_yesterdays_counts_are_forgotten_and_todays_kept():
    take_attempt("sign_in", SIGN_IN, account="old", source="10.0.0.1")
    AttemptCount.objects.update(started_at=timezone.now() - timedelta(days=2))
    take_attempt("reset", SIGN_IN, account="new", source="10.0.0.1")
    sweep_old_attempts()
    assert AttemptCount.objects.count() == 3


def test_a_world_made_by_the_rules_keeps_every_invariant():
    make_world()
    assert broken() == set()


def test_each_invariant_names_what_breaks_it():
    world = make_world()
    person = world.people["teacher_home"]
    appoint(person, Role.PRINCIPAL, world.home_county)
    appoint(person, Role.MARKER, world.home_school, ends_on=date(2099, 1, 1))
    appoint(person, Role.MARKER, world.home_school)
    UserFactory(school=world.away_school)
    world.people["teacher_away"].is_active = False
    world.people["teacher_away"].save()
    appoint(world.people["teacher_away"], Role.MARKER, world.away_school)
    type(world.away_school).objects.filter(pk=world.away_school.pk).update(
        valid_to=date(2018, 1, 1)
    )
    assert broken() == {
        "appointment_at_a_fitting_level",
        "no_appointment_twice_at_once",
        "nobody_inactive_holds_an_appointment",
        "nobody_stands_at_a_closed_unit",
        "no_standing_appointment_at_a_closed_unit",
    }
    assert Appointment.objects.current().filter(user=person).count() == 3
