"""What an expert says of a lesson in the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core.domain.audit import record_act
from courses.domain.homework import clean_text, written_characters
from lessons.domain.pool.errors import CommentatorMissing
from lessons.models import OutstandingLesson

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def write_commentary(pk: int, *, commentator: str, commentary: str, by: User) -> OutstandingLesson:
    """Set the commentary on a lesson, for every stage and subject in which the year holds it.

    Reviewers read it when the rule pack lets them: after their own review, or at any time.
    Safe to repeat; an empty text takes the commentary away.

    Raises: CommentatorMissing when nobody signs the text.
    Source: R9.
    """
    lesson = OutstandingLesson.objects.select_for_update(no_key=True).get(pk=pk)
    text, name = clean_text(commentary), commentator.strip()
    if not written_characters(text):
        text, name = "", ""
    elif not name:
        raise CommentatorMissing
    standing = OutstandingLesson.objects.filter(
        programme=lesson.programme_id, lesson=lesson.lesson_id
    )
    standing.update(commentary=text, commentator=name)
    record_act("lesson.commentary", lesson, by=by, to_state=name)
    lesson.refresh_from_db(fields=["commentary", "commentator"])
    return lesson
