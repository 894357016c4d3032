"""One result, explained count by count; and what the office makes of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from workshops.domain.assessment.decisions import decide
from workshops.domain.assessment.methods import formula_of
from workshops.enums.assessment import Consequence
from workshops.forms.assessment import DecideForm
from workshops.models import Correction, HostResult
from workshops.permissions.assessment import can_ask, can_assess
from workshops.queries.assessment import with_people
from workshops.queries.requests import acts_of_requests
from workshops.queries.titles import title_of
from workshops.views.assessment_words import lines_of


def result_at(request, pk):
    rows = with_people(HostResult.objects.visible_to(request.user))
    joined = rows.select_related(
        "assessment__organisation__parent", "assessment__method", "assessment__programme"
    )
    return get_object_or_404(joined, pk=pk)


@login_required
@require_GET
def result(request, pk):
    """What was counted, what it gives and why; requests and rulings; the decision."""
    found = result_at(request, pk)
    held = found.assessment
    own = found.user_id == request.user.pk
    chain = {found.pk, found.replaces_id or found.pk}
    newer = HostResult.objects.filter(replaces=found).first()
    requests = Correction.objects.filter(result__in=chain).select_related(
        "ruled_by", "result", "user"
    )
    named = acts_of_requests(requests.order_by("pk"))
    appealed = any(one.is_appeal for one, _act in named)
    lines = lines_of(found, formula_of(held.method))
    context = {
        "result": found,
        "assessment": held,
        "title": title_of(found.workshop),
        "lines": lines,
        "without_duty": any(line.of_share and not line.owed for line in lines),
        "requests": named,
        "own": own,
        "newer": newer,
        "asks": newer is None and not appealed and can_ask(request.user, found),
        "office": can_assess(request.user, held.organisation) and not own,
    }
    return render(request, "workshops/assessment/result.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decision(request, pk):
    """Stays, is warned, goes on, leaves."""
    found = result_at(request, pk)
    if not can_assess(request.user, found.assessment.organisation):
        raise PermissionDenied
    if found.user_id == request.user.pk:
        raise PermissionDenied
    form = DecideForm(found.term, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            decide(
                found,
                Consequence(given["verdict"]),
                why=given["why"],
                until=given.get("until"),
                by=request.user,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. The host was told."))
            return redirect("workshops:host_result", pk=pk)
    status = 422 if form.errors else 200
    context = {"result": found, "title": title_of(found.workshop), "form": form}
    return render(request, "workshops/assessment/decide.html", context, status=status)
