"""What a person was given to review."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery

from accounts.models import User
from lessons.models import CaseAssignment, Draw, PoolLine


def own_cases(user: User, draw: Draw) -> list[CaseAssignment]:
    """The person's lessons by position, replaced ones too, with their ``code`` in the published
    files and whether a review was begun (``is_begun``). One query.
    """
    cases = CaseAssignment.objects.visible_to(user).filter(draw=draw)
    related = (
        "lesson__lesson__teacher",
        "lesson__lesson__school",
        "lesson__city",
        "supplement",
    )
    lines = PoolLine.objects.filter(draw=draw, lesson__lesson=OuterRef("lesson__lesson"))
    cases = cases.annotate(
        code=Subquery(lines.values("code")[:1]), is_begun=Q(review__isnull=False)
    )
    return list(cases.select_related(*related).order_by("position", "pk"))
