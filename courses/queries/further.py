"""Reads for attempts beyond those that the year allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from accounts.models import User
from courses.models import Attempt, Course, FurtherAttempt, PaperItem

if TYPE_CHECKING:
    from programmes.models import Programme


def further_attempts_at(course: Course, user: User, programme: Programme) -> list[FurtherAttempt]:
    """What the teacher asked for, the first first."""
    asked = FurtherAttempt.objects.filter(
        course=course, enrolment__user=user, enrolment__programme=programme
    )
    return list(asked.order_by("number"))


def met_questions(course: Course, user: User) -> set[int]:
    """Questions of the course that have stood in a paper of the teacher's, in any year."""
    items = PaperItem.objects.filter(attempt__user=user, attempt__course=course)
    return set(items.values_list("version__question", flat=True))


def unmet_questions(course: Course, user: User) -> int:
    """How many open questions of the bank the teacher has never been asked."""
    is_open = course.questions.filter(is_open=True)
    return is_open.exclude(pk__in=met_questions(course, user)).count()


def with_results(further: QuerySet[FurtherAttempt]) -> QuerySet[FurtherAttempt]:
    """Requests with the attempts made so far and the best score, for a list. One query."""
    made = Attempt.objects.filter(
        course=OuterRef("course"),
        user=OuterRef("enrolment__user"),
        programme=OuterRef("enrolment__programme"),
    ).values("course")
    return further.annotate(
        attempts_made=Subquery(made.annotate(made=Count("pk")).values("made")),
        best_score=Subquery(made.annotate(best=Max("score")).values("best")),
    ).select_related("course", "asked_by", "enrolment__school")


def waiting_for(user: User) -> int:
    """How many requests wait for the user's decision. One query."""
    return FurtherAttempt.objects.visible_to(user).waiting().exclude(asked_by=user).count()
