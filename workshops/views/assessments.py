"""The office's assessments: begin one, look at the ranking, count anew, confirm."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from programmes.domain.rulepacks import rule_pack_of
from workshops.domain.assessment.rounds import compute_again, confirm_assessment, start_assessment
from workshops.domain.assessment.service import to_certify
from workshops.enums.assessment import Grade
from workshops.forms.assessment import StartForm
from workshops.models import Assessment, Correction, Method
from workshops.permissions.assessment import can_assess, can_read_assessment, has_hosted
from workshops.permissions.seats import OFFICERS, can_open_desk, places_of
from workshops.policy import CORRECTION_DAYS
from workshops.queries.assessment import grades_of, ranked
from workshops.queries.requests import awaiting_of
from workshops.queries.titles import title_of
from workshops.views.assessment_words import grade_figures
from workshops.views.desk import field_choices
from workshops.views.methods import office_method

PER_PAGE = 50
MOST = 60


@login_required
@require_GET
def desk(request):
    """The formulas and assessments in one's reach, and what waits for a ruling."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    place = ("organisation", "programme")
    rows = Assessment.objects.visible_to(request.user).select_related("method", *place)
    unit = places_of(request.user)
    methods = Method.objects.filter(organisation=unit).select_related(*place) if unit else []
    context = {
        "unit": unit,
        "methods": methods.order_by("-programme__year", "-version") if unit else [],
        "assessments": rows.defer("programme__rule_pack").order_by("-pk")[:MOST],
        "waiting": awaiting_of(request.user, *OFFICERS).count(),
        "hosted": has_hosted(request.user),
    }
    return render(request, "workshops/assessment/desk.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request, pk):
    """The days that count, and the days for corrections."""
    method = office_method(request, pk)
    today, year = timezone.localdate(), method.programme
    initial = {
        "starts_on": min(year.starts_on, today),
        "ends_on": min(year.ends_on, today),
        "corrections_until": today + timedelta(days=CORRECTION_DAYS),
    }
    form = StartForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = start_assessment(method, **form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Counted. The hosts see their results and were told."))
            return redirect("workshops:assessment", pk=made.pk)
    status = 422 if form.errors else 200
    context = {"method": method, "form": form}
    return render(request, "workshops/assessment/start.html", context, status=status)


def assessment_at(request, pk):
    rows = Assessment.objects.select_related("organisation", "programme", "method")
    found = get_object_or_404(rows, pk=pk)
    if not can_read_assessment(request.user, found):
        raise Http404
    return found


def office_assessment(request, pk):
    found = assessment_at(request, pk)
    if not can_assess(request.user, found.organisation):
        raise PermissionDenied
    return found


@login_required
@require_GET
def ranking(request, pk):
    """The office's list, the highest first, with filters."""
    found = assessment_at(request, pk)
    wanted = {key: request.GET.get(key, "") for key in ("field", "grade", "decided")}
    wanted["q"] = request.GET.get("q", "").strip()[:40]
    page = Paginator(ranked(found, wanted), PER_PAGE).get_page(request.GET.get("page"))
    counts = grades_of(found)
    waiting = Correction.objects.awaiting().filter(result__assessment=found).count()
    context = {
        "assessment": found,
        "page": page,
        "lines": [(one, title_of(one.workshop)) for one in page],
        "hosts": sum(counts.values()),
        "grades": grade_figures(counts),
        "wanted": wanted,
        "fields": field_choices(rule_pack_of(found.programme)),
        "grade_choices": Grade.choices,
        "waiting": waiting,
        "over": timezone.localdate() > found.corrections_until,
        "office": can_assess(request.user, found.organisation),
        "to_certify": to_certify(found).count() if found.is_confirmed else 0,
    }
    return render(request, "workshops/assessment/ranking.html", context)


@login_required
@require_POST
def compute(request, pk):
    """Count anew, with what was ruled meanwhile."""
    found = office_assessment(request, pk)
    try:
        hosts = compute_again(found, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("Counted anew: %(hosts)s host.", "Counted anew: %(hosts)s hosts.", hosts)
        messages.success(request, said % {"hosts": hosts})
    return redirect("workshops:assessment", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request, pk):
    """Let the results stand for good."""
    found = office_assessment(request, pk)
    if request.method == "POST":
        try:
            confirm_assessment(found, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Confirmed. The results stand; the hosts were told."))
        return redirect("workshops:assessment", pk=pk)
    return render(request, "workshops/assessment/confirm.html", {"assessment": found})
