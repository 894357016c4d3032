from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.models import AuditRecord
from credits.domain import registrations as domain
from credits.enums import RegistrationState
from credits.forms import ReasonForm
from credits.models import Registration
from credits.permissions import (
    can_confirm_any,
    can_open_desk,
    can_propose_again,
    can_register_any,
    can_return_registration,
    can_revoke,
    confirmable_by,
    registrable_by,
)
from credits.queries import registered_in_doubt
from credits.views.mine import chosen_programme
from programmes.domain.phases import phase_window
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey

PER_PAGE = 50
LEFT = {
    "moved": gettext_lazy("%(count)s had moved on meanwhile."),
    "own": gettext_lazy("%(count)s is your own; a colleague has to do it."),
    "second_person": gettext_lazy(
        "%(count)s you confirmed yourself; a second person has to register them."
    ),
    "incomplete": gettext_lazy("%(count)s lack hours that were taken back since."),
    "closed": gettext_lazy("%(count)s lie outside the registration window of their school."),
}


@login_required
def registration_list(request):
    """The desk of the school and of the county: what waits, and everything there is."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    programme = chosen_programme(request)
    if programme is None:
        return render(request, "credits/no_programme.html")
    everything = Registration.objects.visible_to(request.user).filter(programme=programme)
    lists = {
        "confirm": confirmable_by(request.user).filter(programme=programme),
        "register": registrable_by(request.user).filter(programme=programme),
        "doubt": registered_in_doubt(everything),
        "all": everything,
    }
    counts = {name: rows.count() for name, rows in lists.items()}
    tab = request.GET.get("tab") or next((n for n in ("register", "confirm") if counts[n]), "all")
    rows = lists.get(tab, lists["all"]).select_related("user", "school", "certificate")
    page = Paginator(rows.order_by("school_id", "user__real_name", "pk"), PER_PAGE)
    context = {
        "tab": tab if tab in lists else "all",
        "counts": counts,
        "page": page.get_page(request.GET.get("page")),
        "programme": programme,
        "window": phase_window(programme, PhaseKey.CREDIT_REGISTRATION),
        "can_confirm": can_confirm_any(request.user),
        "can_register": can_register_any(request.user),
    }
    return render(request, "credits/registration_list.html", context)


@login_required
@require_POST
def confirm(request):
    if not can_confirm_any(request.user):
        raise PermissionDenied
    chosen = _chosen(request, confirmable_by(request.user))
    outcome = domain.confirm_registrations(chosen, by=request.user)
    count = len(outcome.keys)
    done = ngettext("%(count)s person confirmed.", "%(count)s people confirmed.", count)
    _report(request, done % {"count": count}, outcome)
    return redirect("credits:registrations")


@login_required
@require_POST
def register(request):
    if not can_register_any(request.user):
        raise PermissionDenied
    chosen = _chosen(request, registrable_by(request.user))
    outcome = domain.register_credits(chosen, by=request.user)
    count = len(outcome.keys)
    done = ngettext(
        "%(count)s person registered; the certificate is issued.",
        "%(count)s people registered; their certificates are issued.",
        count,
    )
    _report(request, done % {"count": count}, outcome)
    return redirect("credits:registrations")


def _chosen(request, rows):
    """The ticked rows, or all that wait in the chosen year; rights are in ``rows`` already."""
    if request.POST.get("all"):
        return rows.filter(programme__code=request.POST.get("programme", ""))
    return rows.filter(pk__in=[key for key in request.POST.getlist("chosen") if key.isdigit()])


def _report(request, done, outcome):
    if outcome.keys:
        messages.success(request, done)
    for reason, count in outcome.left.items():
        messages.warning(request, LEFT[reason] % {"count": count})
    if not outcome.keys and not outcome.left:
        messages.warning(request, _("Nobody was chosen. Tick at least one line."))


def visible_registration(request, pk):
    rows = Registration.objects.visible_to(request.user).select_related(
        "programme", "user", "school", "county", "certificate", "confirmed_by", "registered_by"
    )
    return get_object_or_404(rows, pk=pk)


@login_required
def registration_detail(request, pk):
    return _detail(request, visible_registration(request, pk))


def _detail(request, registration, form=None):
    hours = registration.hours
    parts = [
        {"title": part.short, "earned": hours.get(part.key, 0), "needed": part.class_hours}
        for part in rule_pack_of(registration.programme).parts
    ]
    label = Registration._meta.label_lower
    acts = AuditRecord.objects.filter(object_label=label, object_key=str(registration.pk))
    context = {
        "registration": registration,
        "parts": parts,
        "acts": [_named(act) for act in acts.select_related("by").order_by("at", "pk")],
        "can_confirm": confirmable_by(request.user).filter(pk=registration.pk).exists(),
        "can_register": registrable_by(request.user).filter(pk=registration.pk).exists(),
        "can_return": can_return_registration(request.user, registration),
        "can_propose_again": can_propose_again(request.user, registration),
        "can_revoke": can_revoke(request.user, registration),
        "form": form or ReasonForm(),
    }
    return render(request, "credits/registration.html", context)


def _named(act):
    return {"at": act.at, "by": act.by, "why": act.why, "to": RegistrationState(act.to_state).label}


@login_required
@require_POST
def registration_return(request, pk):
    done = _("Returned; the teacher has been told why.")
    return _with_reason(request, pk, can_return_registration, domain.return_registration, done)


@login_required
@require_POST
def registration_revoke(request, pk):
    done = _("Revoked. Whoever checks the certificate now sees the day and the reason.")
    return _with_reason(request, pk, can_revoke, domain.revoke_registration, done)


def _with_reason(request, pk, right, verb, done):
    registration = visible_registration(request, pk)
    if not right(request.user, registration):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, registration, form)
    return _act(request, registration, done, verb, why=form.cleaned_data["why"])


@login_required
@require_POST
def registration_propose(request, pk):
    registration = visible_registration(request, pk)
    if not can_propose_again(request.user, registration):
        raise PermissionDenied
    return _act(request, registration, _("Proposed again."), domain.propose_again)


def _act(request, registration, done, verb, **given):
    try:
        verb(registration, by=request.user, **given)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("credits:registration", pk=registration.pk)
