"""What a person was given to review."""

from __future__ import annotations

from accounts.models import User
from lessons.models import CaseAssignment, Draw


def own_cases(user: User, draw: Draw) -> list[CaseAssignment]:
    """The person's lessons by position, replaced ones too. One query."""
    cases = CaseAssignment.objects.visible_to(user).filter(draw=draw)
    related = (
        "lesson__lesson__teacher",
        "lesson__lesson__school",
        "lesson__city",
        "supplement",
    )
    return list(cases.select_related(*related).order_by("position", "pk"))
