"""Turns the stored data of a rule pack into its typed form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from programmes.domain.rulepack import (
    ContestRules,
    DrawRules,
    MaterialRules,
    NationalLessonRules,
    NoticeRules,
    Part,
    PhaseDates,
    RecordingProfile,
    Remark,
    ReviewRules,
    RulePack,
    Subject,
    Topic,
)

Data = Mapping[str, Any]


def parse_rule_pack(data: Data) -> RulePack:
    """The typed pack. Complete packs only: ``lint_rule_pack`` says what is missing.

    Raises: KeyError, ValueError when a number is absent or has the wrong shape.
    """
    pack = RulePack(
        code=data["code"],
        year=data["year"],
        **_hours(data),
        stage_subjects=_stage_subjects(data),
        topics=tuple(Topic(**{**row, "stages": tuple(row["stages"])}) for row in data["topics"]),
        phases={key: phase_dates(row) for key, row in data.get("phases", {}).items()},
        **_study(data),
        national_lessons=_national_lessons(data["national_lessons"]),
        draw=_draw(data["draw"]),
        review=_review(data["review"]),
        materials=tuple(
            MaterialRules(key, **{**row, "formats": tuple(row["formats"])})
            for key, row in data["materials"].items()
        ),
        workshop_cap=data["workshop"]["cap"],
        contest=ContestRules(
            **{**data["contest"], "ratio_percent": decimal(data["contest"]["ratio_percent"])}
        ),
        notice=NoticeRules(**data["notice"]),
        recording=_recording(data["recording"]),
        **_credit(data),
        unknown=_remarks(data, "unknown"),
        accepted_findings=_remarks(data, "accepted_findings"),
        shifted_to=as_date(data.get("shifted_to")),
    )
    for rules in (
        pack,
        pack.national_lessons,
        pack.draw,
        pack.review,
        *pack.materials,
        pack.contest,
        pack.notice,
        pack.recording,
    ):
        _require_whole_numbers(rules)
    return pack


def _require_whole_numbers(rules: Any) -> None:
    for field in fields(rules):
        if field.type == "int" and type(getattr(rules, field.name)) is not int:
            raise ValueError(field.name)


def decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def as_date(value: Any) -> date | None:
    """A day, from a TOML date or from the text it is stored as."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(value)


def phase_dates(row: Data) -> PhaseDates:
    return PhaseDates(as_date(row.get("opens")), as_date(row.get("closes")))


def _hours(data: Data) -> dict:
    return {
        "parts": tuple(
            Part(**{**row, "class_hours": decimal(row["class_hours"])}) for row in data["parts"]
        ),
        "total_class_hours": decimal(data["hours"]["total"]),
        "required_class_hours": decimal(data["hours"]["required"]),
        "elective_class_hours": decimal(data["hours"]["elective"]),
        "elective_minimum_hours": decimal(data["elective"]["minimum_hours"]),
        "elective_supply_hours": dict(data["elective"]["supply_hours"]),
    }


def _stage_subjects(data: Data) -> dict[str, tuple[Subject, ...]]:
    titles = data["subjects"]
    return {
        stage: tuple(Subject(key, *titles[key]) for key in keys)
        for stage, keys in data["stages"].items()
    }


def _study(data: Data) -> dict:
    study, test = data["study"], data["test"]
    return {
        "class_hour_minutes": study["class_hour_minutes"],
        "coverage_percent": study["coverage_percent"],
        "allowed_speed": decimal(study["allowed_speed"]),
        "test_questions": test["questions"],
        "test_minutes": test["minutes"],
        "test_pass_mark": test["pass_mark"],
        "test_attempts": test["attempts"],
        "homework_minimum_characters": data["homework"]["minimum_characters"],
        "homework_checked_by": data["homework"]["checked_by"],
    }


def _credit(data: Data) -> dict:
    credit = data["credit"]
    return {
        "hours_per_credit": decimal(credit["hours_per_credit"]),
        "minimum_credits": decimal(credit["minimum_credits"]),
        "maximum_credits": decimal(credit["maximum_credits"]),
        "research_lesson_needed": credit["research_lesson_needed"],
        "offline_hours_count": credit["offline_hours_count"],
        "dispute_answer_working_days": data["dispute"]["answer_working_days"],
    }


def _national_lessons(row: Data) -> NationalLessonRules:
    return NationalLessonRules(
        row["offered"],
        row["watched"],
        hours_per_lesson=decimal(row["hours_per_lesson"]),
        reflection_minimum_characters=row["reflection_minimum_characters"],
    )


def _review(row: Data) -> ReviewRules:
    return ReviewRules(**{**row, "weight_in_selection": decimal(row["weight_in_selection"])})


def _draw(row: Data) -> DrawRules:
    return DrawRules(
        lessons=row["lessons"],
        hours_per_lesson=decimal(row["hours_per_lesson"]),
        strata=tuple(row["strata"]),
        avoid_own_school=row["avoid_own_school"],
        ladder=tuple(row["ladder"]),
        opens_on=as_date(row.get("opens_on")),
        closes_on=as_date(row.get("closes_on")),
    )


def _recording(row: Data) -> RecordingProfile:
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    return RecordingProfile(**{**row, **lists})


def _remarks(data: Data, name: str) -> tuple[Remark, ...]:
    return tuple(Remark(key, *texts) for key, texts in data.get(name, {}).items())
