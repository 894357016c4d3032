"""The lists of lessons and of the curriculum, to Excel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.domain.curriculum_kind import COLUMNS as CURRICULUM_COLUMNS
from bureau.domain.curriculum_kind import state_choices
from bureau.domain.export_kinds import BATCH, ExportKind, Report, labels, register_export
from bureau.models import ExportFile
from lessons.enums import Curriculum, LessonState
from lessons.models import Lesson
from lessons.queries.place import places

CURRICULUM_ROWS = """
    SELECT g.stage, g.subject, g.title, e.title, v.title, u.title, l.title, l.is_open
      FROM lessons_curriculumnode g
      JOIN lessons_curriculumnode e ON e.parent_id = g.id
      JOIN lessons_curriculumnode v ON v.parent_id = e.id
      JOIN lessons_curriculumnode u ON u.parent_id = v.id
      JOIN lessons_curriculumnode l ON l.parent_id = u.id
     WHERE g.parent_id IS NULL
     ORDER BY g.stage, g.subject, g.position, g.id, e.position, e.id, v.position, v.id,
              u.position, u.id, l.position, l.id"""
WIDTHS = [14, 28, 12, 12, 16, 30, 14, 30, 14, 8, 18, 16, 12, 14]


def curriculum_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """The columns of the import, so that the file can come back and changes nothing."""
    words = labels(export.programme)
    states = {choice.key: choice.label for choice in state_choices()}
    with connection.chunked_cursor() as cursor:
        cursor.execute(CURRICULUM_ROWS)
        done = 0
        while rows := cursor.fetchmany(BATCH):
            for stage, subject, *titles, is_open in rows:
                yield [
                    *titles,
                    words["stage"].get(stage, stage),
                    words["subject"].get((stage, subject), subject),
                    states["open" if is_open else "closed"],
                ]
            done += len(rows)
            report(done, done, "writing the result")


def lesson_headers(_export: ExportFile) -> list[str]:
    return [
        _("School code"),
        _("School"),
        _("Teacher"),
        _("Stage"),
        _("Subject"),
        _("Title"),
        _("Kind of curriculum"),
        _("Place in the textbook"),
        _("Class"),
        _("Period of the day"),
        _("Given on"),
        _("State"),
        _("Minutes of the recording"),
        _("Saved on"),
    ]


def lesson_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """The lessons of the schools below that the requester may see, drafts only where one may."""
    lessons = (
        Lesson.objects.filter(programme=export.programme, school__path__startswith=export.path)
        .at_desk(export.requested_by)
        .select_related("school", "teacher", "node")
        .prefetch_related("recordings__video")
        .order_by("school__code", "pk")
    )
    words = labels(export.programme)
    total, done, batch = lessons.count(), 0, []
    for lesson in lessons.iterator(chunk_size=BATCH):
        batch.append(lesson)
        if len(batch) == BATCH:
            yield from _lines(batch, words)
            done, batch = done + BATCH, []
            report(done, max(total, done), "writing the result")
    yield from _lines(batch, words)


def _lines(lessons: list[Lesson], words: dict[str, dict]) -> Iterator[list[Any]]:
    ways = places([lesson.node for lesson in lessons if lesson.node])
    states, curricula = dict(LessonState.choices), dict(Curriculum.choices)
    for lesson in lessons:
        newest = next(iter(lesson.recordings.all()), None)
        seconds = newest.video.duration_seconds if newest else None
        yield [
            lesson.school.code,
            lesson.school.name,
            lesson.teacher.real_name,
            words["stage"].get(lesson.stage, lesson.stage),
            words["subject"].get((lesson.stage, lesson.subject), lesson.subject),
            lesson.title,
            str(curricula[lesson.curriculum]),
            " › ".join(ways.get(lesson.node_id, [])),
            lesson.class_name,
            lesson.period or "",
            lesson.taught_on.isoformat() if lesson.taught_on else "",
            _("barred") if lesson.barred_at else str(states[lesson.state]),
            round(seconds / 60, 1) if seconds else "",
            lesson.saved_at.date().isoformat(),
        ]


CURRICULUM = register_export(
    ExportKind(
        key="curriculum",
        title=gettext_lazy("Tables of contents"),
        help=gettext_lazy("The textbooks' lessons in the columns of the import."),
        headers=lambda export: [column.header for column in CURRICULUM_COLUMNS],
        widths=[column.width for column in CURRICULUM_COLUMNS],
        rows=curriculum_rows,
    )
)
LESSONS = register_export(
    ExportKind(
        key="lessons",
        title=gettext_lazy("Lessons of the schools"),
        help=gettext_lazy("Every lesson with its teacher, place, day and state."),
        headers=lesson_headers,
        widths=WIDTHS,
        rows=lesson_rows,
    )
)
