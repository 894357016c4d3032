"""What the register promises, and that each broken promise is named."""

import pytest
from django.db import connection

from credits.domain.awards import approve_award
from credits.domain.disputes import raise_dispute
from credits.domain.ledger import reverse_entry
from credits.domain.registrations import revoke_registration
from credits.models import LedgerEntry
from tests.credits.factories import enrol, make_officer, make_teacher, propose, registered
from tests.credits.test_ledger_invariants import as_owner, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_october")]


@pytest.fixture
def registration(programme):
    teacher = make_teacher(real_name="张伟")
    enrol(teacher, programme)
    county = teacher.school.parent
    one, another, third = (make_officer(county) for _turn in range(3))
    approve_award(propose(teacher, programme, one), by=another)
    raise_dispute(user=teacher, programme=programme, part="policy", subject="x", text="y")
    row = registered(teacher, programme, another, third)
    row.officer = one
    return row


def test_the_whole_story_keeps_every_promise(registration):
    assert found() == {}
    revoke_registration(registration, by=registration.officer, why="x")
    assert found() == {}


def test_hours_taken_back_after_registration_break_nothing(registration):
    line = LedgerEntry.objects.filter(part="elective").get()
    reverse_entry(line, by=registration.officer, why="x")
    assert found() == {}


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        (
            """UPDATE credits_registration SET hours = jsonb_set(hours, '{policy}', '1')""",
            "registration_counted_every_part",
        ),
        (
            """UPDATE credits_registration SET hours = jsonb_set(hours, '{policy}', '99')""",
            "registration_hours_were_in_the_ledger",
        ),
        (
            "UPDATE credits_certificate SET revoked_at = now(), revoked_by_id = user_id,"
            " revoke_reason = 'x'",
            "certificate_stands_with_its_registration",
        ),
        ("UPDATE credits_certificate SET number = '20170000000199'", "certificate_number_is_right"),
        ("UPDATE credits_certificateseries SET last = 7", "certificate_series_has_no_gap"),
        ("DELETE FROM credits_evidencefile", "award_has_evidence"),
        ("UPDATE credits_manualaward SET class_hours = 1", "award_gave_what_it_says"),
        ("DELETE FROM credits_disputestep", "dispute_steps_tell_its_state"),
    ],
)
def test_each_broken_promise_is_named(registration, sql, name):
    as_owner(sql)
    assert list(found()) == [name]


def test_as_owner_switches_the_triggers_on_again(registration):
    as_owner("SELECT 1")
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
