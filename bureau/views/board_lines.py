"""What a board shows, made from the roll-up: figures, lines, phases, the chart."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisations.enums import Level
from programmes.domain.phases import phase_windows
from programmes.enums import Category, PhaseKey

LEVEL_BELOW = {
    Level.PROVINCE: gettext_lazy("By city"),
    Level.CITY: gettext_lazy("By county"),
    Level.COUNTY: gettext_lazy("By school"),
}
STRIP = (
    PhaseKey.ENROLMENT,
    PhaseKey.TOPIC_SELECTION,
    PhaseKey.COURSE_SELECTION,
    PhaseKey.REQUIRED_STUDY,
    PhaseKey.ELECTIVE_STUDY,
    PhaseKey.CREDIT_REGISTRATION,
)
BEHIND_POINTS = 10  # a unit that lies this far below the whole is pointed out
FIGURE_NAMES = {
    "entered": gettext_lazy("entered by the school"),
    "confirmed": gettext_lazy("confirmed by the teacher"),
    "approved": gettext_lazy("approved by the county"),
    "returned": gettext_lazy("returned for correction"),
    "required_complete": gettext_lazy("required hours complete"),
    "all_complete": gettext_lazy("all hours complete"),
    "registered": gettext_lazy("credits registered"),
}
SORTS = {
    "name": lambda line: line.unit.code,
    "enrolled": lambda line: line.enrolled,
    "approved": lambda line: line.approved,
    "required": lambda line: line.required_share,
    "all": lambda line: line.all_share,
}


@dataclass(frozen=True)
class Bar:
    """One bar of a small distribution. Units of the drawing: a box of 150 by 26."""

    x: int
    y: float
    height: float
    full: bool


@dataclass(frozen=True)
class UnitLine:
    """A unit directly below with its figures; ``required_share`` is None while nobody counts."""

    unit: object
    enrolled: int = 0
    approved: int = 0
    required_share: float = -1
    all_share: float = -1
    bars: tuple[Bar, ...] = ()
    spread_text: str = ""
    is_behind: bool = False


def share(part, whole):
    """Percent with one decimal; -1 when there is nobody to count."""
    return round(part * 100 / whole, 1) if whole else -1


def enrolled(row):
    """Everybody on a list, whatever the state but withdrawn."""
    return row.entered + row.confirmed + row.approved + row.returned


def board_headline(own, behind=0):
    """The page's answer in one line; ``behind``: units below that lag."""
    if own is None or not enrolled(own):
        return _("Nobody is on the list yet")
    if not own.approved:
        return ngettext(
            "%(count)s person is on the list, nobody is approved yet",
            "%(count)s people are on the list, nobody is approved yet",
            enrolled(own),
        ) % {"count": enrolled(own)}
    numbers = {"percent": f"{share(own.required_complete, own.approved):g}", "behind": behind}
    if not behind:
        return _("%(percent)s%% have filled the required hours") % numbers
    return (
        ngettext(
            "%(percent)s%% have filled the required hours, %(behind)s unit lies behind",
            "%(percent)s%% have filled the required hours, %(behind)s units lie behind",
            behind,
        )
        % numbers
    )


def unit_figures(own, pack):
    """The large numbers: value, label, detail."""
    if own is None:
        return []
    required = sum(part.class_hours for part in pack.parts if part.category == Category.REQUIRED)
    total = sum(part.class_hours for part in pack.parts)
    on_list = enrolled(own)
    return [
        (f"{on_list:,}", _("on the list"), ""),
        (
            f"{own.approved:,}",
            _("approved"),
            f"{share(own.approved, on_list):g}%" if on_list else "",
        ),
        (
            _percent(own.required_complete, own.approved),
            _("%(hours)s required hours filled") % {"hours": f"{required.normalize():f}"},
            _people(own.required_complete),
        ),
        (
            _percent(own.all_complete, own.approved),
            _("all %(hours)s hours filled") % {"hours": f"{total.normalize():f}"},
            _people(own.all_complete),
        ),
        (f"{own.registered:,}", _("credits registered"), ""),
    ]


def _percent(part, whole):
    return f"{share(part, whole):g}%" if whole else "–"


def _people(count):
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": f"{count:,}"}


def figure_pairs(shown, counted):
    """Each figure as shown and as counted anew."""
    return [
        (label, getattr(shown, name), getattr(counted, name))
        for name, label in FIGURE_NAMES.items()
    ]


def unit_lines(units, rows, own, sort):
    """The units directly below, sorted; those that lie behind are marked."""
    whole = share(own.required_complete, own.approved) if own else -1
    lines = [_line(unit, rows.get(unit.pk), whole) for unit in units]
    key = SORTS.get(sort.lstrip("-"))
    if key is not None:
        lines.sort(key=key, reverse=sort.startswith("-"))
    return lines


def _line(unit, row, whole):
    if row is None:
        return UnitLine(unit)
    required = share(row.required_complete, row.approved)
    return UnitLine(
        unit=unit,
        enrolled=enrolled(row),
        approved=row.approved,
        required_share=required,
        all_share=share(row.all_complete, row.approved),
        bars=bars(row.required_spread),
        spread_text=", ".join(str(count) for count in row.required_spread),
        is_behind=0 <= required < whole - BEHIND_POINTS,
    )


def bars(spread):
    """Seven bars scaled to the highest; the last, the complete, in full colour."""
    highest = max(spread) or 1
    heights = [max(26 * count / highest, 1) for count in spread]
    return tuple(
        Bar(at * 21, round(26 - height, 1), round(height, 1), at == len(spread) - 1)
        for at, height in enumerate(heights)
    )


def spread_labels(total):
    """ "0–6", … "30–36", and complete. Units: class hours."""
    sixth = total / 6
    edges = [f"{(sixth * at).normalize():f}" for at in range(7)]
    return [
        *(f"{low}–{high}" for low, high in zip(edges, edges[1:], strict=False)),
        _("complete"),
    ]


def spread_chart(own, pack):
    """The hours distribution as an option for the chart component, with its table."""
    labels = spread_labels(sum(part.class_hours for part in pack.parts))
    axis = {"type": "category", "data": labels, "name": _("hours that count")}
    return {
        "title": _("How far the approved people are"),
        "head": [_("hours that count"), _("people")],
        "rows": list(zip(labels, own.spread, strict=True)),
        "option": {
            "grid": {"left": 56, "right": 16, "top": 16, "bottom": 44},
            "tooltip": {"trigger": "axis"},
            "xAxis": axis | {"nameLocation": "middle", "nameGap": 30},
            "yAxis": {"type": "value", "minInterval": 1},
            "series": [{"type": "bar", "name": _("people"), "data": own.spread, "barMaxWidth": 64}],
        },
    }


def phase_strip(programme, organisation):
    """The year's windows for this unit: label, dates, state, and the end while it is open."""
    now = timezone.now()
    windows = phase_windows(programme, organisation, keys=list(STRIP))
    return [
        {
            "label": PhaseKey(key).label,
            "window": window,
            "state": "was" if window.is_over(now) else ("" if window.is_before(now) else "now"),
        }
        for key, window in windows.items()
    ]
