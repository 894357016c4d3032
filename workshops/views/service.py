"""A host's service: terms, every act that counts, results."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import User
from workshops.enums.assessment import Counted
from workshops.models import HostResult, ServiceCertificate
from workshops.permissions.assessment import can_ask
from workshops.queries.acts import act_page, acts_by_month, duty_of, posts_of_host
from workshops.queries.assessment import with_people
from workshops.queries.gatherings import training_record
from workshops.queries.requests import asked_of
from workshops.queries.titles import title_of
from workshops.views.assessment_words import months_chart


@login_required
@require_GET
def own(request):
    """One's own acts, also after the last term has ended."""
    return shown(request, request.user)


@login_required
@require_GET
def of_host(request, pk):
    """The same for the office of the workshops that the person hosts or hosted."""
    return shown(request, get_object_or_404(User.objects.select_related("school"), pk=pk))


def shown(request, user):
    terms = posts_of_host(request.user, user)
    if not terms:
        raise Http404
    mains = {term.workshop_id for term in terms}
    kind = request.GET.get("kind", "")
    found = act_page(user, mains, kind=kind, before=request.GET.get("before", ""))
    months = acts_by_month(user, mains)
    rows = HostResult.objects.standing().visible_to(request.user).filter(user=user)
    results = with_people(rows).select_related("assessment").order_by("-pk")
    open_ = [one for one in results if can_ask(request.user, one)]
    context = {
        "host": user,
        "own": user.pk == request.user.pk,
        "terms": [(term, title_of(term.workshop)) for term in terms],
        "acts": [
            (act, title_of(act.workshop), *door) for act, *door in asked_of(found.acts, open_)
        ],
        "before": found.before,
        "kind": kind,
        "sums": sums_of(months),
        "total": sum(count for _kind, _month, count in months),
        "chart": months_chart(months) if months else None,
        "duty": duty_of(user, mains),
        "record": training_record(user),
        "certificates": ServiceCertificate.objects.visible_to(request.user)
        .filter(user=user)
        .order_by("-pk"),
        "results": results,
    }
    return render(request, "workshops/assessment/service.html", context)


def sums_of(months):
    """Every kind with how often it was done."""
    return [
        (kind, kind.label, sum(count for one, _month, count in months if one == kind))
        for kind in Counted
    ]
