"""Where a teacher stands in each course owed, and the one step that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from accounts.models import User
from courses.enums import CourseState
from courses.models import Course, SubmissionState
from courses.queries.lines_sql import LINES
from courses.queries.windows import study_windows
from programmes.domain.phases import Window
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Category, EnrolmentState
from programmes.models import Enrolment, Programme
from programmes.queries import enrolment_of


@dataclass(frozen=True)
class CourseLine:
    """One course owed by one person. Units: class hours; counts of modules and attempts."""

    id: int
    code: str
    title: str
    part: str
    category: str
    topic: str
    class_hours: Decimal
    has_test: bool
    has_homework: bool
    is_open: bool
    modules: int
    covered: int
    started: bool
    next_id: int | None
    next_title: str | None
    attempts: int
    passed_at: datetime | None
    further_granted: int
    further_state: str | None
    homework_state: str | None
    earned_hours: Decimal | None
    earned_at: datetime | None
    window: Window
    at: datetime
    attempts_of_year: int
    pass_mark: int

    @property
    def is_required(self) -> bool:
        return self.category == Category.REQUIRED

    @property
    def attempts_allowed(self) -> int:
        """Those of the year and those granted on top (A9)."""
        return self.attempts_of_year + self.further_granted

    @property
    def counts(self) -> bool:
        """Whether work done now earns hours of this programme (R12, R17, R21)."""
        return self.window.contains(self.at)

    @property
    def state(self) -> CourseState:
        if self.earned_hours:
            return CourseState.EARNED
        if not self.window.is_set or self.window.is_before(self.at):
            return CourseState.NOT_OPEN
        if not self.is_open:
            return CourseState.CLOSED
        return self._study_state() or self._test_state() or self._homework_state()

    def _study_state(self) -> CourseState | None:
        if self.modules and self.covered == self.modules:
            return None
        return CourseState.STUDYING if self.started or self.covered else CourseState.NEW

    def _test_state(self) -> CourseState | None:
        if not self.has_test or self.passed_at:
            return None
        used_up = self.attempts >= self.attempts_allowed
        return CourseState.NO_ATTEMPT_LEFT if used_up else CourseState.TEST

    def _homework_state(self) -> CourseState:
        if not self.has_homework or self.homework_state == SubmissionState.ACCEPTED:
            return CourseState.LATE
        shown: dict[str, CourseState] = {
            SubmissionState.HANDED_IN: CourseState.WAITING,
            SubmissionState.RETURNED: CourseState.RETURNED,
        }
        return shown.get(self.homework_state, CourseState.HOMEWORK)


def course_lines(
    user: User,
    programme: Programme,
    *,
    enrolment: Enrolment | None = None,
    windows: dict[str, Window] | None = None,
    course: Course | None = None,
) -> list[CourseLine]:
    """The courses pushed to the person, chosen or already earned, required ones first.

    One statement, two queries more when ``enrolment`` and ``windows`` are not given.
    ``course`` keeps only this one.

    Source: R11, R16, R19.
    """
    enrolment = enrolment or enrolment_of(user, programme)
    if enrolment is None:
        return []
    windows = windows or study_windows(programme, enrolment.school)
    pack = rule_pack_of(programme)
    with connection.cursor() as cursor:
        cursor.execute(
            LINES,
            {
                "user": user.pk,
                "programme": programme.pk,
                "enrolment": enrolment.pk,
                "enrolled": enrolment.state == EnrolmentState.APPROVED,
                "stage": enrolment.stage,
                "subject": enrolment.subject,
                "parts": [part.key for part in pack.parts if part.category == Category.REQUIRED],
                "course": course.pk if course else None,
            },
        )
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    now = timezone.now()
    return [
        CourseLine(
            **row,
            window=windows[row["category"]],
            at=now,
            attempts_of_year=pack.test_attempts,
            pass_mark=pack.test_pass_mark,
        )
        for row in rows
    ]


def line_of(
    user: User, course: Course, programme: Programme, enrolment: Enrolment | None = None
) -> CourseLine | None:
    """The person's line of one course; None when the course is not the person's."""
    return next(iter(course_lines(user, programme, enrolment=enrolment, course=course)), None)
