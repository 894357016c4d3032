"""Lessons that may be put into the pool, with the verdict on each."""

from __future__ import annotations

from django.db.models import BooleanField, CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from lessons.enums import Curriculum, LessonState
from lessons.models import Lesson, OutstandingLesson
from lessons.queries.draw_sql import verdict_on
from organisations.models import Organisation
from programmes.models import Programme
from videos.enums import VideoState


def pushable(
    programme: Programme, city: Organisation, *, wanted: str = "", text: str = ""
) -> QuerySet[Lesson]:
    """The lessons that the city's schools have chosen, with ``pushed`` and ``verdict``.

    ``wanted`` is a pair "primary:chinese", ``text`` a part of title or teacher's name.
    """
    chosen = Lesson.objects.filter(
        programme=programme, school__path__startswith=city.path, state=LessonState.CHOSEN
    )
    standing = OutstandingLesson.objects.filter(
        programme=programme, lesson=OuterRef("pk"), nominated=False
    )
    marked = chosen.annotate(
        verdict=RawSQL(verdict_on("lessons_lesson"), (), CharField()),  # noqa: S611 - a constant
        pushed=Exists(standing.filter(withdrawn_at=None), output_field=BooleanField()),
        withdrawn=Exists(standing.exclude(withdrawn_at=None), output_field=BooleanField()),
    )
    return _narrowed(marked, wanted, text).select_related("teacher", "school", "node")


def nominable(
    programme: Programme, stage: str, subject: str, *, wanted: str = "", text: str = ""
) -> QuerySet[Lesson]:
    """Fit lessons of any stage, subject and year that are not in the group's pool yet."""
    there = OutstandingLesson.objects.filter(
        programme=programme, stage=stage, subject=subject, lesson=OuterRef("pk")
    )
    fit = Lesson.objects.filter(
        state=LessonState.CHOSEN,
        curriculum=Curriculum.NATIONAL,
        barred_at=None,
        node__isnull=False,
        recordings__video__state=VideoState.READY,
    ).exclude(Exists(there))
    return _narrowed(fit.distinct(), wanted, text).select_related("teacher", "school", "programme")


def _narrowed(lessons: QuerySet[Lesson], wanted: str, text: str) -> QuerySet[Lesson]:
    stage, _colon, subject = wanted.partition(":")
    if subject:
        lessons = lessons.filter(stage=stage, subject=subject)
    if text:
        lessons = lessons.filter(Q(title__icontains=text) | Q(teacher__real_name__icontains=text))
    return lessons.order_by("stage", "subject", "pk")
