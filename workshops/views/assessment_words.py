"""What the pages of an assessment show: lines of a formula, charts."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from workshops.enums.assessment import Counted, Grade
from workshops.policy import DUTY_OWED

CELLS = [*(f"{low}–{low + 9}" for low in range(0, 90, 10)), "90–100"]


@dataclass(frozen=True)
class Line:
    """One kind of a result: what was counted, what rulings changed, what it gave."""

    kind: str
    counted: int
    adjusted: int
    weight: Decimal
    ceiling: Decimal
    points: Decimal
    of_share: bool = False
    owed: int = 0

    @property
    def label(self):
        return Counted(self.kind).label


def lines_of(result, formula):
    """The terms that can give points, as this result fills them."""
    return [
        Line(
            one.kind,
            result.counts.get(one.kind, 0),
            result.adjusted.get(one.kind, 0),
            one.weight,
            one.ceiling,
            Decimal(result.points.get(one.kind, "0")),
            one.of_share,
            result.counts.get(DUTY_OWED, 0) if one.of_share else 0,
        )
        for one in formula.terms
        if one.ceiling
    ]


def spread_chart(cells):
    """How the points of hosts are spread, in tens. ``cells``: for each host the ten it falls in."""
    counts = [cells.count(at) for at in range(len(CELLS))]
    axis = {"type": "category", "data": CELLS, "name": _("points")}
    return {
        "title": _("How the points are spread"),
        "head": [_("points"), _("hosts")],
        "rows": list(zip(CELLS, counts, strict=True)),
        "option": {
            "grid": {"left": 40, "right": 16, "top": 16, "bottom": 44},
            "tooltip": {"trigger": "axis"},
            "xAxis": axis | {"nameLocation": "middle", "nameGap": 30},
            "yAxis": {"type": "value", "minInterval": 1},
            "series": [{"type": "bar", "name": _("hosts"), "data": counts, "barMaxWidth": 48}],
        },
    }


def months_chart(rows):
    """Acts per month; the table says of which kind. ``rows``: kind, month, count."""
    months = sorted({month for _kind, month, _count in rows})
    kinds = [kind for kind in Counted if any(one == kind for one, *_rest in rows)]
    found = {(kind, month): count for kind, month, count in rows}
    sums = [sum(found.get((kind, month), 0) for kind in kinds) for month in months]
    names = [f"{month:%Y-%m}" for month in months]
    return {
        "title": _("Counted acts by month"),
        "head": [_("month"), _("together"), *(str(kind.label) for kind in kinds)],
        "rows": [
            [name, whole, *(found.get((kind, month), 0) for kind in kinds)]
            for name, whole, month in zip(names, sums, months, strict=True)
        ],
        "option": {
            "grid": {"left": 40, "right": 16, "top": 16, "bottom": 32},
            "tooltip": {"trigger": "axis"},
            "xAxis": {"type": "category", "data": names},
            "yAxis": {"type": "value", "minInterval": 1},
            "series": [{"type": "bar", "name": _("Counted acts"), "data": sums, "barMaxWidth": 40}],
        },
    }


def grade_figures(counts):
    """Grade, its word and how many reached it, from the top."""
    return [(grade, grade.label, counts.get(grade, 0)) for grade in Grade]
