from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.models.guards import append_only
from courses.models.course import Course
from programmes.models import Programme


class Homework(models.Model):
    """What a course asks its teachers to hand in."""

    course = models.OneToOneField(Course, models.CASCADE, related_name="homework")
    prompt = models.TextField()
    minimum_characters = models.PositiveIntegerField(default=200)
    needs_file = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.course_id}"


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    HANDED_IN = "handed_in", _("handed in")
    RETURNED = "returned", _("returned for revision")
    ACCEPTED = "accepted", _("accepted")


SUBMISSION_NEXT_STATES = {
    SubmissionState.DRAFT: {SubmissionState.HANDED_IN},
    SubmissionState.HANDED_IN: {SubmissionState.RETURNED, SubmissionState.ACCEPTED},
    SubmissionState.RETURNED: {SubmissionState.HANDED_IN},
    SubmissionState.ACCEPTED: set(),
}


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user) -> SubmissionQuerySet:
        """The user's own work, and what teachers of the user's marking scope handed in."""
        marked = user.scope("user__school", Role.MARKER) & ~Q(state=SubmissionState.DRAFT)
        return self.filter(Q(user=user) | marked)


class Submission(models.Model):
    """One teacher's homework for a course: the draft under work and its state.

    What was handed in is in ``SubmissionVersion`` and never changes.
    """

    homework = models.ForeignKey(Homework, models.PROTECT, related_name="submissions")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    draft = models.TextField(blank=True)
    draft_saved_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="submission_once", fields=["homework", "user", "programme"]
            ),
            models.CheckConstraint(
                name="submission_handed_in_with_time",
                condition=Q(state="draft") | Q(handed_in_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["handed_in_at"], name="submission_waiting", condition=Q(state="handed_in")
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.homework_id}"


class SubmissionVersion(models.Model):
    """The text as it was handed in the ``number``th time. Append-only."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    handed_in_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="submission_version_once", fields=["submission", "number"]
            ),
        ]
        triggers = append_only("submission_version")
        ordering = ["number"]

    def __str__(self):
        return f"{self.submission_id}.{self.number}"


class SubmissionFile(models.Model):
    """A file of a submission: of the draft while ``removed_at`` is empty, kept in history."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files")
    file = models.FileField(upload_to="homework/%Y/%m/", max_length=200)
    name = models.CharField(max_length=150)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)
    first_version = models.PositiveSmallIntegerField(null=True)
    last_version = models.PositiveSmallIntegerField(null=True)

    def __str__(self):
        return self.name


class Mark(models.Model):
    """A marker's decision on one version, with its reason. One per version, append-only."""

    version = models.OneToOneField(SubmissionVersion, models.PROTECT, related_name="mark")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks")
    accepted = models.BooleanField()
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mark_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = append_only("mark")

    def __str__(self):
        return f"{self.version_id} {self.accepted}"
