from __future__ import annotations

from django.conf import settings
from django.db import models

from programmes.enums import Stage
from programmes.models import Programme
from videos.models import StudyUnit, Video


class NationalLesson(models.Model):
    """A national-level outstanding lesson with an expert's commentary, pushed to all of a
    stage and subject (R8).

    Its teacher need not be a person of this platform. ``position`` orders the lessons of one
    stage and subject: the first that the rule pack asks for are pushed. ``commentary_unit``
    is the reading time of the commentary on the study clock.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="national_lessons")
    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    grade = models.CharField(max_length=40, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    teacher_name = models.CharField(max_length=40)
    school_name = models.CharField(max_length=120)
    video = models.OneToOneField(Video, models.PROTECT, null=True, related_name="national_lesson")
    commentary = models.TextField()
    commentator = models.CharField(max_length=80)
    commentary_unit = models.OneToOneField(
        StudyUnit, models.PROTECT, null=True, related_name="national_commentary"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="national_lesson_position_once",
                fields=["programme", "stage", "subject", "position"],
                condition=models.Q(withdrawn_at=None),
            ),
            models.UniqueConstraint(
                name="national_lesson_once",
                fields=["programme", "stage", "subject", "title", "teacher_name"],
            ),
        ]

    def __str__(self):
        return self.title


class NationalStudy(models.Model):
    """One person's work on a national lesson: a short written reflection, draft until sent.

    What was watched and read is on the study clock; hours come when all three are there.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    lesson = models.ForeignKey(NationalLesson, models.PROTECT, related_name="studies")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="national_studies"
    )
    reflection = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="national_study_once", fields=["lesson", "user"]),
            models.CheckConstraint(
                name="national_study_sent_with_text",
                condition=models.Q(sent_at=None) | ~models.Q(reflection=""),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.lesson_id}"
