"""Says in one sentence each what is wrong with a rule pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.rulepack import RulePack, in_readers_language
from programmes.domain.rulepack_parsing import parse_rule_pack
from programmes.domain.rulepack_recording import recording_faults
from programmes.domain.rulepack_windows import window_faults
from programmes.enums import Category, PhaseKey, Stage
from programmes.models import Programme

WORKSHOP_CAP_LIMIT = 300  # seats are numbered 1 to 300 in the schema (R30)
SOURCES = ("lessons", "draw", "course", "elective")
SECTIONS = [
    "code",
    "year",
    "name_zh",
    "name_en",
    "starts_on",
    "ends_on",
    "hours",
    "parts",
    "elective",
    "study",
    "test",
    "homework",
    "national_lessons",
    "draw",
    "review",
    "materials",
    "workshop",
    "contest",
    "notice",
    "recording",
    "credit",
    "dispute",
    "subjects",
    "stages",
    "topics",
    "demo",
]


@dataclass(frozen=True)
class Finding:
    """A fault of a pack; ``accepted`` is the reason why the year lives with it, if any."""

    code: str
    sentence: str
    accepted: str = ""


def lint_rule_pack(data: Mapping[str, Any]) -> list[str]:
    """One sentence per fault that nobody accepted; empty when the pack may be loaded.

    Source: R7, R13-R15, R30, R46, R47, section 1.1 of the requirements.
    """
    return [finding.sentence for finding in rule_pack_findings(data) if not finding.accepted]


def rule_pack_findings(data: Mapping[str, Any]) -> list[Finding]:
    """All faults, those accepted in the pack included, in the order of the pack.

    An acceptance whose fault is gone is itself a fault: it would hide the next one.
    """
    accepted = dict(data.get("accepted_findings", {}))
    found = [
        Finding(code, sentence, in_readers_language(*accepted.get(code, ("", ""))))
        for code, sentence in _faults(data)
    ]
    if data.get("shifted_to"):
        return found
    stale = set(accepted) - {finding.code for finding in found}
    return found + [Finding("stale_acceptance", _stale(code)) for code in sorted(stale)]


def stored_pack_findings(programme: Programme) -> list[Finding]:
    """The faults of a programme with the phases as they stand now, officers' changes included."""
    phases = {
        phase.key: {"opens": phase.opens_on, "closes": phase.closes_on}
        for phase in programme.phases.all()
    }
    return rule_pack_findings({**programme.rule_pack, "phases": phases})


def supply_faults(pack: RulePack, supply: Mapping[str, Decimal]) -> list[str]:
    """What live courses fail to offer: the promise of each stage against ``supply``.

    Units: class hours of open elective courses per stage.
    Source: R14, R15.
    """
    return [
        _("The topics of %(stage)s offer %(hours)s of the %(needed)s class hours promised.")
        % {"stage": Stage(stage).label, "hours": supply.get(stage, 0), "needed": needed}
        for stage, needed in pack.elective_supply_hours.items()
        if supply.get(stage, Decimal(0)) < needed
    ]


def _faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    missing = [name for name in SECTIONS if name not in data]
    if missing:
        yield "missing", _("The pack lacks: %(names)s.") % {"names": ", ".join(missing)}
        return
    try:
        pack = parse_rule_pack(data)
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        yield "unreadable", _("The pack cannot be read: %(detail)s.") % {"detail": error}
        return
    for check in CHECKS:
        yield from check(pack)
    yield from window_faults(pack)


def _hours(pack: RulePack) -> Iterator[tuple[str, str]]:
    parts = sum((part.class_hours for part in pack.parts), Decimal(0))
    if parts != pack.total_class_hours:
        yield (
            "parts",
            _("The parts add up to %(parts)s class hours, the total is %(total)s.")
            % {"parts": parts, "total": pack.total_class_hours},
        )
    for category, stated in (
        (Category.REQUIRED, pack.required_class_hours),
        (Category.ELECTIVE, pack.elective_class_hours),
    ):
        hours = (part.class_hours for part in pack.parts if part.category == category)
        if (total := sum(hours, Decimal(0))) != stated:
            yield (
                f"{category.value}_sum",
                _("The %(category)s parts add up to %(parts)s class hours, not %(stated)s.")
                % {"category": category.label, "parts": total, "stated": stated},
            )


def _part_keys(pack: RulePack) -> Iterator[tuple[str, str]]:
    keys = [part.key for part in pack.parts]
    if len(set(keys)) < len(keys):
        yield "part_keys", _("Two parts have the same key.")
    for part in pack.parts:
        if part.class_hours <= 0:
            yield "part_hours", _("The part %(part)s gives no hours.") % {"part": part.title}
        if part.source not in SOURCES or part.category not in Category.values:
            yield (
                "part_source",
                _("The part %(part)s has an unknown source or category.") % {"part": part.title},
            )


