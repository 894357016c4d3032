"""The four levels' desk of activity: unanswered questions, who writes, what is full or reported."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from organisations.enums import Level
from organisations.models import Organisation
from organisations.queries import reports_to
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Stage
from workshops.models import Workshop
from workshops.permissions.activity import activity_unit_of, can_export_activity, can_see_activity
from workshops.queries.activity import Counts, SchoolCounts, activity_below, activity_of_schools
from workshops.queries.titles import title_of
from workshops.views.desk import field_choices
from workshops.views.door import year_or_404

CHARTED = 40  # more bars nobody tells apart; the table has all
OWN_SHOWN = 200
FIRST = ("overdue", "reports", "active")  # what needs somebody stands first


@login_required
@require_GET
def activity(request):
    """Begins at one's own highest unit."""
    unit = activity_unit_of(request.user)
    if unit is None:
        raise PermissionDenied
    return redirect("workshops:unit_activity", pk=unit.pk)


@login_required
@require_GET
def unit_activity(request, pk):
    """A unit's workshops by the units below; a school's by the numbers of its own teachers."""
    unit = get_object_or_404(Organisation, pk=pk)
    if not can_see_activity(request.user, unit):
        raise Http404
    programme = year_or_404()
    pack = rule_pack_of(programme)
    choices = field_choices(pack)
    field = known_field(request.GET.get("field", ""), choices)
    context = {
        "unit": unit,
        "programme": programme,
        "trail": [one for one in reports_to(unit) if can_see_activity(request.user, one)],
        "field": field,
        "fields": choices,
        "stages": [(f"subject:{stage}", Stage(stage).label) for stage in pack.stage_subjects],
        "can_export": can_export_activity(request.user, unit),
    }
    if unit.level == Level.SCHOOL:
        counts = activity_of_schools(programme, unit, field).get(unit.pk, SchoolCounts())
        return render(request, "workshops/activity/school.html", context | {"counts": counts})
    context |= by_unit(programme, unit, field)
    return render(request, "workshops/activity/unit.html", context)


def known_field(asked, choices):
    """A field of the year, or a stage of it."""
    groups, topics = choices
    known = {value for _group, pairs in groups for value, _label in pairs}
    known |= {value for value, _label in topics}
    known |= {value.rpartition(":")[0] for value in known if value.startswith("subject:")}
    return asked if asked in known else ""


def by_unit(programme, unit, field):
    found = activity_below(programme, unit, field)
    own = found.get(unit.pk, Counts())
    below = Organisation.objects.directly_below(unit).current(timezone.localdate())
    below = below.order_by("code")
    context = {"own": own, "sums": sum(found.values(), start=Counts()), "rooms": []}
    if own.workshops:
        context["rooms"] = own_rooms(programme, unit, field)
    if unit.level == Level.COUNTY:
        counted = activity_of_schools(programme, unit, field)
        schools = [(one, counted[one.pk]) for one in below if one.pk in counted]
        return context | {"schools": schools}
    lines = [(one, found[one.pk]) for one in below if one.pk in found]
    drawn = [one for one in lines if one[1].overdue or one[1].active][:CHARTED]
    return context | {"lines": lines, "chart": chart_of(drawn) if drawn else None}


def own_rooms(programme, unit, field):
    rows = Workshop.objects.with_place().filter(programme=programme, organisation=unit)
    if field:
        rows = rows.filter(field__startswith=field)
    first = [F(f"last_week__{name}").desc(nulls_last=True) for name in FIRST]
    rows = rows.select_related("last_week").order_by(*first, "field", "number")
    return [(one, title_of(one), getattr(one, "last_week", None)) for one in rows[:OWN_SHOWN]]


def chart_of(lines):
    """Overdue questions and people who wrote, side by side for every unit below."""
    titles = {"overdue": _("Unanswered for 48 hours"), "active": _("Wrote this week")}
    return {
        "title": _("Unanswered questions and who wrote"),
        "head": [_("Unit"), *titles.values()],
        "rows": [[one.name, counts.overdue, counts.active] for one, counts in lines],
        "option": {
            "grid": {"left": 48, "right": 16, "top": 40, "bottom": 56},
            "legend": {"top": 0},
            "tooltip": {"trigger": "axis"},
            "xAxis": {
                "type": "category",
                "data": [one.name for one, _counts in lines],
                "axisLabel": {"rotate": 30},
            },
            "yAxis": {"type": "value", "minInterval": 1},
            "series": [
                {
                    "type": "bar",
                    "name": title,
                    "data": [getattr(counts, name) for _one, counts in lines],
                    "barMaxWidth": 24,
                }
                for name, title in titles.items()
            ],
        },
    }
