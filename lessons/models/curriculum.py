from __future__ import annotations

from django.db import models
from django.db.models import Q

from lessons.enums import NodeKind
from programmes.enums import Stage


class CurriculumNode(models.Model):
    """A place in the table of contents of a textbook: grade, edition, volume, unit or lesson.

    Stage and subject stand on every node, so a lesson's place answers both. ``path`` is the
    chain of keys from the grade ("3/17/40/"): a subtree is a prefix; the domain writes it.
    A node that is no longer taught is closed, never deleted: lessons keep their place.
    """

    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    kind = models.CharField(max_length=8, choices=NodeKind)
    title = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=1)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="curriculum_title_once_below_parent",
                fields=["parent", "title"],
            ),
            models.UniqueConstraint(
                name="curriculum_grade_once",
                fields=["stage", "subject", "title"],
                condition=Q(parent=None),
            ),
            models.CheckConstraint(
                name="curriculum_only_grades_are_roots",
                condition=Q(kind=NodeKind.GRADE, parent=None)
                | (~Q(kind=NodeKind.GRADE) & Q(parent__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["path"], name="curriculum_path", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["stage", "subject", "kind"], name="curriculum_stage_subject"),
        ]

    def __str__(self):
        return self.title
