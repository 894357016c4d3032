"""Hosts ask for corrections; the office, or the level above, rules."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from workshops.domain.assessment.asking import ask_about_act, ask_correction
from workshops.domain.assessment.corrections import rule_correction
from workshops.enums.assessment import Counted
from workshops.forms.assessment import AskForm, AskOfActForm, rule_form
from workshops.models import Correction
from workshops.permissions.assessment import can_rule_correction
from workshops.permissions.seats import OFFICERS, can_open_desk
from workshops.queries.acts import acts_named
from workshops.queries.requests import acts_of_requests, awaiting_of
from workshops.queries.titles import title_of
from workshops.views.results import result_at

MOST = 100


def own_result(request, pk):
    result = result_at(request, pk)
    if result.user_id != request.user.pk:
        raise PermissionDenied
    return result


@login_required
@require_http_methods(["GET", "POST"])
def ask(request, pk):
    """The host says which count is wrong; after confirmation this is the appeal."""
    result = own_result(request, pk)
    kind = request.GET.get("kind", "")
    initial = {"kind": kind} if kind in Counted.values else {}
    form = AskForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            ask_correction(result, **form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. The ruling comes to your inbox."))
            return redirect("workshops:host_result", pk=pk)
    status = 422 if form.errors else 200
    context = {"result": result, "title": title_of(result.workshop), "form": form}
    return render(request, "workshops/assessment/ask.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def ask_of_act(request, pk, kind, key):
    """The host says what is wrong with one counted act, from the line of the act."""
    result = own_result(request, pk)
    act = acts_named(request.user, [result.workshop_id], {(kind, key)}).get((kind, key))
    if act is None:
        raise Http404
    form = AskOfActForm(kind, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        named = {"act_kind": kind, "act_key": key}
        try:
            ask_about_act(result, **named, **form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. The ruling comes to your inbox."))
            return redirect("workshops:host_result", pk=pk)
    status = 422 if form.errors else 200
    context = {"result": result, "act": act, "title": title_of(result.workshop), "form": form}
    return render(request, "workshops/assessment/ask.html", context, status=status)


@login_required
@require_GET
def waiting(request):
    """The requests and appeals that are one's own to rule on, the oldest first."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    cases = awaiting_of(request.user, *OFFICERS)[:MOST]
    return render(request, "workshops/assessment/corrections.html", {"cases": cases})


def case_at(request, pk):
    """A request that the user may rule on."""
    unit = "result__assessment__organisation"
    rows = Correction.objects.select_related(
        "user__school",
        "ruled_by",
        f"{unit}__parent",
        "result__assessment__method",
        "result__workshop__organisation",
        "result__workshop__programme",
        "result__workshop__parent__organisation",
    )
    found = get_object_or_404(rows, pk=pk)
    if not can_rule_correction(request.user, found):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def rule(request, pk):
    """Read the request beside the count; grant so many acts, or none."""
    case = case_at(request, pk)
    form = rule_form(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            rule_correction(case, granted=given["granted"], why=given["why"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ruled. The host was told."))
            return redirect("workshops:corrections")
    context = {
        "case": case,
        "title": title_of(case.result.workshop),
        "act": acts_of_requests([case])[0][1],
        "counted": case.result.counts.get(case.kind, 0),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/assessment/correction.html", context, status=status)


@login_required
@require_GET
def file(request, pk):
    """What the host added; for the host and those who may see the request."""
    found = get_object_or_404(Correction.objects.visible_to(request.user).exclude(file=""), pk=pk)
    response = FileResponse(found.file.open(), as_attachment=True, filename=found.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
