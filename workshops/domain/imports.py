"""Seating people whom an office names, one by one through the one door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import DomainError
from workshops.domain.seats import join_workshop
from workshops.enums import Way
from workshops.models import Workshop

if TYPE_CHECKING:
    from accounts.models import User


def seat_people(workshop: Workshop, people: Sequence[User], *, by: User) -> dict[str, int]:
    """Give each of ``people`` a seat in the family of ``workshop``. Safe to repeat.

    Each sits or is refused by itself; many go by a placement instead.

    Returns: how many sit ("") and how many were refused, by the sentence that says why.
    """
    outcomes: Counter[str] = Counter()
    for person in people:
        try:
            join_workshop(workshop, teacher=person, by=by, way=Way.IMPORT)
        except DomainError as refusal:
            outcomes[str(refusal)] += 1
        else:
            outcomes[""] += 1
    return dict(outcomes)
