"""Which places of the curriculum have an outstanding lesson and which have none (A17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from lessons.models import CurriculumNode
    from programmes.models import Programme

# Open lesson nodes, with the number of outstanding lessons that stand at each. Barred and
# withdrawn ones count nowhere.
LEAVES = """
SELECT leaf.id, leaf.stage, leaf.subject, leaf.path, coalesce(held.lessons, 0) AS lessons
  FROM lessons_curriculumnode leaf
  LEFT JOIN (SELECT l.node_id, count(DISTINCT l.id) AS lessons
               FROM lessons_outstandinglesson o
               JOIN lessons_lesson l ON l.id = o.lesson_id
              WHERE o.withdrawn_at IS NULL AND l.barred_at IS NULL AND l.node_id IS NOT NULL
                AND (%(programme)s::bigint IS NULL OR o.programme_id = %(programme)s)
              GROUP BY l.node_id) held ON held.node_id = leaf.id
 WHERE leaf.kind = 'lesson' AND leaf.is_open
"""
SUBJECTS = f"""
SELECT stage, subject, count(*), count(*) FILTER (WHERE lessons > 0), sum(lessons)
  FROM ({LEAVES}) leaf GROUP BY stage, subject"""  # noqa: S608 - own text
BELOW = f"""
SELECT child.id, child.title, child.kind, count(leaf.id),
       count(leaf.id) FILTER (WHERE leaf.lessons > 0), coalesce(sum(leaf.lessons), 0)
  FROM lessons_curriculumnode child
  JOIN ({LEAVES} AND leaf.stage = %(stage)s AND leaf.subject = %(subject)s
          AND leaf.path LIKE %(below)s) leaf
    ON split_part(leaf.path, '/', %(depth)s)::bigint = child.id
 WHERE child.parent_id IS NOT DISTINCT FROM %(parent)s
 GROUP BY child.id ORDER BY child.position, child.id"""  # noqa: S608 - own text


@dataclass(frozen=True)
class Coverage:
    """How many lessons of one part of the curriculum have an outstanding lesson.

    ``key`` is a node, or "stage:subject" at the top. Units: lessons of the table of contents;
    ``outstanding`` counts recorded lessons.
    """

    key: Any
    title: str
    kind: str
    total: int
    covered: int
    outstanding: int

    @property
    def open(self) -> int:
        return self.total - self.covered


def coverage_of_subjects(programme: Programme | None = None) -> list[Coverage]:
    """Every stage and subject with a table of contents: one grouped statement.

    ``programme``: only lessons that were outstanding in that year; None, in any.
    """
    with connection.cursor() as cursor:
        cursor.execute(SUBJECTS, {"programme": programme.pk if programme else None})
        return [
            Coverage((stage, subject), "", "", total, covered, int(outstanding))
            for stage, subject, total, covered, outstanding in cursor.fetchall()
        ]


def coverage_below(
    stage: str,
    subject: str,
    node: CurriculumNode | None = None,
    programme: Programme | None = None,
) -> list[Coverage]:
    """The parts right below ``node``, or the grades of the subject: one grouped statement."""
    path = node.path if node else ""
    values: dict[str, int | str | None] = {
        "programme": programme.pk if programme else None,
        "stage": stage,
        "subject": subject,
        "parent": node.pk if node else None,
        "below": f"{path}%",
        "depth": path.count("/") + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(BELOW, values)
        return [
            Coverage(key, title, kind, total, covered, int(outstanding))
            for key, title, kind, total, covered, outstanding in cursor.fetchall()
        ]
