"""Whether confirmed results are still what their counts and their formula give."""

from __future__ import annotations

from workshops.domain.assessment.methods import formula_of
from workshops.domain.assessment.scoring import score
from workshops.models import HostResult, Method


def unreproduced() -> list[tuple]:
    """Results whose points do not come out again: key, stored total, total worked out anew."""
    formulas = {one.pk: formula_of(one) for one in Method.objects.all()}
    rows = HostResult.objects.values_list(
        "pk", "assessment__method", "counts", "adjusted", "points", "total", "grade"
    )
    wrong = []
    for key, method, counts, adjusted, points, total, grade in rows.iterator(chunk_size=2000):
        made = score(formulas[method], counts, adjusted)
        if (made.points, made.total, made.grade) != (points, total, grade):
            wrong.append((key, total, made.total))
    return wrong
