"""Remarks pinned to a second of a recording, perhaps to a line of the rubric."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from lessons.enums import ReviewState
from lessons.errors import CommentEmpty, CommentOfAnother, PlaceOutsideRecording, ReviewSent
from lessons.models import LessonRecording, PinnedComment, Review

LONGEST = 1000


@transaction.atomic
def pin_comment(
    recording: LessonRecording,
    *,
    author: User,
    second: int,
    text: str,
    rubric_line: str = "",
    review: Review | None = None,
    parent: PinnedComment | None = None,
    client_key: UUID | None = None,
) -> PinnedComment:
    """Pin ``text`` to a second. Safe to repeat with a ``client_key``.

    Raises: CommentEmpty; PlaceOutsideRecording; ReviewSent when the review is closed.
    Units: ``second`` of the recording.
    """
    text = text.replace("\x00", "").strip()[:LONGEST]
    if not text:
        raise CommentEmpty
    if not 0 <= second <= (recording.video.duration_seconds or 0):
        raise PlaceOutsideRecording
    if review is not None:
        review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
        if review.state == ReviewState.SENT:
            raise ReviewSent
    values = {
        "lesson_id": recording.lesson_id,
        "recording": recording,
        "author": author,
        "second": second,
        "text": text,
        "rubric_line": rubric_line,
        "review": review,
        "parent": parent,
    }
    if client_key is None:
        return PinnedComment.objects.create(**values)
    comment, _new = PinnedComment.objects.get_or_create(client_key=client_key, defaults=values)
    if comment.author_id != author.pk:
        raise CommentOfAnother
    return comment


@transaction.atomic
def remove_comment(comment: PinnedComment, *, by: User) -> None:
    """Take one's own remark back; of a sent review nothing is taken back. Safe to repeat.

    Raises: CommentOfAnother, ReviewSent.
    """
    comment = (
        PinnedComment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("review")
        .get(pk=comment.pk)
    )
    if comment.author_id != by.pk:
        raise CommentOfAnother
    if comment.review is not None and comment.review.state == ReviewState.SENT:
        raise ReviewSent
    if comment.removed_at is None:
        comment.removed_at = timezone.now()
        comment.save(update_fields=["removed_at"])
