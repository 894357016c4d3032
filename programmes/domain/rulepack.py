"""The shape of a rule pack: every number that a yearly plan sets, typed and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language


def in_readers_language(zh: str, en: str) -> str:
    """The Chinese text, unless the reader has chosen English."""
    return en if (get_language() or "").startswith("en") else zh


@dataclass(frozen=True)
class Named:
    """Something with a key and a title in both languages."""

    key: str
    title_zh: str
    title_en: str

    @property
    def title(self) -> str:
        return in_readers_language(self.title_zh, self.title_en)

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Subject(Named):
    """A subject field of one stage (R23-R26)."""


@dataclass(frozen=True)
class Topic(Named):
    """An elective topic and the stages that it is offered to (R14, R15)."""

    stages: tuple[str, ...]


@dataclass(frozen=True)
class Part(Named):
    """A part of the yearly requirement: so many hours, from one kind of source (R7, R13)."""

    category: str
    class_hours: Decimal
    source: str
    short_zh: str = ""
    short_en: str = ""

    @property
    def short(self) -> str:
        """What fits under a narrow bar; the title where the pack names nothing shorter."""
        return in_readers_language(self.short_zh, self.short_en) or self.title


@dataclass(frozen=True)
class PhaseDates:
    """The first and last day of a phase; None: no beginning, or open for good."""

    opens_on: date | None
    closes_on: date | None


@dataclass(frozen=True)
class Remark:
    """A sentence that the pack itself carries, in both languages."""

    key: str
    text_zh: str
    text_en: str

    @property
    def text(self) -> str:
        return in_readers_language(self.text_zh, self.text_en)


@dataclass(frozen=True)
class NationalLessonRules:
    offered: int
    watched: int
    hours_per_lesson: Decimal
    reflection_minimum_characters: int


@dataclass(frozen=True)
class ReviewRules:
    """How lessons are reviewed (R9, A5).

    ``commentary`` says when a reviewer reads the expert's: "after_review" or "always". The
    two ``*_shown`` say whether the one learns the other's name.
    """

    minimum_characters: int
    reason_minimum_characters: int
    weight_in_selection: Decimal
    commentary: str
    reviewer_shown: bool
    author_shown: bool


@dataclass(frozen=True)
class MaterialRules(Named):
    """A kind of file that belongs to a lesson beside its recording (R42)."""

    required: bool
    formats: tuple[str, ...]
    maximum_megabytes: int


@dataclass(frozen=True)
class DrawRules:
    """The random push of city lessons (R9, A3, A4)."""

    lessons: int
    hours_per_lesson: Decimal
    strata: tuple[str, ...]
    avoid_own_school: bool
    ladder: tuple[str, ...]
    opens_on: date | None
    closes_on: date | None


@dataclass(frozen=True)
class ContestRules:
    """Show and contest (R50, R51, R54, R55, A16)."""

    ratio_percent: Decimal
    rounding: str
    quota_per_cell: int
    entries_per_teacher: int
    prefer_unawarded: bool


@dataclass(frozen=True)
class NoticeRules:
    """Public notice (R46, A12)."""

    working_days: int
    first_day_counts: bool
    objection_ruling_working_days: int


@dataclass(frozen=True)
class RecordingProfile:
    """What a recorded lesson must be like (R42).

    A pack stored before the later fields were known says nothing of them: no demand.
    """

    containers: tuple[str, ...]
    minimum_width: int
    minimum_height: int
    preferred_width: int
    preferred_height: int
    minimum_minutes: int
    maximum_minutes: int
    maximum_megabytes: int
    title_card_seconds: int
    video_codecs: tuple[str, ...] = ()
    audio_codecs: tuple[str, ...] = ()
    minimum_kilobits_per_second: int = 0


@dataclass(frozen=True)
class RulePack:
    """All rules of one programme year. Read through ``rulepacks.rule_pack_of``.

    Units: class hours, percent, working days and minutes, as the names say.
    Source: R7-R15, R23-R28, R30, R42, R46-R55, A1-A17.
    """

    code: str
    year: int
    parts: tuple[Part, ...]
    total_class_hours: Decimal
    required_class_hours: Decimal
    elective_class_hours: Decimal
    stage_subjects: dict[str, tuple[Subject, ...]]
    topics: tuple[Topic, ...]
    phases: dict[str, PhaseDates]
    elective_minimum_hours: Decimal
    elective_supply_hours: dict[str, int]
    class_hour_minutes: int
    coverage_percent: int
    allowed_speed: Decimal
    test_questions: int
    test_minutes: int
    test_pass_mark: int
    test_attempts: int
    homework_minimum_characters: int
    homework_checked_by: str
    national_lessons: NationalLessonRules
    draw: DrawRules
    review: ReviewRules
    materials: tuple[MaterialRules, ...]
    workshop_cap: int
    contest: ContestRules
    notice: NoticeRules
    recording: RecordingProfile
    hours_per_credit: Decimal
    minimum_credits: Decimal
    maximum_credits: Decimal
    research_lesson_needed: bool
    offline_hours_count: bool
    dispute_answer_working_days: int
    unknown: tuple[Remark, ...]
    accepted_findings: tuple[Remark, ...]
    shifted_to: date | None

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)

    def topic(self, key: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.key == key), None)

    def topics_of(self, stage: str) -> tuple[Topic, ...]:
        """The topics from which a school of ``stage`` chooses."""
        return tuple(topic for topic in self.topics if stage in topic.stages)

    def subject(self, stage: str, key: str) -> Subject | None:
        """The subject ``key`` of ``stage``; None when the year does not have that pair."""
        subjects = self.stage_subjects.get(stage, ())
        return next((subject for subject in subjects if subject.key == key), None)
