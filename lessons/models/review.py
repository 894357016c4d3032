from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from lessons.enums import ReviewState
from lessons.models.draw import CaseAssignment
from lessons.models.lesson import Lesson, LessonRecording
from programmes.models import Programme


class Rubric(models.Model):
    """By what lines and levels a lesson is reviewed, in one version.

    ``lines``: [{key, title_zh, title_en, hint_zh, hint_en, levels: [{value, title_zh, title_en}],
    reason_required}]. A version without ``applies_from`` is a draft, of which a rubric has one at
    most; from that day on it is the one for reviews that are begun. What was published never
    changes: a change is the next version, and reviews keep theirs. ``made_by`` is nobody for
    what came with the product.
    """

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    lines = models.JSONField()
    revision = models.PositiveIntegerField(default=1, db_default=1)
    applies_from = models.DateField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rubric_version_once", fields=["code", "version"])
        ]
        triggers = [
            pgtrigger.Trigger(
                name="rubric_keeps_its_word",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.applies_from IS NOT NULL
                        AND (NEW.code, NEW.version, NEW.title_zh, NEW.title_en, NEW.lines)
                            IS DISTINCT FROM
                            (OLD.code, OLD.version, OLD.title_zh, OLD.title_en, OLD.lines)
                    THEN
                        RAISE EXCEPTION 'a published rubric does not change'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="published_rubric_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__applies_from__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.version}"


class Review(models.Model):
    """One person's review of a lesson: by the draw, or as a colleague of the school.

    ``levels`` holds per line of the rubric {"level": value, "reason": text}. A review by the
    draw stands on its assignment and earns hours once it is sent and the recording covered.
    ``recording`` is the version that was reviewed. ``revision`` grows with every save.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", db_index=False)
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="reviews")
    recording = models.ForeignKey(
        LessonRecording, models.PROTECT, related_name="reviews", db_index=False
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lesson_reviews"
    )
    assignment = models.OneToOneField(
        CaseAssignment, models.PROTECT, null=True, related_name="review"
    )
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="reviews", db_index=False)
    levels = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    sketch = ArrayField(models.BigIntegerField(), default=list, blank=True)
    state = models.CharField(max_length=5, choices=ReviewState, default=ReviewState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True)
    useful_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="review_once", fields=["lesson", "reviewer"]),
            models.CheckConstraint(
                name="review_sent_with_time",
                condition=Q(state=ReviewState.DRAFT, sent_at=None)
                | Q(state=ReviewState.SENT, sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                name="review_to_compare",
                condition=Q(state="sent", compared_at=None),
            ),
            GinIndex(fields=["sketch"], name="review_sketch", condition=Q(state="sent")),
        ]

    def __str__(self):
        return f"{self.lesson_id} {self.reviewer_id}"


class PinnedComment(models.Model):
    """A remark at a second of the recording, perhaps to a line of the rubric.

    With ``review`` it belongs to that review and is seen when the review is; without, it is
    what a colleague of the school says while observing. ``parent`` is what it answers.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="comments")
    recording = models.ForeignKey(LessonRecording, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.CASCADE, null=True, related_name="comments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    second = models.PositiveIntegerField()
    rubric_line = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    client_key = models.UUIDField(null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["lesson", "second"], name="pinned_comment_place")]
        constraints = [
            models.CheckConstraint(name="pinned_comment_says_something", condition=~Q(text=""))
        ]

    def __str__(self):
        return f"{self.lesson_id} {self.second} s"
