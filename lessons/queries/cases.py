"""The lessons that the draw gave a teacher, and how far each review has come (R9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from lessons.enums import Rung
from lessons.queries.anonymity import hides_authors, veiled
from programmes.models import Programme

LINES = """
    SELECT assignment.id, assignment.position, assignment.rung, assignment.lesson_id,
           lesson.title, array_remove(array_cat(ARRAY[teacher.real_name, school.name], ARRAY(
               SELECT person.real_name FROM lessons_lessonmember member
                 JOIN accounts_user person ON person.id = member.user_id
                WHERE member.lesson_id = lesson.id)), '') AS names,
           outstanding.grade, outstanding.edition, city.name AS city,
           newest.recording_id, newest.unit_id, unit.length_seconds,
           coalesce(record.watched_seconds, 0) AS watched_seconds,
           covered.covered_at IS NOT NULL AS is_covered,
           review.id IS NOT NULL AS is_begun, review.sent_at,
           entry.class_hours AS earned_hours, entry.earned_at
      FROM lessons_draw draw
      JOIN lessons_caseassignment assignment ON assignment.draw_id = draw.id
       AND assignment.user_id = %(user)s AND assignment.replaced_at IS NULL
      JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
      JOIN lessons_lesson lesson ON lesson.id = outstanding.lesson_id
      JOIN accounts_user teacher ON teacher.id = lesson.teacher_id
      JOIN organisations_organisation school ON school.id = lesson.school_id
      JOIN organisations_organisation city ON city.id = outstanding.city_id
      LEFT JOIN lessons_review review ON review.assignment_id = assignment.id
      LEFT JOIN LATERAL (
           SELECT recording.id AS recording_id, video.unit_id
             FROM lessons_lessonrecording recording
             JOIN videos_video video ON video.id = recording.video_id AND video.state = 'ready'
            WHERE recording.lesson_id = lesson.id
              AND (review.id IS NULL OR recording.id = review.recording_id)
            ORDER BY recording.number DESC LIMIT 1) newest ON true
      LEFT JOIN videos_studyunit unit ON unit.id = newest.unit_id
      LEFT JOIN videos_studyrecord record ON record.user_id = %(user)s AND record.unit_id = unit.id
      LEFT JOIN lessons_coveredunit covered ON covered.user_id = %(user)s
       AND covered.unit_id = unit.id
      LEFT JOIN credits_ledgerentry entry ON entry.programme_id = draw.programme_id
       AND entry.user_id = %(user)s AND entry.source = 'lessons.case:' || assignment.lesson_id
       AND NOT EXISTS (SELECT 1 FROM credits_ledgerentry back WHERE back.reverses_id = entry.id)
     WHERE draw.programme_id = %(programme)s
     ORDER BY assignment.position
"""
"""The review keeps the recording with which it was begun; before that, the newest counts."""


@dataclass(frozen=True)
class CaseLine:
    """One drawn lesson as one teacher has it; ``names`` are those that may have to be hidden.

    Units: seconds; class hours.
    """

    id: int
    position: int
    rung: str
    lesson_id: int
    title: str
    names: list[str]
    grade: str
    edition: str
    city: str
    recording_id: int | None
    unit_id: int | None
    length_seconds: int | None
    watched_seconds: int
    is_covered: bool
    is_begun: bool
    sent_at: datetime | None
    earned_hours: Decimal | None
    earned_at: datetime | None

    @property
    def rung_title(self) -> str:
        """From which pool the lesson came, in words (A4)."""
        return str(Rung(self.rung).label)

    @property
    def is_finished(self) -> bool:
        return self.is_covered and self.sent_at is not None

    @property
    def step(self) -> str:
        """What is to be done next: "wait", "watch", "review" or "done"."""
        if not self.is_covered:
            return "watch" if self.unit_id else "wait"
        return "done" if self.sent_at else "review"

    @property
    def sentence(self) -> str:
        """Why the hours are not there yet, in one sentence."""
        minutes = {
            "done": self.watched_seconds // 60,
            "length": -(-(self.length_seconds or 0) // 60),
        }
        if self.step == "watch" and self.sent_at:
            return _("Reviewed; watched so far: %(done)s of %(length)s minutes.") % minutes
        return {
            "wait": _("The recording is being prepared; it appears here by itself."),
            "watch": _("Watch and review: %(done)s of %(length)s minutes watched so far.")
            % minutes,
            "review": _("Watched. Finish and send your review."),
            "done": _("Watched and reviewed."),
        }[self.step]


def case_lines(user: User, programme: Programme) -> list[CaseLine]:
    """The drawn lessons of one teacher with where each stands, named as the year allows. One query.

    Source: R9.
    """
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"user": user.pk, "programme": programme.pk})
        names = [column.name for column in cursor.description]
        lines = [CaseLine(**dict(zip(names, row, strict=True))) for row in cursor]
    if not hides_authors(programme):
        return lines
    return [replace(line, title=veiled(line.title, line.names)) for line in lines]
