from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from programmes.enums import Category, Stage
from videos.models import StudyUnit


class Course(models.Model):
    """The counted side of a published course page: what it gives and for whom.

    ``part`` is the key of the rule pack's part that it fills; ``topic`` is set for electives
    only. Empty ``stages`` or ``subjects`` mean everybody.
    """

    code = models.SlugField(max_length=40, unique=True)
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

    class Meta:
        constraints = [
            models.CheckConstraint(name="course_hours_positive", condition=Q(class_hours__gt=0)),
            models.CheckConstraint(
                name="course_topic_for_electives_only",
                condition=(Q(category=Category.ELECTIVE) & ~Q(topic=""))
                | Q(category=Category.REQUIRED, topic=""),
            ),
        ]

    def __str__(self):
        return self.title


class Module(models.Model):
    """One step of a course that is studied on the clock: a video or a text."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="modules")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(StudyUnit, models.PROTECT, related_name="modules")
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="module_key_once_per_course", fields=["course", "key"]),
        ]
        ordering = ["position"]

    def __str__(self):
        return self.title
