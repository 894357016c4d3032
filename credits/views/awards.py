from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.errors import DomainError
from credits.domain import awards as domain
from credits.enums import AwardState
from credits.forms import AwardForm, PersonSearchForm, ReasonForm
from credits.models import EvidenceFile, HourDispute, ManualAward
from credits.permissions import (
    can_decide_award,
    can_open_desk,
    can_propose_award_for,
    can_propose_awards,
    can_withdraw_award,
)
from credits.queries import people_named
from credits.views.mine import chosen_programme
from programmes.domain.rulepacks import rule_pack_of

PER_PAGE = 50


@login_required
def award_list(request):
    if not can_open_desk(request.user):
        raise PermissionDenied
    awards = ManualAward.objects.visible_to(request.user)
    waiting = awards.filter(state=AwardState.PROPOSED)
    tab = request.GET.get("tab", "waiting")
    shown = awards.order_by("-pk") if tab == "all" else waiting.order_by("pk")
    page = Paginator(shown.select_related("user", "school", "proposed_by"), PER_PAGE)
    context = {
        "tab": tab,
        "page": page.get_page(request.GET.get("page")),
        "waiting": waiting.count(),
        "can_propose": can_propose_awards(request.user),
    }
    return render(request, "credits/award_list.html", context)


@login_required
def award_new(request):
    """First whom, then what."""
    if not can_propose_awards(request.user):
        raise PermissionDenied
    programme = chosen_programme(request)
    if programme is None:
        return render(request, "credits/no_programme.html")
    if not request.GET.get("user"):
        return _choose_person(request)
    people = User.objects.select_related("school__parent", "school__acting_county")
    person = get_object_or_404(people, pk=request.GET["user"])
    if not can_propose_award_for(request.user, person):
        raise PermissionDenied
    dispute = _dispute_behind(request, person)
    initial = {"part": dispute.part, "subject": dispute.subject} if dispute else {}
    form = AwardForm(
        request.POST or None, request.FILES or None, initial=initial, programme=programme
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            award = domain.propose_award(
                user=person,
                programme=programme,
                by=request.user,
                dispute=dispute,
                files=given.pop("evidence"),
                **given,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. A second person now decides."))
            return redirect("credits:award", pk=award.pk)
    context = {"form": form, "person": person, "programme": programme, "dispute": dispute}
    return render(request, "credits/award_new.html", context)


def _dispute_behind(request, person):
    if not (pk := request.GET.get("dispute", "")).isdigit():
        return None
    disputes = HourDispute.objects.visible_to(request.user).filter(user=person)
    return get_object_or_404(disputes, pk=pk)


def _choose_person(request):
    form = PersonSearchForm(request.GET or None)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    people = people_named(text, User.objects.visible_to(request.user)) if text else []
    found = [one for one in people if can_propose_award_for(request.user, one)]
    return render(
        request, "credits/award_person.html", {"form": form, "text": text, "people": found}
    )


def visible_award(request, pk):
    awards = ManualAward.objects.visible_to(request.user).select_related(
        "programme", "user", "school", "county", "proposed_by", "decided_by", "entry"
    )
    return get_object_or_404(awards, pk=pk)


@login_required
def award_detail(request, pk):
    return _detail(request, visible_award(request, pk))


def _detail(request, award, form=None):
    part = rule_pack_of(award.programme).part(award.part)
    context = {
        "award": award,
        "part": part.title if part else award.part,
        "files": award.evidence.all(),
        "can_decide": can_decide_award(request.user, award),
        "can_withdraw": can_withdraw_award(request.user, award),
        "form": form or ReasonForm(),
    }
    return render(request, "credits/award.html", context)


@login_required
@require_POST
def award_approve(request, pk):
    award = visible_award(request, pk)
    if not can_decide_award(request.user, award):
        raise PermissionDenied
    return _act(request, award, _("The hours are in the ledger."), domain.approve_award)


@login_required
@require_POST
def award_refuse(request, pk):
    award = visible_award(request, pk)
    if not can_decide_award(request.user, award):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, award, form)
    done = _("Refused; both have been told why.")
    return _act(request, award, done, domain.refuse_award, why=form.cleaned_data["why"])


@login_required
@require_POST
def award_withdraw(request, pk):
    award = visible_award(request, pk)
    if not can_withdraw_award(request.user, award):
        raise PermissionDenied
    return _act(request, award, _("Taken back."), domain.withdraw_award)


def _act(request, award, done, verb, **given):
    try:
        verb(award, by=request.user, **given)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("credits:award", pk=award.pk)


@login_required
@require_safe
def evidence(request, pk):
    """A file, to those who may see what it proves; never shown inside the site's own pages."""
    found = get_object_or_404(EvidenceFile.objects.visible_to(request.user), pk=pk)
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=found.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
