"""A person's own enrolment: what is registered, in words, and whether it is right."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import DomainError
from programmes.domain.enrolments import confirm_enrolment, return_enrolment
from programmes.domain.person_types import explain
from programmes.domain.phases import phase_window
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState, PhaseKey
from programmes.forms import ReasonForm
from programmes.queries import current_place


@login_required
def mine(request, form=None):
    programme, enrolment = current_place(request.user)
    context = {"programme": programme, "enrolment": enrolment}
    if enrolment:
        state = enrolment.state
        context |= {
            "subject": rule_pack_of(programme).subject(enrolment.stage, enrolment.subject),
            "sentences": explain(enrolment.person_type, opted_in=enrolment.contest_opt_in),
            "steps": steps(enrolment),
            "may_confirm": state == EnrolmentState.ENTERED
            or (state == EnrolmentState.APPROVED and enrolment.confirmed_at is None),
            "may_return": state in (EnrolmentState.ENTERED, EnrolmentState.CONFIRMED),
            "form": form or ReasonForm(auto_id="return_%s"),
        }
    elif programme:
        context["window"] = phase_window(programme, PhaseKey.ENROLMENT, request.user.school)
    return render(request, "programmes/enrolment.html", context)


@login_required
@require_POST
def confirm(request):
    try:
        confirm_enrolment(own_enrolment(request), by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. Your enrolment is confirmed."))
    return redirect("programmes:enrolment")


@login_required
@require_POST
def give_back(request):
    enrolment = own_enrolment(request)
    form = ReasonForm(request.POST, auto_id="return_%s")
    if not form.is_valid():
        return mine(request, form)
    try:
        return_enrolment(enrolment, by=request.user, reason=form.cleaned_data["reason"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Returned to your school. It will mend the entry."))
    return redirect("programmes:enrolment")


def own_enrolment(request):
    programme, enrolment = current_place(request.user)
    if enrolment is None:
        raise Http404
    return enrolment


def steps(enrolment):
    """Where the enrolment stands on its way, for the steps component."""
    reached = {
        EnrolmentState.ENTERED: 1,
        EnrolmentState.CONFIRMED: 2,
        EnrolmentState.APPROVED: 3,
    }.get(enrolment.state, 0)
    labels = [_("School enters"), _("You confirm"), _("County approves")]
    if enrolment.state == EnrolmentState.APPROVED and enrolment.confirmed_at is None:
        return [(labels[0], "was"), (labels[1], "now"), (labels[2], "was")]
    return [
        (label, "was" if place < reached else "now" if place == reached else "")
        for place, label in enumerate(labels)
    ]
