"""National lessons and the cities' pushed lessons, to Excel, in the columns of their imports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from bureau import policy
from bureau.domain.export_kinds import BATCH, ExportKind, Report, labels, register_export
from bureau.domain.national_kind import COLUMNS as NATIONAL_COLUMNS
from bureau.domain.push_kind import COLUMNS as PUSH_COLUMNS
from bureau.models import ExportFile
from lessons.models import NationalLesson, OutstandingLesson
from organisations.enums import Level
from organisations.models import Organisation


def _whole(text: str) -> str:
    """The text as the import reads it again; one that no cell can hold stays out."""
    text = text.replace("\r\n", "\n")
    return text if len(text) <= policy.MAX_EXCEL_CHARACTERS else ""


def is_office(user: User, organisation: Organisation) -> bool:
    """The province's project officers and administrators."""
    return organisation.level == Level.PROVINCE and user.serves(policy.OFFICERS, organisation)


def is_above_schools(user: User, organisation: Organisation) -> bool:
    """Officers of a city or the province."""
    return organisation.level < Level.COUNTY and user.serves(policy.OFFICERS, organisation)


def national_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """What the year offers, in its order; what was withdrawn stays out."""
    words = labels(export.programme)
    lessons = (
        NationalLesson.objects.filter(programme=export.programme, withdrawn_at=None)
        .select_related("video")
        .order_by("stage", "subject", "position")
    )
    total = lessons.count()
    for done, lesson in enumerate(lessons.iterator(chunk_size=BATCH), start=1):
        if done % policy.PROGRESS_EVERY == 0:
            report(done, max(total, done), "writing the result")
        yield [
            lesson.title,
            lesson.teacher_name,
            words["stage"].get(lesson.stage, lesson.stage),
            words["subject"].get((lesson.stage, lesson.subject), lesson.subject),
            lesson.school_name,
            lesson.grade,
            lesson.edition,
            lesson.commentator,
            _whole(lesson.commentary),
            lesson.video.sha256 if lesson.video else "",
        ]


def pushed_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """What the cities below pushed and did not take back."""
    pushed = (
        OutstandingLesson.objects.filter(
            programme=export.programme,
            city__path__startswith=export.path,
            nominated=False,
            withdrawn_at=None,
        )
        .select_related("lesson__teacher", "lesson__school")
        .order_by("city__code", "stage", "subject", "pk")
    )
    total = pushed.count()
    for done, standing in enumerate(pushed.iterator(chunk_size=BATCH), start=1):
        if done % policy.PROGRESS_EVERY == 0:
            report(done, max(total, done), "writing the result")
        lesson = standing.lesson
        yield [
            lesson.title,
            lesson.teacher.real_name,
            lesson.school.code,
            lesson.teacher.username,
            standing.commentator,
            _whole(standing.commentary),
        ]


NATIONAL_LESSONS = register_export(
    ExportKind(
        key="national_lessons",
        title=gettext_lazy("National lessons"),
        help=gettext_lazy("What the year offers, in the columns of the import."),
        headers=lambda export: [column.header for column in NATIONAL_COLUMNS],
        widths=[column.width for column in NATIONAL_COLUMNS],
        rows=national_rows,
        allows=is_office,
    )
)
PUSHED_LESSONS = register_export(
    ExportKind(
        key="pushed_lessons",
        title=gettext_lazy("The city's lessons for the province"),
        help=gettext_lazy("What was pushed, in the columns of the import."),
        headers=lambda export: [column.header for column in PUSH_COLUMNS],
        widths=[column.width for column in PUSH_COLUMNS],
        rows=pushed_rows,
        allows=is_above_schools,
    )
)
