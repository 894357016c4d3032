"""One place of the curriculum with what lies below it."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lessons.models import CurriculumNode, Lesson


def children_with_counts(
    node: CurriculumNode | None, stage: str, subject: str
) -> QuerySet[CurriculumNode]:
    """The nodes right below ``node``, with ``parts`` below each and whether lessons stand there.

    One query; ``held`` says whether any recorded lesson stands at or below the node.
    """
    place = Q(parent=node) if node else Q(parent=None, stage=stage, subject=subject)
    below = Lesson.objects.filter(node__path__startswith=OuterRef("path"))
    return (
        CurriculumNode.objects.filter(place)
        .annotate(parts=Count("children"), held=Exists(below))
        .order_by("position", "pk")
    )
