from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from lessons.enums import ObservationMode
from lessons.models.lesson import DESK_READERS, Lesson
from organisations.models import Organisation

if TYPE_CHECKING:
    from accounts.models import User


class ResearchLessonQuerySet(models.QuerySet["ResearchLesson"]):
    def visible_to(self, user: User) -> ResearchLessonQuerySet:
        """One's own, those one observed, and those of the schools in one's scope."""
        observed = Q(pk__in=Observer.objects.filter(user=user).values("research"))
        return self.filter(Q(teacher=user) | observed | user.scope("school", *DESK_READERS))


class ResearchLesson(models.Model):
    """A research lesson that a teacher gave in a school year, with who observed it (R4).

    ``school_year`` is the year in which it began: 2016 for 2016-2017. Tracked, not a gate,
    unless the rule pack says so (A2).
    """

    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="research_lessons"
    )
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="research_lessons")
    school_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    class_name = models.CharField(max_length=40)
    held_on = models.DateField()
    period = models.PositiveSmallIntegerField()
    lesson = models.ForeignKey(Lesson, models.SET_NULL, null=True, related_name="research")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    objects = ResearchLessonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="research_lesson_once", fields=["teacher", "held_on", "period"]
            ),
            models.CheckConstraint(
                name="research_lesson_in_a_school_day", condition=Q(period__range=(1, 12))
            ),
        ]
        indexes = [models.Index(fields=["school", "school_year"], name="research_school_year")]

    def __str__(self):
        return self.title


class Observer(models.Model):
    """Somebody who was present at a research lesson, in the classroom or online."""

    research = models.ForeignKey(ResearchLesson, models.CASCADE, related_name="observers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations")
    mode = models.CharField(max_length=8, choices=ObservationMode)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="observer_once", fields=["research", "user"])]

    def __str__(self):
        return f"{self.research_id} {self.user_id}"