def _lesson_hours(pack: RulePack) -> Iterator[tuple[str, str]]:
    rules = {
        "draw": pack.draw.lessons * pack.draw.hours_per_lesson,
        "lessons": pack.national_lessons.watched * pack.national_lessons.hours_per_lesson,
    }
    for part in pack.parts:
        if part.source in rules and rules[part.source] != part.class_hours:
            yield (
                f"{part.source}_hours",
                _(
                    "The lessons of %(part)s give %(hours)s class hours,"
                    " the part asks for %(part_hours)s."
                )
                % {
                    "part": part.title,
                    "hours": rules[part.source],
                    "part_hours": part.class_hours,
                },
            )
    if pack.national_lessons.watched > pack.national_lessons.offered:
        yield "national_offer", _("More national lessons are to be watched than are offered.")


def _electives(pack: RulePack) -> Iterator[tuple[str, str]]:
    if pack.elective_minimum_hours < pack.elective_class_hours:
        yield (
            "elective_minimum",
            _("A school may choose topics of %(minimum)s hours, but %(needed)s are needed.")
            % {"minimum": pack.elective_minimum_hours, "needed": pack.elective_class_hours},
        )
    for stage in pack.stage_subjects:
        if not pack.topics_of(stage):
            yield "topics", _("No topic is offered to %(stage)s.") % {"stage": Stage(stage).label}
        if pack.elective_supply_hours.get(stage, 0) < pack.elective_minimum_hours:
            yield (
                "supply_promise",
                _("The supply promised to %(stage)s is below the hours that a teacher needs.")
                % {"stage": Stage(stage).label},
            )


def _keys(pack: RulePack) -> Iterator[tuple[str, str]]:
    stages = set(pack.stage_subjects)
    unknown = (stages | set(pack.elective_supply_hours)) - set(Stage.values)
    unknown |= {stage for topic in pack.topics for stage in topic.stages if stage not in stages}
    for stage in sorted(unknown):
        yield "stage_key", _("The stage %(key)s is not known.") % {"key": stage}
    for key in sorted(set(pack.phases) - set(PhaseKey.values)):
        yield "phase_key", _("The phase %(key)s is not known.") % {"key": key}
    topics = [topic.key for topic in pack.topics]
    if len(set(topics)) < len(topics):
        yield "topic_keys", _("Two topics have the same key.")
    for stage, subjects in pack.stage_subjects.items():
        if not subjects or len({subject.key for subject in subjects}) < len(subjects):
            yield (
                "subject_keys",
                _("The subjects of %(stage)s are missing or named twice.") % {"stage": stage},
            )


def _limits(pack: RulePack) -> Iterator[tuple[str, str]]:
    if not 1 <= pack.workshop_cap <= WORKSHOP_CAP_LIMIT:
        yield (
            "workshop_cap",
            _("A workshop of %(cap)s seats is not possible; there are seats 1 to %(limit)s.")
            % {"cap": pack.workshop_cap, "limit": WORKSHOP_CAP_LIMIT},
        )
    for code, fits, sentence in (
        (
            "coverage",
            1 <= pack.coverage_percent <= 100,
            _("The coverage must be 1 to 100 percent."),
        ),
        ("pass_mark", 1 <= pack.test_pass_mark <= 100, _("The pass mark must be 1 to 100.")),
        ("attempts", pack.test_attempts >= 1, _("A test needs at least one attempt.")),
        ("questions", pack.test_questions >= 1, _("A test needs at least one question.")),
        ("minutes", pack.test_minutes >= 1, _("A test needs at least one minute.")),
        ("speed", 1 <= pack.allowed_speed <= 2, _("The allowed speed must be 1 to 2.")),
        ("ratio", 0 < pack.contest.ratio_percent <= 100, _("The ratio must be 1 to 100.")),
        ("quota", pack.contest.quota_per_cell >= 1, _("A quota cell needs at least one place.")),
        ("notice", pack.notice.working_days >= 1, _("A notice needs at least one working day.")),
        ("factor", pack.hours_per_credit > 0, _("The hours per credit must be more than none.")),
        (
            "credits",
            pack.minimum_credits <= pack.maximum_credits,
            _("The fewest credits are more than the most credits."),
        ),
        (
            "commentary",
            pack.review.commentary in ("after_review", "always"),
            _("The commentary is shown “after_review” or “always”."),
        ),
        (
            "materials",
            all(rules.formats and rules.maximum_megabytes > 0 for rules in pack.materials),
            _("Every material needs formats and a size."),
        ),
        (
            "dispute",
            pack.dispute_answer_working_days >= 1,
            _("An hour dispute needs at least one working day for its answer."),
        ),
    ):
        if not fits:
            yield code, sentence


def _stale(code: str) -> str:
    return _("The accepted finding %(code)s no longer holds; take it out of the pack.") % {
        "code": code
    }


CHECKS: tuple[Callable[[RulePack], Iterator[tuple[str, str]]], ...] = (
    _hours,
    _part_keys,
    _lesson_hours,
    _electives,
    _keys,
    _limits,
    recording_faults,
)
