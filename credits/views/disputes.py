from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import DomainError
from credits.domain import disputes as domain
from credits.enums import DisputeState
from credits.forms import AnswerForm, DisputeForm, ReasonForm
from credits.models import HourDispute
from credits.permissions import (
    can_accept_answer,
    can_answer_dispute,
    can_go_up,
    can_open_desk,
    can_propose_award_for,
    can_withdraw_dispute,
    officer_paths,
)
from credits.queries import disputes_to_answer
from credits.views.mine import chosen_programme
from programmes.domain.rulepacks import rule_pack_of

PER_PAGE = 50


@login_required
def dispute_list(request):
    """The desk: what is to be answered, what is overdue, everything."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    tab = request.GET.get("tab", "open")
    disputes = HourDispute.objects.visible_to(request.user)
    to_answer = disputes_to_answer(officer_paths(request.user))
    shown = {
        "open": disputes.filter(state=DisputeState.OPEN).order_by("due_on", "pk"),
        "overdue": disputes.overdue().order_by("due_on", "pk"),
        "all": disputes.order_by("-pk"),
    }.get(tab, disputes.none())
    page = Paginator(shown.select_related("user", "school", "handler"), PER_PAGE)
    context = {
        "tab": tab,
        "page": page.get_page(request.GET.get("page")),
        "to_answer": to_answer.count(),
        "overdue": disputes.overdue().count(),
    }
    return render(request, "credits/dispute_list.html", context)


@login_required
def dispute_new(request):
    programme = chosen_programme(request)
    if programme is None or request.user.school_id is None:
        raise PermissionDenied
    initial = {"part": request.GET.get("part"), "subject": request.GET.get("subject")}
    form = DisputeForm(
        request.POST or None, request.FILES or None, initial=initial, programme=programme
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            dispute = domain.raise_dispute(
                user=request.user, programme=programme, files=given.pop("evidence"), **given
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent. You are told as soon as there is an answer."))
            return redirect("credits:dispute", pk=dispute.pk)
    context = {
        "form": form,
        "programme": programme,
        "working_days": rule_pack_of(programme).dispute_answer_working_days,
    }
    return render(request, "credits/dispute_new.html", context)


def visible_dispute(request, pk):
    disputes = HourDispute.objects.visible_to(request.user).select_related(
        "programme",
        "handler__parent",
        "answered_by",
        "county",
        "user__school__parent",
        "user__school__acting_county",
    )
    return get_object_or_404(disputes, pk=pk)


@login_required
def dispute_detail(request, pk):
    return _detail(request, visible_dispute(request, pk))


def _detail(request, dispute, answer_form=None, up_form=None):
    part = rule_pack_of(dispute.programme).part(dispute.part)
    context = {
        "dispute": dispute,
        "part": part.title if part else dispute.part,
        "steps": dispute.steps.select_related("by", "handler"),
        "files": dispute.evidence.all(),
        "awards": dispute.awards.all(),
        "can_answer": can_answer_dispute(request.user, dispute),
        "can_go_up": can_go_up(request.user, dispute),
        "can_accept": can_accept_answer(request.user, dispute),
        "can_withdraw": can_withdraw_dispute(request.user, dispute),
        "can_propose": can_propose_award_for(request.user, dispute.user)
        and dispute.state == DisputeState.OPEN,
        "answer_form": answer_form or AnswerForm(),
        "up_form": up_form or ReasonForm(auto_id="up_%s"),
    }
    return render(request, "credits/dispute.html", context)


@login_required
@require_POST
def dispute_answer(request, pk):
    dispute = visible_dispute(request, pk)
    if not can_answer_dispute(request.user, dispute):
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _detail(request, dispute, answer_form=form)
    return _act(
        request, dispute, _("Your answer was sent."), domain.answer_dispute, **form.cleaned_data
    )


@login_required
@require_POST
def dispute_up(request, pk):
    dispute = visible_dispute(request, pk)
    if not can_go_up(request.user, dispute):
        raise PermissionDenied
    form = ReasonForm(request.POST, auto_id="up_%s")
    if not form.is_valid():
        return _detail(request, dispute, up_form=form)
    done = _("Sent one level up.")
    return _act(request, dispute, done, domain.go_one_level_up, why=form.cleaned_data["why"])


@login_required
@require_POST
def dispute_accept(request, pk):
    dispute = visible_dispute(request, pk)
    if not can_accept_answer(request.user, dispute):
        raise PermissionDenied
    return _act(request, dispute, _("Closed. Thank you."), domain.accept_answer)


@login_required
@require_POST
def dispute_withdraw(request, pk):
    dispute = visible_dispute(request, pk)
    if not can_withdraw_dispute(request.user, dispute):
        raise PermissionDenied
    return _act(request, dispute, _("Taken back."), domain.withdraw_dispute)


def _act(request, dispute, done, verb, **given):
    try:
        verb(dispute, by=request.user, **given)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("credits:dispute", pk=dispute.pk)
