"""The order in which hosts are sent to the national training: a pure function (R37).

Decision 0612 says why; nobody's opinion enters it, and everybody's place can be worked out again
from the columns of the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Candidate:
    """A host of today. ``level``: the highest at which the person hosts (1 is the province).

    Units: ``trainings`` of this year at which the person was present at least once.
    """

    user: int
    name: str
    school: str
    unit: str
    level: int
    trainings: int
    host_since: date


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Provincial hosts first, then by level; who attended more trainings; who has been host
    longer; then by name and account, so that equal facts always give the same order."""
    return sorted(
        candidates,
        key=lambda one: (one.level, -one.trainings, one.host_since, one.name, one.user),
    )
