"""From counts to points by a published formula: a pure function that anyone can work out again.

points of a kind = acts × weight, at most the kind's ceiling; the total is their sum. Of duty it is
the share that counts: ceiling × shifts served / shifts owed. Whoever owed no shift is assessed on
the rest, raised to the full points. Points have one decimal, halves upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from workshops.enums.assessment import Counted, Grade
from workshops.policy import DUTY_OWED, FULL_POINTS

RANKED = (Grade.EXCELLENT, Grade.GOOD, Grade.PASSED)
"""Grades that have a lowest score, from the top; below the last one nobody has passed."""


OWED: dict[str, str] = {Counted.DUTY: DUTY_OWED}
"""Kinds of which the share counts that was done of what was owed."""


@dataclass(frozen=True)
class Term:
    """What one act of a kind gives, and the most that all of them give. Units: points."""

    kind: str
    weight: Decimal
    ceiling: Decimal

    @property
    def of_share(self) -> bool:
        return self.kind in OWED

    def points(self, acts: int, owed: int) -> Decimal:
        """``owed`` matters where the share counts; with nothing owed there is nothing to give."""
        if not self.of_share:
            return min(self.weight * max(acts, 0), self.ceiling)
        return tenths(self.ceiling * min(max(acts, 0), owed) / owed) if owed else Decimal(0)


def tenths(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Formula:
    """The terms, and from how many points each grade of ``RANKED`` begins."""

    terms: tuple[Term, ...]
    bands: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def read(cls, terms: Iterable[Mapping[str, Any]], bands: Mapping[str, Any]) -> Formula:
        """The formula as a ``Method`` stores it. Raises: ValueError when a number is none."""
        try:
            return cls(
                tuple(
                    Term(one["kind"], Decimal(str(one["weight"])), Decimal(str(one["ceiling"])))
                    for one in terms
                ),
                {grade: Decimal(str(bands[grade])) for grade in RANKED},
            )
        except (InvalidOperation, KeyError) as fault:
            raise ValueError("not a formula") from fault

    def stored(self) -> tuple[list[dict[str, str]], dict[str, str]]:
        """Terms and bands as a ``Method`` stores them."""
        terms = [
            {"kind": one.kind, "weight": str(one.weight), "ceiling": str(one.ceiling)}
            for one in self.terms
        ]
        return terms, {str(grade): str(points) for grade, points in self.bands.items()}


@dataclass(frozen=True)
class Score:
    """What a formula makes of counts."""

    points: dict[str, str]
    total: Decimal
    grade: str


def score(formula: Formula, counts: Mapping[str, int], adjusted: Mapping[str, int]) -> Score:
    """The points of each kind, their sum and the grade.

    ``adjusted`` are signed acts of ruled corrections; a count never falls below nothing.
    """
    owed = {one.kind: counts.get(OWED[one.kind], 0) for one in formula.terms if one.of_share}
    points = {
        one.kind: one.points(
            counts.get(one.kind, 0) + adjusted.get(one.kind, 0), owed.get(one.kind, 0)
        )
        for one in formula.terms
    }
    total = sum(points.values(), Decimal(0))
    whole = sum(one.ceiling for one in formula.terms if not one.of_share or owed[one.kind])
    total = tenths(total * FULL_POINTS / whole) if whole else Decimal("0.0")
    return Score({kind: str(one) for kind, one in points.items()}, total, grade_of(formula, total))


def grade_of(formula: Formula, total: Decimal) -> str:
    reached = (grade for grade in RANKED if total >= formula.bands[grade])
    return str(next(reached, Grade.FAILED))


def faults_of(formula: Formula) -> list[str]:
    """What keeps a formula from being published, one sentence per fault."""
    return [*_faults_of_terms(formula.terms), *_faults_of_bands(formula.bands)]


def _faults_of_terms(terms: Sequence[Term]) -> list[str]:
    faults = []
    for one in terms:
        words = {"kind": Counted(one.kind).label, "weight": one.weight, "ceiling": one.ceiling}
        if one.weight < 0 or one.ceiling < 0:
            faults.append(_("“%(kind)s”: points are never negative.") % words)
        elif one.of_share:
            continue
        elif not one.weight and one.ceiling:
            faults.append(_("“%(kind)s” gives nothing for one: say how many points.") % words)
        elif one.weight > one.ceiling:
            faults.append(
                _("“%(kind)s”: one gives %(weight)s points, more than the ceiling %(ceiling)s.")
                % words
            )
    total = sum((one.ceiling for one in terms), Decimal(0))
    if total != FULL_POINTS:
        faults.append(
            _("The ceilings add up to %(total)s; make them %(full)s together.")
            % {"total": total, "full": FULL_POINTS}
        )
    return faults


def _faults_of_bands(bands: Mapping[str, Decimal]) -> list[str]:
    edges = [bands[grade] for grade in RANKED]
    faults = []
    if edges[0] > FULL_POINTS or edges[-1] <= 0:
        faults.append(_("Grades begin above 0 and at most at %(full)s.") % {"full": FULL_POINTS})
    for upper, lower in zip(RANKED, RANKED[1:], strict=False):
        if bands[upper] <= bands[lower]:
            faults.append(
                _("“%(upper)s” must begin above “%(lower)s”.")
                % {"upper": upper.label, "lower": lower.label}
            )
    return faults


DEFAULT = Formula(
    (
        Term(Counted.GUIDE, Decimal(5), Decimal(10)),
        Term(Counted.BULLETIN, Decimal(2), Decimal(10)),
        Term(Counted.RESOURCE, Decimal(2), Decimal(10)),
        Term(Counted.ANSWER, Decimal("0.5"), Decimal(15)),
        Term(Counted.PROMPT, Decimal("0.5"), Decimal(10)),
        Term(Counted.TOPIC, Decimal(2), Decimal(10)),
        Term(Counted.DISCUSSION, Decimal("0.5"), Decimal(10)),
        Term(Counted.DUTY, Decimal(0), Decimal(15)),
        Term(Counted.TRAINING, Decimal("2.5"), Decimal(5)),
        Term(Counted.SEMINAR, Decimal("2.5"), Decimal(5)),
    ),
    {Grade.EXCELLENT: Decimal(85), Grade.GOOD: Decimal(70), Grade.PASSED: Decimal(50)},
)
"""What a first draft begins with; why these numbers: decisions."""
