"""The county's list: approve, return, correct, withdraw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.errors import DomainError
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.enrolments import (
    approve_enrolments,
    correct_enrolment,
    return_enrolment,
    withdraw_enrolment,
)
from programmes.domain.phases import phase_window
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState, PhaseKey
from programmes.forms import ApprovalFilterForm, CorrectionForm, ReasonForm
from programmes.models import Enrolment
from programmes.permissions import (
    approvable_by,
    approving_paths,
    can_approve,
    can_correct,
    can_see_approvals,
    can_withdraw,
    may_receive,
    reading_paths,
)
from programmes.queries import current_programme, filtered
from programmes.views.rows import enrolment_rows

PER_PAGE = 50


@login_required
def waiting(request):
    programme = desk(request)
    form = ApprovalFilterForm(request.GET, pack=rule_pack_of(programme))
    in_scope = Enrolment.objects.in_scope(reading_paths(request.user)).filter(programme=programme)
    listed = filtered(in_scope, **form.filters())
    listed = listed.select_related("user", "school__acting_county")
    page = Paginator(listed.order_by("state", "school_id", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    waiting_now = dict(count_by_state(approvable_by(request.user).filter(programme=programme)))
    context = {
        "programme": programme,
        "form": form,
        "page": page,
        "window": phase_window(programme, PhaseKey.ENROLMENT),
        "rows": enrolment_rows(page, rule_pack_of(programme), request.user),
        "confirmed": waiting_now.get(EnrolmentState.CONFIRMED, 0),
        "entered": waiting_now.get(EnrolmentState.ENTERED, 0),
        "may_approve": bool(approving_paths(request.user)),
        "filters": request.GET.urlencode(),
    }
    return render(request, "programmes/approvals.html", context)


@login_required
@require_POST
def approve(request):
    """The ticked rows, or everybody whom the filters of the list show."""
    programme = desk(request)
    if not approving_paths(request.user):
        raise PermissionDenied
    chosen = approvable_by(request.user).filter(programme=programme)
    if request.POST.get("scope") == "all":
        form = ApprovalFilterForm(request.GET, pack=rule_pack_of(programme))
        chosen = filtered(chosen, **form.filters())
    else:
        ids = [int(value) for value in request.POST.getlist("enrolments") if value.isdecimal()]
        chosen = chosen.filter(pk__in=ids)
    try:
        approved = approve_enrolments(
            chosen,
            by=request.user,
            without_confirmation=bool(request.POST.get("without_confirmation")),
            why=request.POST.get("why", ""),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        say_approved(request, approved)
    return redirect(f"{reverse('programmes:approvals')}?{request.GET.urlencode()}")


def say_approved(request, approved):
    if approved:
        text = ngettext(
            "%(count)s enrolment is approved.", "%(count)s enrolments are approved.", approved
        )
        messages.success(request, text % {"count": approved})
    else:
        messages.warning(
            request, _("Nobody was approved: tick people who have confirmed, or say why below.")
        )


@login_required
def give_back(request, pk):
    return with_reason(
        request,
        pk,
        may=can_approve,
        act=return_enrolment,
        heading=_("Return the enrolment of %(name)s to the school"),
        sentence=_("The school and the person see your reason and mend the entry."),
        submit=_("Return"),
        done=_("Returned to the school."),
    )


@login_required
def withdraw(request, pk):
    return with_reason(
        request,
        pk,
        may=can_withdraw,
        act=withdraw_enrolment,
        heading=_("Take %(name)s off the list of this year"),
        sentence=_("Hours already earned stay in the ledger. The person can be entered again."),
        submit=_("Withdraw the enrolment"),
        done=_("The enrolment is withdrawn."),
    )


def with_reason(request, pk, *, may, act, heading, sentence, submit, done):
    """A page that asks for a reason and then acts."""
    enrolment = found(request, pk)
    if not may(request.user, enrolment):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            act(enrolment, by=request.user, reason=form.cleaned_data["reason"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return back(request, enrolment)
    context = {
        "form": form,
        "enrolment": enrolment,
        "heading": heading % {"name": enrolment.user.real_name},
        "sentence": sentence,
        "submit": submit,
        "cancel": back(request, enrolment).url,
    }
    return render(request, "programmes/with_reason.html", context)


@login_required
def correct(request, pk):
    enrolment = found(request, pk)
    if not can_correct(request.user, enrolment):
        raise PermissionDenied
    target = target_school(request, enrolment)
    pack = rule_pack_of(enrolment.programme)
    form = CorrectionForm(request.POST or None, pack=pack, enrolment=enrolment, target=target)
    if form.is_valid():
        try:
            correct_enrolment(
                enrolment,
                by=request.user,
                reason=form.cleaned_data["reason"],
                school=target,
                **form.place(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Corrected. The person is asked to check it."))
            return back(request, enrolment)
    context = {
        "form": form,
        "enrolment": enrolment,
        "cancel": back(request, enrolment).url,
    }
    return render(request, "programmes/correct.html", context)


def target_school(request, enrolment):
    """The school named by its code, when the user may place people there; else the present."""
    code = request.POST.get("school_code", "").strip()
    if not code or code == enrolment.school.code:
        return enrolment.school
    schools = Organisation.objects.select_related("acting_county")
    school = schools.filter(code=code, level=Level.SCHOOL).first()
    if school is None or not may_receive(request.user, school):
        return enrolment.school
    return school


def found(request, pk):
    visible = Enrolment.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("user", "school__acting_county", "programme"), pk=pk
    )


def back(request, enrolment):
    """To the list that the user works from."""
    if can_see_approvals(request.user):
        return redirect("programmes:approvals")
    return redirect("programmes:school_list", enrolment.school_id)


def desk(request):
    if not can_see_approvals(request.user):
        raise PermissionDenied
    programme = current_programme()
    if programme is None:
        raise Http404
    return programme


def count_by_state(enrolments):
    return enrolments.order_by().values_list("state").annotate(count=Count("pk"))
