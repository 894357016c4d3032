"""Planning the rota: the days and times, a preview, carrying it out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from workshops.domain.duty.planning import carry_out_plan, try_plan
from workshops.domain.duty.slots import set_scheme
from workshops.forms.duty import SchemeForm, SpanForm
from workshops.models import DutyScheme
from workshops.permissions.duty import can_plan_duty
from workshops.queries.titles import title_of
from workshops.views.door import visible_workshop

SCHEME = ("weekdays", "working_days_only", "begins_at", "shift_minutes", "shifts_a_day")
USUAL = {
    "weekdays": [1, 2, 3, 4, 5],
    "working_days_only": True,
    "begins_at": "19:00",
    "shift_minutes": 120,
    "shifts_a_day": 1,
}


def planned_workshop(request, pk):
    workshop = visible_workshop(request, pk)
    if not can_plan_duty(request.user, workshop):
        raise PermissionDenied
    return workshop


@login_required
@require_http_methods(["GET", "POST"])
def days(request, pk):
    """On which days and at which times the family is on duty."""
    workshop = planned_workshop(request, pk)
    scheme = DutyScheme.objects.filter(workshop=workshop.main_id).first()
    initial = {name: getattr(scheme, name) for name in SCHEME} if scheme else USUAL
    form = SchemeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_scheme(workshop, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Now plan the shifts."))
            return redirect("workshops:duty_plan", pk=pk)
    context = {"workshop": workshop, "title": title_of(workshop), "form": form}
    status = 422 if form.errors else 200
    return render(request, "workshops/duty/days.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request, pk):
    """The weeks to plan, what would come out, and one button that carries it out."""
    workshop = planned_workshop(request, pk)
    if not DutyScheme.objects.filter(workshop=workshop.main_id).exists():
        return redirect("workshops:duty_days", pk=pk)
    form = SpanForm(request.POST or request.GET or None)
    tried, refusal = None, ""
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            if request.method == "POST":
                mark = request.POST.get("fingerprint", "")
                carry_out_plan(workshop, fingerprint=mark, by=request.user, **given)
                messages.success(request, _("Planned. The hosts were told of their shifts."))
                return redirect("workshops:duty", pk=pk)
        except DomainError as fault:
            refusal = str(fault)
        tried, refusal = tried_plan(workshop, given, refusal)
    context = {
        "workshop": workshop,
        "title": title_of(workshop),
        "form": form,
        "plan": tried,
        "lines": named(tried) if tried else [],
        "refusal": refusal,
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "workshops/duty/plan.html", context, status=status)


def named(tried):
    """The shifts of a plan with the names of who serves; those that stay may be of others."""
    names = {one.user.pk: one.user.real_name for one in tried.loads}
    kept = {one.user: one.shift.user.real_name for one in tried.lines if one.shift and one.user}
    return [(one, (kept | names).get(one.user, "")) for one in tried.lines]


def tried_plan(workshop, given, refusal):
    try:
        return try_plan(workshop, now=timezone.now(), **given), refusal
    except DomainError as fault:
        return None, refusal or str(fault)
