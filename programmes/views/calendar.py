"""The year at a glance: phases, what is open now, extensions, working days."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import DomainError
from programmes.domain.phases import (
    Window,
    extend_phase,
    phase_windows,
    set_phase,
)
from programmes.domain.rulepack_lint import stored_pack_findings
from programmes.domain.rulepacks import rule_pack_of
from programmes.domain.working_days import (
    LAST_YEAR_KNOWN,
    calendar_knows,
    clear_working_day,
    set_working_day,
)
from programmes.enums import PhaseKey
from programmes.forms import ExtensionForm, PhaseForm, WorkingDayForm
from programmes.models import PhaseExtension, WorkingDay
from programmes.permissions import (
    approving_paths,
    can_extend_phase_for,
    can_extend_phases,
    can_set_calendar,
)
from programmes.queries import current_programme

EXTENSIONS_SHOWN = 50


@dataclass(frozen=True)
class PhaseRow:
    """One line of the calendar; ``state`` is "was", "now", "next" or "unset"."""

    key: str
    label: str
    window: Window
    state: str


@login_required
def overview(request):
    programme = current_programme()
    if programme is None:
        return render(request, "programmes/no_programme.html")
    rows = phase_rows(programme, request.user.school)
    open_now = [row for row in rows if row.state == "now"]
    closing = [row for row in open_now if row.window.closes_at]
    context = {
        "programme": programme,
        "pack": rule_pack_of(programme),
        "rows": rows,
        "open_now": open_now,
        "soonest": min(closing, key=lambda row: row.window.closes_at, default=None),
        "upcoming": next((row for row in rows if row.state == "next"), None),
        "may_set": can_set_calendar(request.user),
        "may_extend": can_extend_phases(request.user),
    }
    if context["may_extend"]:
        context["extensions"] = extensions_seen_by(request.user, programme)
    if context["may_set"]:
        context["findings"] = stored_pack_findings(programme)
    return render(request, "programmes/overview.html", context)


def phase_rows(programme, organisation):
    now = timezone.now()
    windows = phase_windows(programme, organisation)
    unset = Window(None, None, is_set=False)
    rows = []
    for key in PhaseKey:
        window = windows.get(key.value, unset)
        if not window.is_set:
            state = "unset"
        elif window.is_before(now):
            state = "next"
        else:
            state = "was" if window.is_over(now) else "now"
        rows.append(PhaseRow(key.value, key.label, window, state))
    return rows


def extensions_seen_by(user, programme):
    seen = PhaseExtension.objects.filter(phase__programme=programme)
    seen = seen.within_paths(approving_paths(user))
    return seen.select_related("phase", "organisation", "granted_by")[:EXTENSIONS_SHOWN]


@login_required
def extend(request, key):
    if not can_extend_phases(request.user):
        raise PermissionDenied
    programme = needed_programme()
    phase = get_object_or_404(programme.phases, key=key)
    phase.programme = programme
    form = ExtensionForm(
        request.POST or None, initial={"organisation_code": request.GET.get("unit")}
    )
    if form.is_valid():
        if not can_extend_phase_for(request.user, form.organisation):
            form.add_error(
                "organisation_code",
                _("You can extend a phase only for units below your own."),
            )
        elif save_extension(request, phase, form):
            return redirect("programmes:overview")
    window = phase_windows(programme, None, keys=[key])[key]
    context = {"form": form, "phase": phase, "window": window}
    return render(request, "programmes/extend.html", context)


def save_extension(request, phase, form):
    try:
        extend_phase(
            phase,
            form.organisation,
            form.cleaned_data["closes_on"],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    except DomainError as refusal:
        form.add_error("closes_on", str(refusal))
        return False
    messages.success(
        request,
        _("The new last day holds for %(unit)s and everything below it.")
        % {"unit": form.organisation.name},
    )
    return True


@login_required
def edit_phase(request, key):
    if not can_set_calendar(request.user):
        raise PermissionDenied
    if key not in PhaseKey.values:
        raise Http404
    programme = needed_programme()
    phase = programme.phases.filter(key=key).first()
    initial = {"opens_on": phase.opens_on, "closes_on": phase.closes_on} if phase else {}
    form = PhaseForm(request.POST or None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        set_phase(
            programme,
            key,
            data["opens_on"],
            data["closes_on"],
            by=request.user,
            reason=data["reason"],
        )
        messages.success(request, _("The days are set for the whole province."))
        return redirect("programmes:overview")
    context = {"form": form, "label": PhaseKey(key).label}
    return render(request, "programmes/edit_phase.html", context)


@login_required
def working_days(request):
    if not can_set_calendar(request.user):
        raise PermissionDenied
    form = WorkingDayForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        set_working_day(data["day"], data["is_working"], by=request.user, note=data["note"])
        messages.success(request, _("Saved. It holds at once for every counting of days."))
        return redirect("programmes:working_days")
    today = timezone.localdate()
    context = {
        "form": form,
        "days": WorkingDay.objects.order_by("-day")[:200],
        "known_until": LAST_YEAR_KNOWN,
        "unknown_years": [
            year for year in (today.year, today.year + 1) if not calendar_knows(year)
        ],
    }
    return render(request, "programmes/working_days.html", context)


@login_required
@require_POST
def clear_day(request, pk):
    if not can_set_calendar(request.user):
        raise PermissionDenied
    if row := WorkingDay.objects.filter(pk=pk).first():  # a second click finds none
        clear_working_day(row, by=request.user)
    messages.success(request, _("The published calendar holds again for that day."))
    return redirect("programmes:working_days")


def needed_programme():
    programme = current_programme()
    if programme is None:
        raise Http404
    return programme
