from itertools import product

import pytest
from django.db import connection

from organisations.enums import Level, SchoolKind
from programmes.domain.bulk_enrolment import bulk_enrolment_faults
from programmes.domain.person_types import RULES, explain, may_enter_contests, owes_research_lesson
from programmes.domain.places import Place, PlaceRefused, place_fault, require_place
from programmes.domain.rulepacks import load_programme, rule_pack_of
from programmes.enums import PersonType, Stage
from tests.factories import UserFactory, make_branch, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools():
    _province, _city, county, school = make_branch()
    kinds = [kind for kind in SchoolKind if kind != SchoolKind.SCHOOL]
    made = [make_organisation(Level.SCHOOL, county, kind=kind) for kind in kinds]
    licensed = make_organisation(
        Level.SCHOOL, county, kind=SchoolKind.KINDERGARTEN, licence_number="L1"
    )
    return [county, school, licensed, *made]


def test_python_and_sql_agree_on_every_combination(schools):
    programme, user = load_programme("2017"), UserFactory()
    pack = rule_pack_of(programme)
    combinations = list(
        product(
            [*Stage.values, "university"],
            ["chinese", "preschool", "moral_and_life", "astrology"],
            schools,
            [*PersonType.values, "visitor"],
            ["", "2010-37-001"],
        )
    )
    assert len(combinations) == 5 * 4 * 6 * 6 * 2
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE roster (n int, stage text, subject text, school_id bigint,"
            " person_type text, certificate_number text) ON COMMIT DROP"
        )
        cursor.executemany(
            "INSERT INTO roster VALUES (%s, %s, %s, %s, %s, %s)",
            [(n, s, f, school.pk, t, c) for n, (s, f, school, t, c) in enumerate(combinations)],
        )
    staged = "SELECT n AS user_id, * FROM roster"
    in_sql = dict(bulk_enrolment_faults(programme, staged))
    in_python = {n: place_fault(pack, Place(*values)) for n, values in enumerate(combinations)}
    assert {n: fault for n, fault in in_python.items() if fault} == in_sql
    assert set(in_sql.values()) == {
        "not_a_school",
        "person_type",
        "kind",
        "stage",
        "subject",
        "licence",
        "certificate",
    }
    assert user.pk


def place(school, **changes):
    values = {"stage": "primary", "subject": "chinese", "person_type": "teacher"} | changes
    return Place(school=school, **values)


def test_a_refusal_says_what_to_do(schools):
    pack = rule_pack_of(load_programme("2017"))
    kindergarten = schools[3]
    with pytest.raises(PlaceRefused) as refusal:
        require_place(
            pack,
            place(
                kindergarten,
                stage="kindergarten",
                subject="preschool",
                person_type="kindergarten_staff",
            ),
        )
    assert refusal.value.code == "licence"
    assert require_place(pack, place(schools[1])) is None


def test_special_staff_study_but_owe_no_lesson():
    assert may_enter_contests("teacher")
    assert not may_enter_contests("special_education")
    assert may_enter_contests("special_education", opted_in=True)
    assert not may_enter_contests("researcher", opted_in=True)
    assert [key for key in RULES if owes_research_lesson(key)] == ["teacher", "kindergarten_staff"]
    assert all(len({str(line) for line in explain(key)}) == 4 for key in RULES)
