from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.enums import Role
from lessons.enums import HintKind, HintState, ReportKind, ReportState
from lessons.models.lesson import Lesson
from lessons.models.review import Review
from organisations.enums import Level

if TYPE_CHECKING:
    from accounts.models import User

RULERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)


def ruled_by(user: User, prefix: str) -> Q:
    """What an officer of a level above the schools rules on; ``prefix`` leads to the school."""
    within = Q(pk__in=[])
    for appointment in user.current_appointments:
        unit = appointment.organisation
        if appointment.role in RULERS and unit.level < Level.SCHOOL:
            within |= Q(**{f"{prefix}__path__startswith": unit.path})
            within |= Q(**{f"{prefix}__acting_county": unit.pk})
    return within


class CopyHintQuerySet(models.QuerySet["CopyHint"]):
    def visible_to(self, user: User) -> CopyHintQuerySet:
        """Those about lessons of the schools below the user's own unit."""
        return self.filter(ruled_by(user, "lesson__school"))


class LessonReportQuerySet(models.QuerySet["LessonReport"]):
    def visible_to(self, user: User) -> LessonReportQuerySet:
        """Those about lessons of the schools below the user's own unit; reporters see no list."""
        return self.filter(ruled_by(user, "lesson__school"))


class CopyHint(models.Model):
    """Two things that look alike, side by side for a person to decide (R56).

    Never a verdict: ``here`` and ``there`` say which places agree. For a recording or plan
    the lessons are given, for a review the two reviews.
    """

    kind = models.CharField(max_length=10, choices=HintKind)
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="copy_hints")
    other_lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="+")
    review = models.ForeignKey(Review, models.CASCADE, null=True, related_name="copy_hints")
    other_review = models.ForeignKey(Review, models.CASCADE, null=True, related_name="+")
    percent = models.PositiveSmallIntegerField()
    here = models.JSONField(default=list)
    there = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=HintState, default=HintState.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    objects = CopyHintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="copy_hint_once",
                fields=["kind", "lesson", "other_lesson", "review", "other_review"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="copy_hint_of_two_lessons",
                condition=Q(kind=HintKind.REVIEW) | ~Q(lesson=F("other_lesson")),
            ),
            models.CheckConstraint(
                name="copy_hint_of_reviews_names_them",
                condition=~Q(kind=HintKind.REVIEW)
                | Q(review__isnull=False, other_review__isnull=False),
            ),
            models.CheckConstraint(
                name="copy_hint_decided_with_reason",
                condition=Q(state=HintState.OPEN)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(why="")),
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="copy_hint_waiting")]

    def __str__(self):
        return f"{self.kind} {self.percent} %"


class LessonReport(models.Model):
    """A real-name report that a lesson breaks R56, and its ruling.

    An upheld one bars the lesson at every level. The reporter is known to those who rule only.
    """

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ReportKind)
    second = models.PositiveIntegerField(null=True)
    text = models.TextField()
    filed_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.FILED)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True)
    ruling = models.TextField(blank=True)

    objects = LessonReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="report_once_per_person_and_kind",
                fields=["lesson", "reporter", "kind"],
                condition=Q(state=ReportState.FILED),
            ),
            models.CheckConstraint(
                name="report_ruled_with_reason",
                condition=Q(state=ReportState.FILED)
                | (Q(ruled_by__isnull=False, ruled_at__isnull=False) & ~Q(ruling="")),
            ),
            models.CheckConstraint(name="report_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"{self.lesson_id} {self.kind}"
