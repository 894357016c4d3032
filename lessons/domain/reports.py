"""Real-name reports that a lesson breaks R56, and what an upheld one means at every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from core.domain.audit import record_act, record_acts
from lessons.domain.audience import close_audience
from lessons.domain.releases import close_release
from lessons.enums import ReportKind, ReportState
from lessons.errors import (
    OwnReport,
    ReportDoubled,
    ReportOfOwnLesson,
    ReportRuled,
    ReportSaysNothing,
    WhyMissing,
)
from lessons.models import Lesson, LessonReport, OutstandingLesson
from lessons.policy import SHORTEST_REASON, SHORTEST_REPORT
from lessons.queries.anonymity import hidden_from, veiled
from lessons.queries.people import officers_over, principals_of
from lessons.signals import lesson_barred
from notifications.domain.notify import notify
from organisations.models import Organisation
from organisations.queries import ancestors

if TYPE_CHECKING:
    from accounts.models import User

BARRED = gettext_noop("A report about the lesson was upheld.")


def file_report(
    lesson: Lesson, *, kind: str, text: str, by: User, second: int | None = None
) -> LessonReport:
    """Report under one's own name that the lesson breaks R56; the levels above are told.

    Units: ``second`` of the recording at which it shows.
    Raises: ReportSaysNothing; ReportOfOwnLesson; ReportDoubled while an earlier one waits.
    Source: R56.
    """
    if len(text.strip()) < SHORTEST_REPORT:
        raise ReportSaysNothing(needed=SHORTEST_REPORT)
    if lesson.teacher_id == by.pk:
        raise ReportOfOwnLesson
    try:
        with transaction.atomic():
            report = LessonReport.objects.create(
                lesson=lesson,
                reporter=by,
                kind=ReportKind(kind),
                second=second,
                text=text.strip(),
            )
            record_act("report.file", report, by=by, to_state=report.kind)
    except IntegrityError as twice:
        raise ReportDoubled from twice
    notify(
        officers_over(lesson.school),
        "lessons.report_filed",
        {"title": lesson.title, "school": lesson.school.name},
        reverse("lessons:report", args=[report.pk]),
        key=f"lessons.report:{report.pk}",
    )
    return report


@transaction.atomic
def rule_on_report(report: LessonReport, *, upheld: bool, ruling: str, by: User) -> LessonReport:
    """Uphold or dismiss a report, with the reason. An upheld one bars the lesson everywhere.

    The reporter is told either way; nobody else learns who reported.

    Raises: WhyMissing; ReportRuled when somebody was first; OwnReport.
    Source: R56.
    """
    ruling = ruling.strip()
    if len(ruling) < SHORTEST_REASON:
        raise WhyMissing
    held = Lesson.objects.select_for_update(no_key=True, of=("self",))
    lesson = held.select_related("school").get(pk=report.lesson_id)
    report = LessonReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    if report.state != ReportState.FILED:
        raise ReportRuled
    if by.pk in (report.reporter_id, lesson.teacher_id):
        raise OwnReport
    report.state = ReportState.UPHELD if upheld else ReportState.DISMISSED
    report.ruled_by, report.ruled_at, report.ruling = by, timezone.now(), ruling
    report.save(update_fields=["state", "ruled_by", "ruled_at", "ruling"])
    states = {"from_state": ReportState.FILED, "to_state": report.state}
    record_act("report.rule", report, by=by, why=ruling, **states)
    if upheld:
        bar_lesson(lesson, by=by, why=ruling)
    _tell_reporter(report, lesson)
    return report


def bar_lesson(lesson: Lesson, *, by: User, why: str) -> None:
    """From now on the lesson counts at no level. Safe to repeat. The row must be locked.

    Its audience and public release end, it leaves the pools, and the ruling is noted at the
    school and at each unit above, which are told.
    """
    if lesson.barred_at:
        return
    lesson.barred_at = timezone.now()
    lesson.save(update_fields=["barred_at"])
    record_act("lesson.barred", lesson, by=by, from_state=lesson.state, why=why)
    close_audience(lesson, by=by)
    close_release(lesson, by=by, why=why)
    pool = OutstandingLesson.objects.filter(lesson=lesson, withdrawn_at=None)
    left = list(pool.values_list("pk", flat=True))
    pool.filter(pk__in=left).update(withdrawn_at=lesson.barred_at, why_withdrawn=BARRED)
    record_acts("outstanding.withdraw", OutstandingLesson, left, by=by, why=why)
    _spread(lesson, by=by, why=why)
    lesson_barred.send(Lesson, lesson=lesson)


def _spread(lesson: Lesson, *, by: User, why: str) -> None:
    """The school and every unit above bear it in their records, and their people are told."""
    units = [unit.pk for unit in ancestors(lesson.school, itself=True)]
    if lesson.school.acting_county_id:
        units.append(lesson.school.acting_county_id)
    record_acts("lesson.barred_below", Organisation, units, by=by, to_state=str(lesson.pk), why=why)
    told = {lesson.teacher_id, *principals_of(lesson.school), *officers_over(lesson.school)}
    notify(
        told - {by.pk},
        "lessons.barred",
        {"title": lesson.title, "school": lesson.school.name, "why": why},
        reverse("lessons:lesson", args=[lesson.pk]),
        urgent=True,
        key=f"lessons.barred:{lesson.pk}",
    )


def _tell_reporter(report: LessonReport, lesson: Lesson) -> None:
    """A reviewer by the draw does not learn from the ruling whose lesson it was."""
    names = hidden_from(report.reporter, lesson)
    notify(
        [report.reporter_id],
        f"lessons.report_{report.state}",
        {"title": veiled(lesson.title, names), "why": veiled(report.ruling, names)},
        reverse("lessons:catalogue"),
        key=f"lessons.report:{report.pk}:{report.state}",
    )
