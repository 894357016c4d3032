"""The offices' view of duty: who was there, who was not, and which questions wait too long."""

from datetime import datetime, time, timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.phases import BEIJING
from programmes.domain.rulepacks import rule_pack_of
from workshops.models.workshop import READERS
from workshops.permissions.seats import can_keep_office, can_open_desk
from workshops.queries.duty_coverage import Coverage
from workshops.queries.duty_report import (
    duty_report,
    families_below,
    highest_unit,
    workshops_of,
)
from workshops.queries.titles import title_of
from workshops.views.desk import field_choices
from workshops.views.door import year_or_404

PER_PAGE = 50
USUAL_DAYS = 28
CHARTED = 40  # more bars nobody tells apart; the table has all
BEYOND = 1_000_000  # as a page's number: the last one


@login_required
@require_GET
def report(request):
    """One unit's families, rolled up by the units below; filters stand in the address."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    programme, unit, now = year_or_404(), asked_unit(request), timezone.now()
    since, until = asked_span(request, now)
    wanted = {key: request.GET.get(key, "")[:60] for key in ("field", "level", "show")}
    found = duty_report(
        families_below(request.user, programme, unit, field=wanted["field"], level=wanted["level"]),
        unit,
        (start_of(since), start_of(until + timedelta(days=1))),
        now,
        show=wanted["show"],
        page=asked_page(request),
        rows=PER_PAGE,
    )
    units = rolled_up(found.units, unit)
    context = {
        "unit": unit,
        "above": unit.parent if unit.parent and may_see(request, unit.parent) else None,
        "sums": found.sums,
        "units": units,
        "counts": found.counts,
        "families": found.families,
        "page": page_of(found, wanted["show"], request),
        "lines": named(found.lines),
        "wanted": wanted | {"since": since, "until": until},
        "fields": field_choices(rule_pack_of(programme)),
        "exports": can_keep_office(request.user, unit),
        "chart": chart_of(units[:CHARTED]) if units else None,
    }
    return render(request, "workshops/duty/report.html", context)


def page_of(found, show, request):
    """The pager of the lines, which the database has cut already."""
    count = found.counts.get(show, found.families)
    return Paginator(range(count), PER_PAGE).get_page(request.GET.get("page"))


def asked_page(request):
    """As ``Paginator.get_page`` reads it: no number is the first page, below 1 the last."""
    try:
        number = int(request.GET.get("page", "1"))
    except ValueError:
        return 1
    return min(number, BEYOND) if number > 0 else BEYOND


def rolled_up(sums, unit):
    """The unit itself and those below that have anything; nothing where nothing lies below."""
    below = Organisation.objects.directly_below(unit).current(timezone.localdate())
    below = below.filter(level__lt=Level.SCHOOL).order_by("code")
    rows = [(unit, sums.get(None, Coverage())), *((one, sums.get(one.pk)) for one in below)]
    units = [(one, found) for one, found in rows if found and (found.planned or found.overdue)]
    return [] if all(one == unit for one, _sums in units) else units


def named(lines):
    workshops = workshops_of(lines)
    pairs = [(workshops[one.workshop], one.coverage) for one in lines]
    return [(workshop, title_of(workshop), sums) for workshop, sums in pairs]


def may_see(request, unit):
    return request.user.serves(READERS, unit)


def asked_unit(request):
    """The unit of the address if it lies in one's reach, else one's own."""
    key = request.GET.get("unit", "")
    if not key.isdecimal():
        return highest_unit(request.user)
    unit = get_object_or_404(Organisation, pk=int(key), level__lt=Level.SCHOOL)
    if not may_see(request, unit):
        raise Http404
    return unit


def asked_span(request, now):
    """First and last day; the last four weeks unless the address says otherwise."""
    today = timezone.localdate(now)
    since = day_of(request.GET.get("since")) or today - timedelta(days=USUAL_DAYS)
    until = day_of(request.GET.get("until")) or today
    return min(since, until), max(since, until)


def day_of(text):
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def start_of(day):
    return datetime.combine(day, time.min, tzinfo=BEIJING)


def chart_of(units):
    """On time, late and missed of every unit below, on top of each other."""
    titles = {"on_time": _("On time"), "late": _("Late"), "missed": _("Missed")}
    names = [unit.name for unit, _sums in units]
    return {
        "title": _("Shifts by unit"),
        "head": [_("Unit"), *titles.values()],
        "rows": [
            [unit.name, *(f"{getattr(sums, name):,}" for name in titles)] for unit, sums in units
        ],
        "option": {
            "grid": {"left": 48, "right": 16, "top": 40, "bottom": 56},
            "legend": {"top": 0},
            "tooltip": {"trigger": "axis"},
            "xAxis": {"type": "category", "data": names, "axisLabel": {"rotate": 30}},
            "yAxis": {"type": "value", "minInterval": 1},
            "series": [
                {
                    "type": "bar",
                    "stack": "shifts",
                    "name": title,
                    "data": [getattr(sums, name) for _unit, sums in units],
                    "barMaxWidth": 32,
                }
                for name, title in titles.items()
            ],
        },
    }
