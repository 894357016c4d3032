from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from lessons.models.lesson import Lesson
from organisations.models import Organisation


class LessonViewer(models.Model):
    """A person, or everybody of a school, who may watch the lesson until ``ended_at``.

    Pupils are children: nobody else watches, except those whose task it is (the school, the
    reviewers to whom it was given) and whom a public release lets in.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="viewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lesson_viewer_person_or_school",
                condition=Q(user=None, organisation__isnull=False)
                | Q(user__isnull=False, organisation=None),
            ),
            models.UniqueConstraint(
                name="lesson_viewer_person_once",
                fields=["lesson", "user"],
                condition=Q(ended_at=None, user__isnull=False),
            ),
            models.UniqueConstraint(
                name="lesson_viewer_school_once",
                fields=["lesson", "organisation"],
                condition=Q(ended_at=None, organisation__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.lesson_id} {self.user_id or self.organisation_id}"


class PublicRelease(models.Model):
    """The school's consent for the pupils shown, and the level's approval to open the lesson.

    One may be open per lesson. Withdrawing it closes the lesson at once and needs nobody else.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="releases")
    consent = models.FileField(upload_to="lessons/consents/%Y/%m/", max_length=200)
    consent_sha256 = models.CharField(max_length=64)
    statement = models.TextField()
    pupils = models.PositiveSmallIntegerField()
    consented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    why_withdrawn = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="release_one_open_per_lesson",
                fields=["lesson"],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="release_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("consented_by")),
            ),
            models.CheckConstraint(
                name="release_says_for_how_many", condition=Q(pupils__gt=0) & ~Q(statement="")
            ),
        ]

    def __str__(self):
        return f"{self.lesson_id}"
