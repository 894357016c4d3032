"""Everything the personal space shows, read in a number of queries that never grows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from courses.queries.lines import CourseLine, course_lines
from courses.queries.windows import study_windows_in
from credits.domain.requirements import Requirement, ledger_lines, requirement_until
from credits.models import Registration
from lessons.queries.cases import CaseLine, case_lines
from lessons.queries.national import NationalLine, national_lines
from notifications.domain.texts import render_notice
from notifications.models import Notification
from programmes.domain.phases import NOT_SET, Window, phase_windows
from programmes.domain.rulepack import in_readers_language
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState, PhaseKey
from programmes.queries import current_place

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from credits.models import LedgerEntry
    from programmes.domain.rulepack import RulePack
    from programmes.models import Enrolment, Programme

NOTICES_SHOWN = 4


@dataclass(frozen=True)
class Told:
    """One line of the inbox in the reader's language."""

    title: str
    url: str
    created_at: datetime
    is_new: bool


@dataclass(frozen=True)
class Year:
    """One person's place in the current year; all but ``programme`` empty until enrolled."""

    programme: Programme
    pack: RulePack
    enrolment: Enrolment | None
    windows: dict[str, Window]
    study: dict[str, Window] = field(default_factory=dict)
    requirement: Requirement | None = None
    entries: list[LedgerEntry] = field(default_factory=list)
    courses: list[CourseLine] = field(default_factory=list)
    national: list[NationalLine] = field(default_factory=list)
    cases: list[CaseLine] = field(default_factory=list)
    registration: Registration | None = None

    def window(self, key: str) -> Window:
        return self.windows.get(key, NOT_SET)

    @property
    def programme_name(self) -> str:
        """The year's name in the reader's language."""
        return in_readers_language(self.programme.name_zh, self.programme.name_en)

    @property
    def subject_title(self) -> str:
        """The subject as the year calls it."""
        subjects = self.pack.stage_subjects.get(self.enrolment.stage, ())
        titles = {subject.key: subject.title for subject in subjects}
        return titles.get(self.enrolment.subject, self.enrolment.subject)

    @property
    def is_approved(self) -> bool:
        return self.enrolment is not None and self.enrolment.state == EnrolmentState.APPROVED


def read_year(user: User) -> Year | None:
    """The current programme year as it stands for ``user``; None while there is none.

    Four queries: programme and enrolment, windows, ledger, courses; one more each while
    national or drawn lessons are owed, and for the registration once all hours are there.
    Two for who is not enrolled.
    """
    programme, enrolment = current_place(user)
    if programme is None:
        return None
    windows = phase_windows(programme, enrolment.school if enrolment else None)
    known: dict[str, Any] = {
        "programme": programme,
        "pack": rule_pack_of(programme),
        "enrolment": enrolment,
        "windows": windows,
    }
    if enrolment is None:
        return Year(**known)
    study = study_windows_in(windows)
    entries = ledger_lines(user, programme)
    closes_at = windows.get(PhaseKey.CREDIT_REGISTRATION, NOT_SET).closes_at
    requirement = requirement_until(closes_at, entries, programme)
    return Year(
        **known,
        study=study,
        entries=entries,
        requirement=requirement,
        registration=latest_registration(user, programme) if requirement.complete else None,
        courses=course_lines(user, programme, enrolment=enrolment, windows=study),
        national=national_lines(user, enrolment, programme)
        if _owes(requirement, "lessons")
        else [],
        cases=case_lines(user, programme) if _owes(requirement, "draw") else [],
    )


def _owes(requirement: Requirement, source: str) -> bool:
    return any(part.part.source == source and not part.complete for part in requirement.parts)


def latest_registration(user: User, programme: Programme) -> Registration | None:
    """The person's newest registration of the year, with its certificate."""
    mine = Registration.objects.filter(user=user, programme=programme)
    return mine.select_related("certificate").order_by("-pk").first()


def latest_notices(user: User) -> list[Told]:
    """The newest lines of the inbox. One query."""
    rows = Notification.objects.visible_to(user).newest_first()[:NOTICES_SHOWN]
    return [
        Told(
            title=render_notice(row.kind, row.parameters)[0],
            url=row.url,
            created_at=row.created_at,
            is_new=row.read_at is None,
        )
        for row in rows
    ]
