"""The formula: more acts never give less, never more than the ceiling, in whatever order."""

from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from workshops.domain.assessment.scoring import (
    DEFAULT,
    RANKED,
    Formula,
    Term,
    faults_of,
    grade_of,
    score,
)
from workshops.enums.assessment import Counted, Grade
from workshops.policy import DUTY_OWED

KNOWN = len(Counted)
KINDS = st.sampled_from(Counted.values)
COUNTS = st.dictionaries(st.sampled_from([*Counted.values, DUTY_OWED]), st.integers(0, 200))


@st.composite
def formulas(draw):
    """Any formula without faults: ceilings that add up, weights below them."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=KNOWN - 1, max_size=KNOWN - 1)))
    edges = [0, *cuts, 100]
    terms = []
    for kind, (low, high) in zip(Counted.values, pairwise(edges), strict=True):
        ceiling = Decimal(high - low)
        least = Decimal("0.1") if ceiling else Decimal(0)
        weight = draw(st.decimals(least, ceiling, places=1))
        terms.append(Term(kind, weight, ceiling))
    marks = draw(st.lists(st.integers(1, 100), min_size=3, max_size=3, unique=True))
    bands = dict(zip(RANKED, map(Decimal, sorted(marks, reverse=True)), strict=True))
    return Formula(tuple(terms), bands)


@given(formulas(), COUNTS, KINDS)
def test_one_act_more_never_gives_less_and_stops_at_its_ceiling(formula, counts, kind):
    more = counts | {kind: counts.get(kind, 0) + 1}
    before, after = score(formula, counts, {}), score(formula, more, {})
    term = next(one for one in formula.terms if one.kind == kind)
    gained = Decimal(after.points[kind]) - Decimal(before.points[kind])
    assert 0 <= gained <= (term.ceiling if term.of_share else term.weight)
    assert Decimal(after.points[kind]) <= term.ceiling
    assert 0 <= before.total <= after.total <= 100


@given(formulas(), COUNTS, st.randoms())
def test_the_order_of_terms_and_counts_changes_nothing(formula, counts, random):
    terms, pairs = list(formula.terms), list(counts.items())
    random.shuffle(terms)
    random.shuffle(pairs)
    assert score(Formula(tuple(terms), formula.bands), dict(pairs), {}) == score(
        formula, counts, {}
    )


@given(formulas(), COUNTS, KINDS, st.integers(-50, 50))
def test_an_adjustment_counts_like_the_acts_themselves(formula, counts, kind, change):
    moved = counts | {kind: max(counts.get(kind, 0) + change, 0)}
    assert score(formula, counts, {kind: change}) == score(formula, moved, {})


@given(formulas())
def test_a_formula_survives_being_stored(formula):
    assert faults_of(formula) == []
    assert Formula.read(*formula.stored()) == formula


def test_duty_counts_by_its_share_and_whoever_owed_none_is_assessed_on_the_rest():
    half = score(DEFAULT, {"duty": 3, DUTY_OWED: 6}, {})
    assert (half.points["duty"], half.total) == ("7.5", Decimal("7.5"))
    assert score(DEFAULT, {"guide": 2, DUTY_OWED: 6}, {}).total == 10
    assert score(DEFAULT, {"guide": 2}, {}).total == Decimal("11.8")  # 10 of 85


def test_the_first_draft_has_no_fault():
    assert faults_of(DEFAULT) == []


@pytest.mark.parametrize(
    ("total", "grade"),
    [("85", "excellent"), ("84.9", "good"), ("50", "passed"), ("49.9", "failed")],
)
def test_a_grade_begins_at_its_points(total, grade):
    assert grade_of(DEFAULT, Decimal(total)) == grade


def changed(kind, **values):
    terms = [
        Term(one.kind, **({"weight": one.weight, "ceiling": one.ceiling} | values))
        if one.kind == kind
        else one
        for one in DEFAULT.terms
    ]
    return Formula(tuple(terms), DEFAULT.bands)


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (changed("guide", ceiling=Decimal(20)), ["110"]),
        (changed("topic", weight=Decimal(12)), ["12"]),
        (changed("topic", weight=Decimal(0)), ["gives nothing for one"]),
        (changed("topic", weight=Decimal(-1)), ["never negative"]),
        (Formula(DEFAULT.terms, DEFAULT.bands | {Grade.GOOD: Decimal(90)}), ["must begin above"]),
        (Formula(DEFAULT.terms, DEFAULT.bands | {Grade.EXCELLENT: Decimal(101)}), ["100"]),
    ],
)
def test_each_fault_is_one_sentence(faulty, said):
    with override("en"):
        faults = faults_of(faulty)
    assert len(faults) == len(said)
    assert all(word in fault for word, fault in zip(said, faults, strict=True))
