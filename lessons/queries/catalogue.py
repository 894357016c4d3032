"""The catalogue: what the reader may watch, page by page without a count."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from lessons.models import CurriculumNode, Lesson, LessonRecording
from lessons.models.lesson import UNSEEN_STATES, released

KINDS = ("outstanding", "school", "public")


def catalogue(user: Any, wanted: dict[str, str]) -> QuerySet[Lesson]:
    """Lessons with a recording that the user may watch, the youngest first.

    ``wanted``: stage, subject, node (a key), kind (one of ``KINDS``), q (in title or teacher).
    """
    lessons = Lesson.objects.exclude(state__in=UNSEEN_STATES).filter(barred_at=None)
    exact = {name: wanted[name] for name in ("stage", "subject") if wanted[name]}
    lessons = lessons.filter(recordings__number=1, **exact)
    if wanted["node"]:
        node = CurriculumNode.objects.filter(pk=wanted["node"]).first()
        lessons = lessons.filter(node__path__startswith=node.path if node else "-")
    if wanted["q"]:
        lessons = lessons.filter(
            Q(title__icontains=wanted["q"]) | Q(teacher__real_name__startswith=wanted["q"])
        )
    lessons = lessons.visible_to(user)
    return _of_kind(lessons, user, wanted["kind"]).order_by("-pk")


def _of_kind(lessons: QuerySet[Lesson], user: Any, kind: str) -> QuerySet[Lesson]:
    if kind == "outstanding":
        standing = Lesson.objects.filter(outstanding__withdrawn_at=None).exclude(outstanding=None)
        return lessons.filter(pk__in=standing.values("pk"))
    if kind == "school":
        return lessons.filter(school=user.school_id) if user.is_authenticated else lessons.none()
    if kind == "public":
        return lessons.filter(released())
    return lessons


def with_pictures(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    """Adds what a card shows: people, place, the newest recording with its files."""
    newest = (
        LessonRecording.objects.select_related("video")
        .prefetch_related("video__renditions")
        .order_by("lesson_id", "-number")
        .distinct("lesson_id")
    )
    related = lessons.select_related("teacher", "school", "node")
    return related.prefetch_related(Prefetch("recordings", newest, to_attr="newest"))
