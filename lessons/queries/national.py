"""Which national lessons a teacher is to study, and how far each has come (R8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Enrolment, Programme

LINES = """
    WITH pushed AS (
        SELECT id FROM lessons_nationallesson
         WHERE programme_id = %(programme)s AND stage = %(stage)s AND subject = %(subject)s
           AND withdrawn_at IS NULL
         ORDER BY position LIMIT %(offered)s
    )
    SELECT lesson.id, lesson.title, lesson.teacher_name, lesson.school_name, lesson.grade,
           lesson.edition, lesson.commentator, lesson.commentary_unit_id,
           video.unit_id, film.length_seconds, text.length_seconds AS reading_seconds,
           coalesce(seen.watched_seconds, 0) AS watched_seconds,
           coalesce(read.watched_seconds, 0) AS read_seconds,
           covered.covered_at IS NOT NULL AS is_watched,
           studied.covered_at IS NOT NULL AS is_read,
           study.sent_at, coalesce(study.reflection, '') <> '' AS is_begun,
           entry.class_hours AS earned_hours, entry.earned_at
      FROM lessons_nationallesson lesson
      LEFT JOIN lessons_nationalstudy study ON study.lesson_id = lesson.id
       AND study.user_id = %(user)s
      LEFT JOIN videos_video video ON video.id = lesson.video_id AND video.state = 'ready'
      LEFT JOIN videos_studyunit film ON film.id = video.unit_id
      LEFT JOIN videos_studyunit text ON text.id = lesson.commentary_unit_id
      LEFT JOIN videos_studyrecord seen ON seen.user_id = %(user)s AND seen.unit_id = film.id
      LEFT JOIN videos_studyrecord read ON read.user_id = %(user)s AND read.unit_id = text.id
      LEFT JOIN lessons_coveredunit covered ON covered.user_id = %(user)s
       AND covered.unit_id = film.id
      LEFT JOIN lessons_coveredunit studied ON studied.user_id = %(user)s
       AND studied.unit_id = text.id
      LEFT JOIN credits_ledgerentry entry ON entry.programme_id = %(programme)s
       AND entry.user_id = %(user)s AND entry.source = 'lessons.national:' || lesson.id
       AND NOT EXISTS (SELECT 1 FROM credits_ledgerentry back WHERE back.reverses_id = entry.id)
     WHERE lesson.programme_id = %(programme)s
       AND (lesson.id IN (SELECT id FROM pushed) OR study.id IS NOT NULL)
     ORDER BY lesson.position, lesson.id
"""
"""Those pushed to the stage and subject, and those the person has begun under another one."""


@dataclass(frozen=True)
class NationalLine:
    """One national lesson as one teacher has it. Units: seconds; class hours."""

    id: int
    title: str
    teacher_name: str
    school_name: str
    grade: str
    edition: str
    commentator: str
    commentary_unit_id: int | None
    unit_id: int | None
    length_seconds: int | None
    reading_seconds: int | None
    watched_seconds: int
    read_seconds: int
    is_watched: bool
    is_read: bool
    sent_at: datetime | None
    is_begun: bool
    earned_hours: Decimal | None
    earned_at: datetime | None

    @property
    def is_ready(self) -> bool:
        """Whether the recording can be played."""
        return self.unit_id is not None

    @property
    def is_finished(self) -> bool:
        return self.is_watched and self.is_read and self.sent_at is not None

    @property
    def step(self) -> str:
        """What is to be done next: "wait", "watch", "read", "write" or "done"."""
        if not self.is_watched:
            return "watch" if self.is_ready else "wait"
        if not self.is_read:
            return "read"
        return "done" if self.sent_at else "write"

    @property
    def sentence(self) -> str:
        """Why the hours are not there yet, in one sentence."""
        return {
            "wait": _("The recording is being prepared; it appears here by itself."),
            "watch": _("Watch the recording: %(done)s of %(length)s minutes so far.")
            % {"done": self.watched_seconds // 60, "length": -(-(self.length_seconds or 0) // 60)},
            "read": _("Watched. Read the expert's commentary next."),
            "write": _("Watched and read. Write what you take from it."),
            "done": _("Watched, read and reflected on."),
        }[self.step]


def national_lines(user: User, enrolment: Enrolment, programme: Programme) -> list[NationalLine]:
    """The national lessons of one teacher with where each stands. One query.

    Source: R8, R11.
    """
    values: dict[str, Any] = {
        "user": user.pk,
        "programme": programme.pk,
        "stage": enrolment.stage,
        "subject": enrolment.subject,
        "offered": rule_pack_of(programme).national_lessons.offered,
    }
    with connection.cursor() as cursor:
        cursor.execute(LINES, values)
        names = [column.name for column in cursor.description]
        return [NationalLine(**dict(zip(names, row, strict=True))) for row in cursor]
