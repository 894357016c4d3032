from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from programmes.domain.rulepacks import (
    RulePackFaulty,
    RulePackUnknown,
    lint_rule_pack,
    load_programme,
    parse_rule_pack,
    read_rule_pack,
    rule_pack_codes,
    rule_pack_findings,
    rule_pack_of,
    shift_rule_pack,
)
from programmes.models import Programme
from programmes.queries import current_programme

pytestmark = pytest.mark.django_db


def test_2017_says_what_the_plan_says():
    pack = parse_rule_pack(read_rule_pack("2017"))
    assert {part.key: part.class_hours for part in pack.parts} == {
        "national_lessons": 4,
        "lesson_reviews": 12,
        "policy": 2,
        "elective": 18,
    }
    assert pack.total_class_hours == 36
    assert {stage: len(subjects) for stage, subjects in pack.stage_subjects.items()} == {
        "senior": 16,
        "junior": 15,
        "primary": 11,
        "kindergarten": 1,
    }
    assert [len(pack.topics_of(stage)) for stage in pack.stage_subjects] == [10, 10, 10, 6]
    assert pack.elective_supply_hours["senior"] == 600
    assert pack.elective_supply_hours["kindergarten"] == 400
    assert pack.phases["enrolment"].closes_on == date(2017, 3, 31)
    assert pack.phases["required_study"].opens_on == date(2017, 6, 15)
    assert pack.phases["elective_study"].closes_on is None
    assert pack.allowed_speed == Decimal("1.5")


@pytest.mark.parametrize(
    ("code", "total", "lessons", "hours", "fields"),
    [
        ("2017", 36, 4, 3, 43),
        ("2018", 24, 3, 3, 43),
        ("2022", 24, 3, 2, 43),
        ("2023", 24, 3, 1, 43),
    ],
)
def test_each_year_keeps_its_known_rules(code, total, lessons, hours, fields):
    pack = parse_rule_pack(read_rule_pack(code))
    assert pack.total_class_hours == total
    assert (pack.draw.lessons, pack.draw.hours_per_lesson) == (lessons, hours)
    assert sum(len(subjects) for subjects in pack.stage_subjects.values()) == fields


def test_titles_follow_the_reader():
    subject = parse_rule_pack(read_rule_pack("2017")).subject("senior", "sports_and_health")
    with override("zh-hans"):
        assert subject.title == "体育与健康"
    with override("en"):
        assert subject.title == "Physical education and health"


@pytest.mark.parametrize("code", rule_pack_codes())
def test_every_pack_that_ships_is_clean_also_around_a_day(code):
    assert lint_rule_pack(read_rule_pack(code)) == []
    assert lint_rule_pack(shift_rule_pack(read_rule_pack(code), date(2026, 11, 23))) == []


def test_the_finding_of_2017_is_shown_with_its_reason():
    [finding] = rule_pack_findings(read_rule_pack("2017"))
    assert finding.code == "notice_after_push"
    assert finding.accepted != ""


def test_loading_writes_pack_and_phases_and_may_be_repeated():
    programme = load_programme("2017")
    again = load_programme("2017")
    assert again.pk == programme.pk
    assert programme.phases.count() == 11
    assert rule_pack_of(programme).total_class_hours == 36
    assert current_programme() == programme
    assert load_programme("2018").is_current is False
    assert load_programme("2018", make_current=True) == current_programme()


def test_loading_refuses_a_code_without_a_file():
    with pytest.raises(RulePackUnknown):
        load_programme("1999")


def test_loading_refuses_a_faulty_pack(monkeypatch):
    data = read_rule_pack("2017")
    data["hours"]["total"] = 35
    monkeypatch.setattr("programmes.domain.rulepacks.read_rule_pack", lambda code: data)
    with pytest.raises(RulePackFaulty):
        load_programme("2017")
    assert not Programme.objects.exists()


def test_the_rules_cost_no_query_and_follow_a_change(django_assert_num_queries):
    programme = load_programme("2017")
    rule_pack_of(programme)
    light = current_programme()
    with django_assert_num_queries(0):
        assert rule_pack_of(light) is rule_pack_of(programme)
    programme.rule_pack["test"]["attempts"] = 5
    programme.save()
    assert rule_pack_of(programme).test_attempts == 5
    assert rule_pack_of(current_programme()).test_attempts == 5
