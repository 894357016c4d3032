from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.course import Course
from courses.models.question import QuestionVersion
from programmes.models import Programme


class AttemptState(models.TextChoices):
    OPEN = "open", _("in progress")
    PASSED = "passed", _("passed")
    FAILED = "failed", _("not passed")


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user) -> AttemptQuerySet:
        """A test is between the teacher and the platform: the user's own attempts only."""
        return self.filter(user=user)


class Attempt(models.Model):
    """One sitting of a course's test: numbered, timed by the server, scored by the server.

    Numbers are unique and only one sitting can be open, so the count of attempts is a fact
    of the schema.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="attempts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=AttemptState, default=AttemptState.OPEN)
    pass_mark = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField(null=True)
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="attempt_number_once", fields=["user", "course", "programme", "number"]
            ),
            models.UniqueConstraint(
                name="attempt_one_open",
                fields=["user", "course", "programme"],
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="attempt_scored_when_ended",
                condition=Q(state="open", score=None, ended_at=None)
                | Q(state="passed", score__gte=F("pass_mark"), ended_at__isnull=False)
                | Q(state="failed", score__lt=F("pass_mark"), ended_at__isnull=False),
            ),
            models.CheckConstraint(name="attempt_score_in_percent", condition=Q(score__lte=100)),
        ]
        indexes = [
            models.Index(fields=["deadline_at"], name="attempt_overdue", condition=Q(state="open")),
            models.Index(
                fields=["course", "user"], name="attempt_passed", condition=Q(state="passed")
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.course_id} {self.number}"


class PaperItem(models.Model):
    """One question of an attempt's paper: the frozen version, and what was answered.

    ``option_order`` maps shown positions to the version's options, so that a position tells
    nothing. ``response`` is canonical (see ``courses.domain.responses``); null is unanswered.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    option_order = ArrayField(models.PositiveSmallIntegerField(), default=list)
    response = models.JSONField(null=True)
    saved_at = models.DateTimeField(null=True)
    is_right = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="paper_item_once", fields=["attempt", "position"]),
            models.UniqueConstraint(name="paper_question_once", fields=["attempt", "version"]),
        ]
        ordering = ["position"]

    def __str__(self):
        return f"{self.attempt_id}.{self.position}"
