"""Writing a review: begun once, saved as one types, sent once (R9, R41)."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.domain.audit import record_act
from courses.domain.homework import clean_text
from lessons.domain.review_checks import missing_of
from lessons.domain.rubrics import current_rubric
from lessons.domain.sketches import sketch_of
from lessons.enums import LessonState, ReviewState
from lessons.errors import (
    AssignmentReplaced,
    NothingToReview,
    OwnLessonReviewed,
    ReviewChangedElsewhere,
    ReviewIncomplete,
    ReviewSent,
)
from lessons.models import CaseAssignment, Lesson, Review
from lessons.signals import review_sent
from notifications.domain.notify import notify
from programmes.domain.rulepacks import rule_pack_of
from videos.enums import VideoState

OBSERVED_STATES = (LessonState.SHOWN, LessonState.PROPOSED, LessonState.CHOSEN)


@transaction.atomic
def begin_case_review(assignment: CaseAssignment) -> Review:
    """The review of a drawn lesson, begun with the newest recording. Safe to repeat.

    Raises: AssignmentReplaced, NothingToReview. Source: R9.
    """
    begun = Review.objects.filter(assignment=assignment).first()
    if begun is not None:
        return begun
    assignment = (
        CaseAssignment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("lesson__lesson", "draw__programme")
        .get(pk=assignment.pk)
    )
    if assignment.replaced_at is not None:
        raise AssignmentReplaced
    lesson = assignment.lesson.lesson
    return _begin(lesson, assignment.user, assignment.draw.programme, assignment=assignment)


@transaction.atomic
def begin_colleague_review(lesson: Lesson, reviewer: User) -> Review:
    """A colleague's review while the lesson is shown in school. Safe to repeat.

    Raises: OwnLessonReviewed, NothingToReview. Source: R41.
    """
    if reviewer.pk == lesson.teacher_id or lesson.members.filter(user=reviewer).exists():
        raise OwnLessonReviewed
    if lesson.state not in OBSERVED_STATES or lesson.barred_at is not None:
        raise NothingToReview
    return _begin(lesson, reviewer, lesson.programme, assignment=None)


def _begin(lesson: Lesson, reviewer: User, programme: Any, **fields: Any) -> Review:
    recording = lesson.recordings.filter(video__state=VideoState.READY).first()
    if recording is None:
        raise NothingToReview
    review, begun = Review.objects.get_or_create(
        lesson=lesson,
        reviewer=reviewer,
        defaults={
            "programme": programme,
            "recording": recording,
            "rubric": current_rubric(),
            **fields,
        },
    )
    if not begun and _stands_elsewhere(review, **fields):
        # a colleague's before, or a case that was replaced: what was written stays
        review.assignment = fields["assignment"]
        review.save(update_fields=["assignment"])
    return review


def _stands_elsewhere(review: Review, assignment: CaseAssignment | None) -> bool:
    """Whether it belongs to ``assignment`` from now on, and no longer where it was begun."""
    if review.assignment is None:
        return assignment is not None
    return review.state == ReviewState.DRAFT and review.assignment.replaced_at is not None


SAVE = """
UPDATE lessons_review
   SET levels = %(levels)s::jsonb, text = %(text)s, saved_at = %(now)s,
       revision = %(revision)s + 1
 WHERE id = %(review)s AND reviewer_id = %(user)s AND state = 'draft'
   AND (revision = %(revision)s
        OR revision = %(revision)s + 1 AND levels = %(levels)s::jsonb AND text = %(text)s)
RETURNING revision
"""


def save_review(
    review: Review, *, levels: dict[str, Any], text: str, revision: int, user: User
) -> int:
    """Keep the draft, in one statement. Safe to repeat: the same save again changes nothing more.

    ``revision`` is the one that the page was made from; another window's newer text is never
    overwritten.

    Raises: ReviewSent; ReviewChangedElsewhere. Returns: the new revision.
    """
    values: dict[str, Any] = {
        "levels": json.dumps(levels),
        "text": clean_text(text),
        "revision": revision,
        "review": review.pk,
        "user": user.pk,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(SAVE, values)
        row = cursor.fetchone()
    if row is None:
        sent = Review.objects.filter(pk=review.pk, state=ReviewState.SENT).exists()
        raise ReviewSent if sent else ReviewChangedElsewhere
    return row[0]


@transaction.atomic
def send_review(review: Review) -> Review:
    """Send what was saved; with the recording covered, the hours come at once.

    Safe to repeat: what was sent stays as it was sent. Near copies are looked for afterwards
    and hold nothing up: hours never wait for somebody else.

    Raises: ReviewIncomplete naming the first thing missing; AssignmentReplaced.
    Source: R9.
    """
    held = Review.objects.select_for_update(no_key=True, of=("self",))
    review = held.select_related("rubric", "programme", "assignment", "lesson").get(pk=review.pk)
    if review.state == ReviewState.SENT:
        return review
    if review.assignment is not None and review.assignment.replaced_at is not None:
        raise AssignmentReplaced
    rules = rule_pack_of(review.programme).review
    if missing := missing_of(review.rubric, review.levels, review.text, rules):
        raise ReviewIncomplete(first=missing[0].sentence, count=len(missing))
    review.state, review.sent_at = ReviewState.SENT, timezone.now()
    review.sketch = sketch_of(whole_text(review))
    review.save(update_fields=["state", "sent_at", "sketch", "saved_at"])
    notify(
        [review.lesson.teacher_id],
        "lessons.review_received",
        {"title": review.lesson.title},
        reverse("lessons:reviews", args=[review.lesson_id]),
        key=f"lessons.review_received:{review.pk}",
    )
    review_sent.send(Review, review=review)
    return review


def whole_text(review: Review) -> str:
    """All that the reviewer wrote, line by line, as copies are looked for."""
    reasons = [given.get("reason", "") for given in review.levels.values()]
    return "\n".join([*reasons, review.text])


@transaction.atomic
def mark_useful(review: Review, *, useful: bool, by: User) -> Review:
    """The author says that a review helped. Safe to repeat."""
    review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    if bool(review.useful_at) != useful:
        review.useful_at = timezone.now() if useful else None
        review.save(update_fields=["useful_at"])
        record_act("review.useful", review, by=by, to_state=str(useful))
    return review


@transaction.atomic
def answer_review(review: Review, text: str, *, by: User) -> Review:
    """The author's answer to a review; the reviewer is told. The last answer stands."""
    review = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    review.answer, review.answered_at = clean_text(text)[:4000], timezone.now()
    review.save(update_fields=["answer", "answered_at"])
    record_act("review.answer", review, by=by)
    where = (
        reverse("lessons:review", args=[review.assignment_id])
        if review.assignment_id
        else reverse("lessons:observe", args=[review.lesson_id])
    )
    notify(
        [review.reviewer_id],
        "lessons.review_answered",
        {},
        where,
        key=f"lessons.review_answered:{review.pk}:{review.answered_at:%Y%m%d%H%M}",
    )
    return review
