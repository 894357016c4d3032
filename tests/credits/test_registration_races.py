"""A step of a registration against somebody who takes hours back at that moment."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from accounts.enums import Role
from credits.domain.ledger import reverse_entry
from credits.domain.registrations import confirm_registrations, propose_registrations
from credits.enums import RegistrationState
from credits.models import LedgerEntry, Registration
from tests.credits.factories import complete, enrol, make_officer, make_programme, make_teacher
from tests.credits.test_ledger_races import at_once, in_own_connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_in_october")]


def story():
    teacher, programme = make_teacher(), make_programme()
    enrol(teacher, programme)
    principal = make_officer(teacher.school, Role.PRINCIPAL)
    return complete(teacher, programme), principal, programme


def confirm(principal):
    return confirm_registrations(Registration.objects.all(), by=principal)


def test_a_confirmation_waits_for_an_open_reversal_and_then_refuses():
    lines, principal, _programme = story()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            reverse_entry(lines[0], by=None, why="代看")
            outcome = pool.submit(in_own_connection(confirm), principal)
            time.sleep(0.3)  # long enough for the confirmation to reach the lock
            assert not outcome.done()
        assert outcome.result().keys == []
    assert Registration.objects.get().state == RegistrationState.RETURNED


def test_a_step_waits_for_a_reversal_that_has_not_reached_the_registration_yet():
    """The ledger head is what both hold: the registration's own row would not do."""
    lines, principal, _programme = story()
    line = lines[0]
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            LedgerEntry.objects.create(
                user=line.user,
                programme=line.programme,
                part=line.part,
                category=line.category,
                class_hours=-line.class_hours,
                source="credits.reversal:race",
                label=line.label,
                reverses=line,
            )
            outcome = pool.submit(in_own_connection(confirm), principal)
            time.sleep(0.3)
            assert not outcome.done()
        assert dict(outcome.result().left) == {"incomplete": 1}
    assert Registration.objects.get().state == RegistrationState.PROPOSED


def test_a_reversal_waits_for_an_open_confirmation_and_then_returns_it():
    lines, principal, _programme = story()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert len(confirm(principal).keys) == 1
            back = pool.submit(in_own_connection(reverse_entry), lines[0], by=None, why="代看")
            time.sleep(0.3)
            assert not back.done()
        back.result()
    assert Registration.objects.get().state == RegistrationState.RETURNED


def test_two_sweeps_propose_a_person_once():
    _lines, _principal, programme = story()
    Registration.objects.all().delete()
    at_once(*[lambda: propose_registrations(programme)] * 4)
    assert Registration.objects.count() == 1
