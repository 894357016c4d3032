from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.guards import append_only
from courses.models.course import Course


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("one right answer")
    MULTIPLE = "multiple", _("several right answers")
    TRUE_FALSE = "true_false", _("true or false")
    FILL_IN = "fill_in", _("fill in")


class Question(models.Model):
    """A question of a course's bank. What it says is in its versions; the newest is asked."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="questions")
    is_open = models.BooleanField(default=True)

    def __str__(self):
        return f"{self.course_id} {self.pk}"


class QuestionVersion(models.Model):
    """The wording of a question at one time; never changed, so an attempt stays readable.

    ``answer`` is in the canonical form that ``courses.domain.responses`` makes of a response:
    the sorted indexes of the right options, or for FILL_IN the accepted texts.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind)
    stem = models.TextField()
    options = models.JSONField(default=list)
    answer = models.JSONField()
    explanation = models.TextField(blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="question_version_once", fields=["question", "number"]),
        ]
        triggers = append_only("question_version")

    def __str__(self):
        return self.stem
