"""Reviews that look alike, for a person to decide: never in the way of anybody's hours (R9)."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from lessons.domain.copies import place_of_passage
from lessons.domain.reviews import whole_text
from lessons.domain.sketches import bare, common_passages, share
from lessons.enums import HintKind, ReviewState
from lessons.models import CopyHint, Review
from lessons.policy import ALIKE_PERCENT, HINTS_PER_PLAN

# Sent reviews of others on the same lesson, and one's own of other lessons.
ALIKE = """
SELECT other.id
  FROM lessons_review other
 WHERE other.sketch && %(sketch)s AND other.state = 'sent' AND other.id <> %(review)s
   AND (other.lesson_id = %(lesson)s OR other.reviewer_id = %(reviewer)s)
 ORDER BY other.id LIMIT 300
"""


def compare_reviews(limit: int = 2000) -> int:
    """Look for copies of the reviews sent since the last time. Safe to repeat.

    Returns: hints on record for them now.
    """
    waiting = Review.objects.filter(state=ReviewState.SENT, compared_at=None)
    found = 0
    for review in waiting.order_by("sent_at", "pk")[:limit]:
        found += note_review_copies(review)
        Review.objects.filter(pk=review.pk).update(compared_at=timezone.now())
    return found


def note_review_copies(review: Review) -> int:
    """Note the reviews that look like ``review``. Safe to repeat.

    Returns: hints on record for it now. Source: R9, R56.
    """
    values: dict[str, Any] = {
        "sketch": review.sketch,
        "review": review.pk,
        "lesson": review.lesson_id,
        "reviewer": review.reviewer_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, values)
        keys = [row[0] for row in cursor.fetchall()]
    alike = [
        (percent, other)
        for other in Review.objects.filter(pk__in=keys)
        if (percent := share(review.sketch, other.sketch)) >= ALIKE_PERCENT
    ]
    alike.sort(key=lambda pair: (-pair[0], pair[1].pk))
    for percent, other in alike[:HINTS_PER_PLAN]:
        _note(review, other, percent)
    return min(len(alike), HINTS_PER_PLAN)


def _note(review: Review, other: Review, percent: int) -> None:
    """The later review is the one to look at, so one pair gives one hint."""
    if (review.sent_at, review.pk) < (other.sent_at, other.pk):
        review, other = other, review
    here, there = bare(whole_text(review)), bare(whole_text(other))
    places = common_passages(here, there)
    CopyHint.objects.get_or_create(
        kind=HintKind.REVIEW,
        lesson_id=review.lesson_id,
        other_lesson_id=other.lesson_id,
        review=review,
        other_review=other,
        defaults={
            "percent": percent,
            "here": [place_of_passage(here, one.here, one.length) for one in places],
            "there": [place_of_passage(there, one.there, one.length) for one in places],
        },
    )
