"""The board of a unit: where its people stand, by the units directly below."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bureau import permissions
from bureau.domain.progress import (
    figures_from_details,
    figures_of_children,
    figures_rolled_up,
)
from bureau.models import UnitProgress
from bureau.views.board_lines import (
    LEVEL_BELOW,
    board_headline,
    figure_pairs,
    phase_strip,
    spread_chart,
    unit_figures,
    unit_lines,
)
from bureau.views.todo import todo_cards
from bureau.views.units import unit_of, units_of
from core.domain.jobs import start_job
from credits.queries import completion_rows
from organisations.enums import Level
from organisations.models import Organisation
from organisations.queries import reports_to
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from programmes.queries import current_programme

PAGE = 50
CHECKED_LEVELS = (Level.COUNTY, Level.SCHOOL)


@login_required
@require_safe
def home(request):
    """The board of the user's highest appointment."""
    units = units_of(request.user)
    if not units:
        raise PermissionDenied
    return _board(request, units[0], units)


@login_required
@require_safe
def unit(request, pk):
    """The board of any unit in the user's scope."""
    return _board(request, unit_of(request.user, pk), units_of(request.user))


def _board(request, organisation, units):
    programme = current_programme()
    context = {
        "unit": organisation,
        "units": units if len(units) > 1 else [],
        "programme": programme,
        "trail": trail_of(request.user, organisation),
        "can_export": permissions.can_export(request.user, organisation),
    }
    if programme is None:
        return render(request, "bureau/board.html", context)
    pack = rule_pack_of(programme)
    progress = UnitProgress.objects.visible_to(request.user).filter(programme=programme)
    own = progress.filter(organisation=organisation).first()
    context |= {
        "own": own,
        "headline": board_headline(own),
        "phases": phase_strip(programme, organisation),
        "figures": unit_figures(own, pack),
        "cards": todo_cards(request.user, programme, organisation),
        "chart": spread_chart(own, pack) if own else None,
        "pack": pack,
    }
    if organisation.level == Level.SCHOOL:
        context |= _people(request, programme, organisation, pack)
    else:
        context |= _units(request, programme, organisation, progress, own)
    return render(request, "bureau/board.html", context)


def _units(request, programme, organisation, progress, own):
    below = Organisation.objects.directly_below(organisation).current(timezone.localdate())
    rows = {row.organisation_id: row for row in progress.filter(organisation__in=below)}
    lines = unit_lines(below.order_by("code"), rows, own, request.GET.get("sort", ""))
    page = Paginator(lines, PAGE * 4).get_page(request.GET.get("page"))
    behind = sum(1 for line in lines if line.is_behind)
    return {
        "lines": page,
        "below": LEVEL_BELOW[organisation.level],
        "headline": board_headline(own, behind),
    }


def _people(request, programme, organisation, pack):
    enrolments = Enrolment.objects.visible_to(request.user).filter(
        programme=programme, school=organisation
    )
    enrolments = enrolments.exclude(state=EnrolmentState.WITHDRAWN).select_related("user")
    state = request.GET.get("state", "")
    if state in EnrolmentState.values:
        enrolments = enrolments.filter(state=state)
    page = Paginator(enrolments.order_by("user__real_name", "pk"), PAGE).get_page(
        request.GET.get("page")
    )
    shown = Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in page])
    hours = {row.enrolment_id: row for row in completion_rows(programme, shown)}
    for enrolment in page:
        enrolment.hours = hours[enrolment.pk]
        enrolment.subject_title = pack.subject(enrolment.stage, enrolment.subject)
        enrolment.lacking = [
            (part.short, part.class_hours - enrolment.hours.hours[part.key])
            for part in pack.parts
            if enrolment.hours.hours[part.key] < part.class_hours
        ]
    return {"people": page, "state": state, "states": EnrolmentState.choices[:4]}


@login_required
@require_safe
def check(request, pk):
    """The board's figures beside the same figures counted anew from the details."""
    organisation = unit_of(request.user, pk)
    programme = current_programme()
    context = {"unit": organisation, "trail": trail_of(request.user, organisation, here=True)}
    if programme is not None:
        rolled = figures_rolled_up(programme, organisation)
        by_details = organisation.level in CHECKED_LEVELS
        source = figures_from_details if by_details else figures_of_children
        counted = source(programme, organisation)
        context |= {
            "by_details": by_details,
            "agrees": rolled == counted,
            "pairs": figure_pairs(rolled, counted),
            "own": UnitProgress.objects.filter(
                programme=programme, organisation=organisation
            ).first(),
        }
    return render(request, "bureau/check.html", context)


@login_required
@require_POST
def recount(request, pk):
    """Count now instead of in some minutes; at most once a minute, whoever asks."""
    organisation = unit_of(request.user, pk)
    programme = current_programme()
    if programme is not None:
        minute = timezone.now().strftime("%Y%m%d%H%M")
        start_job(
            "bureau.count_progress",
            {"programme": programme.pk},
            by=request.user,
            key=f"bureau.count_progress:{programme.pk}:{minute}",
        )
        messages.success(request, _("The figures are being counted; reload in a moment."))
    return redirect("bureau:check", pk=organisation.pk)


def trail_of(user, organisation, *, here=False):
    """From the highest unit that the user serves down to this one."""
    above = [unit for unit in reports_to(organisation) if permissions.can_see_unit(user, unit)]
    trail = [(unit.name, reverse("bureau:unit", args=[unit.pk])) for unit in above]
    own = reverse("bureau:unit", args=[organisation.pk]) if here else ""
    return [*trail, (organisation.name, own)]
