"""The steps of a course as one person sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.models import Course
from videos.enums import UnitKind

STEPS = """
    SELECT module.id, module.title, module.position, unit.kind, unit.length_seconds,
           least(coalesce(record.watched_seconds, 0), unit.length_seconds) AS watched_seconds,
           done.id IS NOT NULL AS covered
      FROM courses_module module
      JOIN videos_studyunit unit ON unit.id = module.unit_id
      LEFT JOIN videos_studyrecord record
        ON record.unit_id = unit.id AND record.user_id = %(user)s
      LEFT JOIN courses_modulecompletion done
        ON done.module_id = module.id AND done.user_id = %(user)s
     WHERE module.course_id = %(course)s AND module.is_open
     ORDER BY module.position, module.id
"""


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module with what the person studied of it. Units: seconds."""

    id: int
    title: str
    position: int
    kind: str
    length_seconds: int
    watched_seconds: int
    covered: bool

    @property
    def minutes(self) -> int:
        """The study time in whole minutes, at least one."""
        return max(1, round(self.length_seconds / 60))

    @property
    def percent(self) -> int:
        return 100 if self.covered else self.watched_seconds * 100 // self.length_seconds

    # Said here and not in the template: a list of fifty modules is shown on every study page.
    @property
    def length_text(self) -> str:
        """12 minutes."""
        count = ngettext("%(minutes)s minute", "%(minutes)s minutes", self.minutes)
        return count % {"minutes": self.minutes}

    @property
    def about_text(self) -> str:
        """Video · 12 minutes."""
        kind = _("video") if self.kind == UnitKind.VIDEO else _("text")
        return f"{kind} · {self.length_text}"

    @property
    def state_text(self) -> str:
        """Studied, how far, or not started."""
        if self.covered:
            return _("studied")
        return f"{self.percent}%" if self.watched_seconds else _("not started")


def module_lines(course: Course, user: User | None) -> list[ModuleLine]:
    """The open modules of the course in their order, with the user's seconds. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STEPS, {"course": course.pk, "user": user.pk if user else None})
        return [ModuleLine(*row) for row in cursor]


def study_minutes(lines: list[ModuleLine]) -> int:
    """How long all modules take together. Units: minutes."""
    return round(sum(line.length_seconds for line in lines) / 60)
