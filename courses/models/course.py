from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programmes.enums import Category, Stage
from videos.models import StudyUnit

if TYPE_CHECKING:
    from collections.abc import Iterable


class CourseQuerySet(models.QuerySet["Course"]):
    def open(self) -> CourseQuerySet:
        """Those that are on offer: published and not withdrawn."""
        return self.filter(is_open=True)

    def meant_for(self, stage: str, subject: str) -> CourseQuerySet:
        """Those for teachers of ``stage`` and ``subject``; an empty list means everybody."""
        return self.filter(
            Q(stages=[]) | Q(stages__contains=[stage]),
            Q(subjects=[]) | Q(subjects__contains=[subject]),
        )

    def required(self, parts: Iterable[str]) -> CourseQuerySet:
        """Those that fill one of the rule pack's required ``parts``."""
        return self.filter(category=Category.REQUIRED, part__in=list(parts))

    def elective(self, topics: Iterable[str]) -> CourseQuerySet:
        """Those of one of the ``topics``."""
        return self.filter(category=Category.ELECTIVE, topic__in=list(topics))


class Course(models.Model):
    """The counted side of a published course page: what it gives and for whom.

    ``key`` is the page's own lasting key. ``part`` is the key of the rule pack's part that it
    fills; ``topic`` is set for electives only. Empty ``stages`` or ``subjects`` mean everybody.
    A course is closed, never deleted.
    """

    code = models.SlugField(max_length=40, unique=True)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    title = models.CharField(max_length=120)
    part = models.CharField(max_length=24)
    category = models.CharField(max_length=10, choices=Category)
    topic = models.CharField(max_length=40, blank=True)
    stages = ArrayField(models.CharField(max_length=12, choices=Stage), default=list, blank=True)
    subjects = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    class_hours = models.DecimalField(max_digits=4, decimal_places=1)
    has_test = models.BooleanField(default=True)
    has_homework = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="course_hours_positive", condition=Q(class_hours__gt=0)),
            models.CheckConstraint(
                name="course_topic_for_electives_only",
                condition=(Q(category=Category.ELECTIVE) & ~Q(topic=""))
                | Q(category=Category.REQUIRED, topic=""),
            ),
            # The far end of the key by which a choice is tied to its course's topic.
            models.UniqueConstraint(name="course_with_its_topic", fields=["id", "topic"]),
        ]
        indexes = [models.Index(fields=["topic"], name="course_topic", condition=~Q(topic=""))]

    def __str__(self):
        return self.title


class Module(models.Model):
    """One step of a course that is studied on the clock: a video or a text.

    ``key`` is the page's own lasting key, so a renamed, moved or rewritten page stays the
    same step. A module that was ever published is closed, never deleted; ``open_since`` tells
    of whom it was asked.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="modules")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(StudyUnit, models.PROTECT, related_name="modules")
    is_open = models.BooleanField(default=True)
    open_since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="module_key_once_per_course", fields=["course", "key"]),
        ]
        ordering = ["position"]

    def __str__(self):
        return self.title
