from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from lessons.models.lesson import Lesson
from organisations.models import Organisation
from programmes.enums import Stage
from programmes.models import Programme


class OutstandingLesson(models.Model):
    """A lesson that a city pushed to the province as outstanding in a programme year (R46, R47).

    These are the pool of the draw (R9). Stage, subject, grade and edition are those under
    which it was pushed. ``nominated`` marks one that the project office put in for a stage
    and subject whose own pool is too small (A4). ``commentary`` is what an expert says of it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="outstanding_lessons")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="outstanding")
    city = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    grade = models.CharField(max_length=40, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    nominated = models.BooleanField(default=False)
    commentary = models.TextField(blank=True)
    commentator = models.CharField(max_length=80, blank=True)
    pushed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pushed_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    why_withdrawn = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="outstanding_once_per_subject",
                fields=["programme", "lesson", "stage", "subject"],
            ),
            models.CheckConstraint(
                name="outstanding_withdrawn_with_reason",
                condition=Q(withdrawn_at=None) | ~Q(why_withdrawn=""),
            ),
        ]
        indexes = [models.Index(fields=["programme", "stage", "subject"], name="outstanding_pool")]

    def __str__(self):
        return f"{self.programme_id} {self.lesson_id}"
