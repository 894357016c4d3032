"""Reviews as their readers may see them: names by the year's rules, the same everywhere (R9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from lessons.enums import ReviewState
from lessons.models import Lesson, PinnedComment, Review, Rubric
from programmes.domain.rulepack import in_readers_language
from programmes.domain.rulepacks import rule_pack_of


@dataclass(frozen=True)
class ShownReview:
    """A sent review with the name that this reader may read."""

    review: Review
    name: str
    lines: list[tuple[str, str, str]]  # title, level, reason
    comments: list[PinnedComment]


def reviewer_name(review: Review, reader: User) -> str:
    """Who reviewed, for ``reader``: the name where the rules show it, else a neutral word.

    A colleague of the school is known in the school; a reviewer by the draw only where the
    year's rule pack shows reviewers to authors. One always knows oneself.
    """
    if review.reviewer_id == reader.pk or review.assignment_id is None:
        return review.reviewer.real_name
    if rule_pack_of(review.programme).review.reviewer_shown:
        return review.reviewer.real_name
    return _("A reviewer drawn by lot")


def reviews_of(lesson: Lesson) -> QuerySet[Review]:
    """The sent reviews of a lesson with what a page shows of them, the youngest first."""
    comments = PinnedComment.objects.filter(removed_at=None).order_by("second", "pk")
    return (
        Review.objects.filter(lesson=lesson, state=ReviewState.SENT)
        .select_related("reviewer", "rubric", "programme")
        .prefetch_related(Prefetch("comments", comments))
        .order_by("-sent_at", "-pk")
    )


def shown_reviews(reviews: Iterable[Review], reader: User) -> list[ShownReview]:
    """The reviews as ``reader`` sees them."""
    return [
        ShownReview(
            review,
            reviewer_name(review, reader),
            graded_lines(review.rubric, review.levels),
            list(review.comments.all()),
        )
        for review in reviews
    ]


def graded_lines(rubric: Rubric, levels: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Title, level and reason of each line in the reader's language."""
    rows = []
    for line in rubric.lines:
        given = levels.get(line["key"], {})
        words = {
            level["value"]: in_readers_language(level["title_zh"], level["title_en"])
            for level in line["levels"]
        }
        title = in_readers_language(line["title_zh"], line["title_en"])
        rows.append((title, words.get(given.get("level"), ""), given.get("reason", "")))
    return rows


def open_comments(lesson: Lesson) -> QuerySet[PinnedComment]:
    """What colleagues pinned while observing, with answers; of no review. Two queries."""
    answers = PinnedComment.objects.filter(removed_at=None).select_related("author")
    return (
        PinnedComment.objects.filter(Q(lesson=lesson, review=None, parent=None, removed_at=None))
        .select_related("author", "recording")
        .prefetch_related(Prefetch("answers", answers.order_by("pk")))
        .order_by("second", "pk")
    )
