"""The lists of lessons: the teacher's own, the desk of a school and above, the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, Prefetch, Q, QuerySet

from lessons.models import Lesson, LessonRecording, Material

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme

SORTS = {
    "title": "title",
    "teacher": "teacher__real_name",
    "school": "school__name",
    "day": "taught_on",
    "state": "state",
    "saved": "saved_at",
}


def with_parts(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    """Adds what a line says of a lesson: people, place, newest recording, present materials."""
    newest = LessonRecording.objects.select_related("video").order_by("lesson_id", "-number")
    present = Material.objects.filter(replaced_at=None).only("lesson_id", "kind")
    return lessons.select_related("teacher", "school", "node").prefetch_related(
        Prefetch("recordings", newest.distinct("lesson_id"), to_attr="newest"),
        Prefetch("materials", present, to_attr="present"),
    )


def own_lessons(user: User, programme: Programme) -> QuerySet[Lesson]:
    """Those that the user gave or helped with, the youngest first."""
    mine = Q(teacher=user) | Q(pk__in=Lesson.objects.filter(members__user=user).values("pk"))
    return with_parts(Lesson.objects.filter(mine, programme=programme)).order_by("-pk")


def desk_lessons(user: User, programme: Programme, wanted: dict[str, str]) -> QuerySet[Lesson]:
    """Those that the user's offices cover, filtered as ``wanted`` says."""
    lessons = Lesson.objects.filter(programme=programme).at_desk(user)
    exact = {name: wanted[name] for name in ("stage", "subject", "curriculum") if wanted[name]}
    lessons = lessons.filter(**exact)
    if wanted["unit"]:
        lessons = lessons.filter(school__path__startswith=wanted["unit"])
    if wanted["q"]:
        lessons = lessons.filter(
            Q(teacher__real_name__startswith=wanted["q"]) | Q(title__icontains=wanted["q"])
        )
    return lessons


def counts_by_state(lessons: QuerySet[Lesson]) -> dict[str, int]:
    """How many there are of each state, in one grouped statement."""
    return dict(lessons.order_by().values_list("state").annotate(Count("pk")))


def sorted_by(lessons: QuerySet[Lesson], sort: str) -> QuerySet[Lesson]:
    """In the order that the address asks for; the last saved first where it asks for none."""
    field = SORTS.get(sort.lstrip("-"), "")
    if not field:
        return lessons.order_by("-saved_at", "-pk")
    backwards = sort.startswith("-")
    order = F(field).desc(nulls_last=True) if backwards else F(field).asc(nulls_last=True)
    return lessons.order_by(order, "-pk")
