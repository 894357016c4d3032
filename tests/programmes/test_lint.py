import copy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.domain.rulepack import NoticeRules
from programmes.domain.rulepack_lint import stored_pack_findings, supply_faults
from programmes.domain.rulepack_windows import last_safe_notice_day, notice_closes_on
from programmes.domain.rulepacks import (
    lint_rule_pack,
    load_programme,
    parse_rule_pack,
    read_rule_pack,
    rule_pack_findings,
)

pytestmark = pytest.mark.django_db

FAULTS = [
    ("parts", ["hours", "total"], 35),
    ("required_sum", ["hours", "required"], 17),
    ("elective_sum", ["hours", "elective"], 19),
    ("draw_hours", ["draw", "lessons"], 3),
    ("lessons_hours", ["national_lessons", "hours_per_lesson"], 3),
    ("national_offer", ["national_lessons", "offered"], 1),
    ("elective_minimum", ["elective", "minimum_hours"], 17),
    ("supply_promise", ["elective", "supply_hours", "kindergarten"], 10),
    ("stage_key", ["elective", "supply_hours", "university"], 400),
    ("phase_key", ["phases", "party"], {"closes": "2017-12-31"}),
    ("workshop_cap", ["workshop", "cap"], 301),
    ("coverage", ["study", "coverage_percent"], 101),
    ("speed", ["study", "allowed_speed"], "2.5"),
    ("pass_mark", ["test", "pass_mark"], 0),
    ("attempts", ["test", "attempts"], 0),
    ("questions", ["test", "questions"], 0),
    ("minutes", ["test", "minutes"], 0),
    ("ratio", ["contest", "ratio_percent"], 0),
    ("quota", ["contest", "quota_per_cell"], 0),
    ("notice", ["notice", "working_days"], 0),
    ("factor", ["credit", "hours_per_credit"], 0),
    ("credits", ["credit", "maximum_credits"], 20),
    ("recording", ["recording", "minimum_minutes"], 60),
    ("recording_picture", ["recording", "minimum_width"], 1920),
    ("recording_size", ["recording", "maximum_megabytes"], 0),
    ("recording_formats", ["recording", "containers"], []),
    ("recording_formats", ["recording", "video_codecs"], ["h264", "papyrus"]),
    ("recording_rate", ["recording", "minimum_kilobits_per_second"], 8000),
    ("dispute", ["dispute", "answer_working_days"], 0),
    ("window_backwards", ["phases", "enrolment", "opens"], "2017-04-01"),
    ("window_order", ["phases", "annual_plan", "closes"], "2017-03-01"),
    ("window_order", ["phases", "topic_selection", "closes"], "2017-06-01"),
    ("window_order", ["phases", "required_study", "closes"], "2018-01-01"),
    ("window_missing", ["phases", "enrolment"], {}),
    ("draw_window", ["draw", "opens_on"], "2017-05-20"),
    ("draw_window", ["draw", "closes_on"], "2017-06-15"),
    ("draw_missing", ["draw", "opens_on"], None),
    ("topics", ["topics"], []),
    ("subject_keys", ["stages", "primary"], ["music", "music"]),
    ("unreadable", ["stages", "primary"], ["astrology"]),
    ("unreadable", ["test", "questions"], None),
    ("unreadable", ["hours", "total"], "many"),
    ("missing", ["notice"], None),
]


def changed(keys, value):
    data = copy.deepcopy(read_rule_pack("2017"))
    place = data
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    if keys == ["notice"]:
        del data["notice"]
    return data


@pytest.mark.parametrize(("code", "keys", "value"), FAULTS)
def test_each_fault_is_named_in_one_sentence(code, keys, value):
    data = changed(keys, value)
    findings = [f for f in rule_pack_findings(data) if not f.accepted]
    assert code in {finding.code for finding in findings}
    assert lint_rule_pack(data) == [finding.sentence for finding in findings]
    assert all(sentence.endswith((".", "。")) for sentence in lint_rule_pack(data))


def test_2017_shows_why_its_notice_cannot_close_in_time():
    with override("en"):
        [finding] = rule_pack_findings(read_rule_pack("2017"))
    assert finding.code == "notice_after_push"
    assert finding.accepted.startswith("The plan itself sets both days")
    notice = parse_rule_pack(read_rule_pack("2017")).notice
    assert notice_closes_on(date(2017, 5, 15), notice) == date(2017, 5, 22)
    assert last_safe_notice_day(date(2017, 5, 20), notice) == date(2017, 5, 14)


def test_the_finding_goes_when_the_first_day_counts_and_its_acceptance_is_then_stale():
    findings = rule_pack_findings(changed(["notice", "first_day_counts"], True))
    assert [finding.code for finding in findings] == ["stale_acceptance"]


def test_a_finding_that_nobody_accepted_is_a_fault():
    data = changed(["accepted_findings"], {})
    assert len(lint_rule_pack(data)) == 1


def test_supply_is_checked_against_live_courses():
    pack = parse_rule_pack(read_rule_pack("2017"))
    enough = dict.fromkeys(["senior", "junior", "primary"], Decimal(600))
    assert len(supply_faults(pack, enough | {"kindergarten": Decimal("399.5")})) == 1
    assert supply_faults(pack, enough | {"kindergarten": Decimal(400)}) == []
    assert len(supply_faults(pack, {})) == 4


def test_days_that_an_officer_sets_are_checked_as_they_stand():
    programme = load_programme("2017")
    programme.phases.filter(key="course_selection").update(opens_on=date(2017, 5, 31))
    codes = [finding.code for finding in stored_pack_findings(programme)]
    assert codes == ["window_order", "notice_after_push"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    day=st.dates(date(2017, 1, 15), date(2026, 11, 30)),
    length=st.integers(1, 15),
    first=st.booleans(),
)
def test_the_last_safe_day_is_safe_and_the_next_is_not(day, length, first):
    rules = NoticeRules(length, first, objection_ruling_working_days=5)
    safe = last_safe_notice_day(day, rules)
    assert notice_closes_on(safe, rules) < day
    assert notice_closes_on(safe + timedelta(days=1), rules) >= day
