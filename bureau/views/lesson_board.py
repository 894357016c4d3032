"""Lessons, reviews and national study of a unit, by the units directly below (R4, R8, R9)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bureau import permissions
from bureau.domain.lesson_progress import COUNTS
from bureau.models import UnitLessons
from bureau.views.board_lines import LEVEL_BELOW, share
from bureau.views.boards import trail_of
from bureau.views.units import unit_of
from organisations.models import Organisation
from programmes.queries import current_programme

PAGE = 200
CHARTED = 40  # more bars nobody tells apart; the table has all
SHARES = {
    "research": ("research_given", "research_owing"),
    "reviews": ("reviews_finished", "reviews_due"),
    "national": ("national_finished", "national_owing"),
}


@login_required
@require_safe
def unit_lessons(request, pk):
    """One table and its chart; the counts of the last roll-up."""
    unit = unit_of(request.user, pk)
    programme = current_programme()
    counted = UnitLessons.objects.visible_to(request.user).filter(programme=programme)
    own = counted.filter(organisation=unit).first()
    below = Organisation.objects.directly_below(unit).current(timezone.localdate())
    rows = {row.organisation_id: row for row in counted.filter(organisation__in=below)}
    lines = [line_of(one, rows.get(one.pk)) for one in below.order_by("code")]
    key = request.GET.get("sort", "")
    if key.lstrip("-") in SORTS:
        lines.sort(key=SORTS[key.lstrip("-")], reverse=key.startswith("-"))
    context = {
        "unit": unit,
        "programme": programme,
        "trail": trail_of(request.user, unit, here=True),
        "own": own,
        "figures": figures_of(own),
        "lines": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "below": LEVEL_BELOW.get(unit.level, ""),
        "chart": chart_of(lines[:CHARTED]) if rows else None,
        "can_export": permissions.can_export(request.user, unit),
    }
    return render(request, "bureau/lessons.html", context)


def line_of(unit, row):
    """A unit with its counts and the three shares in percent, -1 where nothing is owed."""
    line = {"unit": unit} | {name: getattr(row, name, 0) for name in COUNTS}
    return line | {name: share(line[done], line[owed]) for name, (done, owed) in SHARES.items()}


SORTS = {
    "name": lambda line: line["unit"].code,
    "chosen": lambda line: line["lessons_chosen"],
    **{name: lambda line, name=name: line[name] for name in SHARES},
}


def figures_of(own):
    """The large numbers: value, label, detail."""
    if own is None:
        return []
    line = line_of(own.organisation_id, own)
    labels = {
        "research": _("have given a research lesson"),
        "reviews": _("of the drawn reviews are finished"),
        "national": _("have finished the national lessons"),
    }
    figures = [
        (
            f"{line[name]:g}%" if line[owed] else "–",
            labels[name],
            f"{line[done]:,} / {line[owed]:,}",
        )
        for name, (done, owed) in SHARES.items()
    ]
    shown = _("%(count)s more are shown") % {"count": f"{own.lessons_shown:,}"}
    return [*figures, (f"{own.lessons_chosen:,}", _("lessons chosen by their schools"), shown)]


def chart_of(lines):
    """The three shares of every unit below, side by side, with the table of the numbers."""
    names = [line["unit"].name for line in lines]
    titles = {
        "research": _("Research lessons"),
        "reviews": _("Drawn reviews"),
        "national": _("National lessons"),
    }
    shares = {name: [max(line[name], 0) for line in lines] for name in SHARES}
    return {
        "title": _("Finished, in percent"),
        "head": [_("Unit"), *titles.values()],
        "rows": [
            [line["unit"].name, *(f"{max(line[name], 0):g}%" for name in SHARES)] for line in lines
        ],
        "option": {
            "grid": {"left": 48, "right": 16, "top": 40, "bottom": 56},
            "legend": {"top": 0},
            "tooltip": {"trigger": "axis"},
            "xAxis": {"type": "category", "data": names, "axisLabel": {"rotate": 30}},
            "yAxis": {"type": "value", "max": 100},
            "series": [
                {"type": "bar", "name": titles[name], "data": shares[name], "barMaxWidth": 24}
                for name in SHARES
            ],
        },
    }
