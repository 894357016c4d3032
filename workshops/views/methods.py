"""The formula: read by everybody assessed, written, tried and published by the office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from organisations.models import Organisation
from workshops.domain.assessment.methods import (
    draft_method,
    formula_of,
    publish_method,
    save_method,
    tried,
)
from workshops.domain.assessment.scoring import RANKED, faults_of
from workshops.enums.assessment import Counted
from workshops.forms.assessment import MethodForm
from workshops.models import Method
from workshops.permissions.assessment import can_assess
from workshops.views.assessment_words import grade_figures, spread_chart
from workshops.views.door import year_or_404


def method_at(request, pk):
    rows = Method.objects.visible_to(request.user).select_related("organisation", "programme")
    return get_object_or_404(rows, pk=pk)


def office_method(request, pk):
    """A formula of a unit for which the user acts."""
    method = method_at(request, pk)
    if not can_assess(request.user, method.organisation):
        raise PermissionDenied
    return method


@login_required
@require_POST
def new(request, unit):
    """Begin a draft, or go on with the one there is."""
    organisation = get_object_or_404(Organisation, pk=unit)
    if not can_assess(request.user, organisation):
        raise PermissionDenied
    method = draft_method(year_or_404(), organisation, by=request.user)
    return redirect("workshops:method_edit", pk=method.pk)


@login_required
@require_GET
def read(request, pk):
    """The formula in plain words."""
    method = method_at(request, pk)
    formula = formula_of(method)
    context = {
        "method": method,
        "terms": [(Counted(one.kind).label, one) for one in formula.terms if one.ceiling],
        "bands": [(grade.label, formula.bands[grade]) for grade in RANKED],
        "office": can_assess(request.user, method.organisation),
    }
    return render(request, "workshops/assessment/method.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change a draft; what it would give today's hosts stands beside it."""
    method = office_method(request, pk)
    if method.published_at:
        return redirect("workshops:method", pk=pk)
    formula = formula_of(method)
    form = MethodForm(method, formula, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_method(method, form.formula(), intro=form.cleaned_data["intro"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. The preview shows what it gives."))
            return redirect("workshops:method_edit", pk=pk)
    found = tried(method, formula)
    grades = [grade for _cell, grade in found]
    context = {
        "method": method,
        "form": form,
        "faults": faults_of(formula),
        "hosts": len(found),
        "grades": grade_figures({grade: grades.count(grade) for grade in grades}),
        "chart": spread_chart([cell for cell, _grade in found]) if found else None,
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/assessment/method_edit.html", context, status=status)


@login_required
@require_POST
def publish(request, pk):
    """From now on this version is for all to read and does not change."""
    method = office_method(request, pk)
    try:
        publish_method(method, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("workshops:method_edit", pk=pk)
    messages.success(request, _("Published. Everybody who is signed in can read it."))
    return redirect("workshops:method", pk=pk)
