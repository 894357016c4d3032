import pytest
from django.db import connection

from core.invariants import all_invariants
from programmes.enums import EnrolmentState
from programmes.models import PhaseExtension, Programme
from tests.factories import UserFactory, make_branch
from tests.programmes.factories import make_enrolment, open_programme

pytestmark = pytest.mark.django_db


def broken():
    found = {}
    for app, invariant in all_invariants():
        if app in ("programmes", "notifications"):
            with connection.cursor() as cursor:
                cursor.execute(invariant.sql)
                if rows := cursor.fetchall():
                    found[invariant.name] = rows
    return found


def test_a_sound_year_breaks_nothing():
    for state in EnrolmentState:
        make_enrolment(state=state)
    assert broken() == {}


def test_each_kind_of_damage_is_named():
    programme = open_programme()
    school = make_branch()[3]
    wrong = make_enrolment(school=school, subject="astrology")
    misplaced = make_enrolment(school=school.parent)
    phase = programme.phases.get(key="enrolment")
    PhaseExtension.objects.create(
        phase=phase,
        organisation=school,
        closes_on=phase.closes_on,
        reason="x",
        granted_by=UserFactory(),
    )
    programme.rule_pack["hours"]["total"] = 35
    Programme.objects.filter(pk=programme.pk).update(rule_pack=programme.rule_pack)
    found = broken()
    assert set(found) == {
        "enrolment_place",
        "enrolled_at_schools",
        "extension_later",
        "pack_parts_add_up",
    }
    assert {row[0] for row in found["enrolment_place"]} == {wrong.pk, misplaced.pk}
