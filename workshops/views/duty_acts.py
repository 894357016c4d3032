"""What hosts do about shifts: check in, offer, answer, ask for cover, cover."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from core.errors import DomainError
from core.wording import moment
from workshops.domain.duty import check_in as presence
from workshops.domain.duty import covers, swaps
from workshops.forms.duty import CoverForm, GiveForm
from workshops.models import DutyCover, DutyShift, DutySwap, Host
from workshops.permissions import duty as permissions
from workshops.queries.duty import colleagues_shifts
from workshops.queries.titles import title_of

WITH_PLACE = ("organisation", "programme", "parent__organisation")


def shift_at(request, pk):
    """One's own shift; nobody else's can be given away."""
    joined = (f"workshop__{one}" for one in WITH_PLACE)
    rows = (
        DutyShift.objects.visible_to(request.user)
        .select_related(*joined)
        .defer("workshop__programme__rule_pack")
    )
    shift = get_object_or_404(rows, pk=pk)
    if not permissions.can_serve(request.user, shift):
        raise PermissionDenied
    return shift


def to_rota(shift):
    return redirect("workshops:duty", pk=shift.workshop_id)


def attempt(request, shift, act, told):
    """Do it and say so, or say why not; either way back to the rota."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return to_rota(shift)


@login_required
@require_http_methods(["GET", "POST"])
def give(request, pk):
    """Offer a shift to a colleague, or for one of theirs; beside it the call for cover."""
    shift = shift_at(request, pk)
    form = give_form(request, shift)
    if request.method == "POST" and form.is_valid():
        to, against = form.given()
        try:
            swaps.offer_swap(shift, to=to, against=against, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Offered. Until it is accepted the shift is yours."))
            return to_rota(shift)
    context = {
        "shift": shift,
        "workshop": shift.workshop,
        "title": title_of(shift.workshop),
        "form": form,
        "cover_form": CoverForm(),
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/duty/give.html", context, status=status)


def give_form(request, shift):
    day = timezone.localdate(shift.starts_at)
    terms = Host.objects.filter(workshop=shift.workshop_id, ended_at=None, starts_on__lte=day)
    people = User.objects.filter(pk__in=terms.values("user"), is_active=True)
    people = people.exclude(pk=request.user.pk).order_by("real_name", "pk")
    theirs = colleagues_shifts(shift, timezone.now())
    return GiveForm(people, theirs, in_return, request.POST or None)


def in_return(person, shift):
    words = {"name": person.real_name, "when": moment(shift.starts_at)}
    return _("%(name)s, for the shift of %(when)s") % words


@login_required
@require_POST
def check_in(request, pk):
    shift = shift_at(request, pk)
    told = _("You are on duty. Open questions come first.")
    return attempt(request, shift, lambda: presence.check_in(shift, by=request.user), told)


@login_required
@require_POST
def cover_ask(request, pk):
    shift = shift_at(request, pk)
    why = request.POST.get("why", "")
    told = _("All hosts were asked. Until somebody takes it the shift is yours.")
    return attempt(request, shift, lambda: covers.ask_cover(shift, why=why, by=request.user), told)


def swap_at(request, pk, may):
    rows = DutySwap.objects.select_related("shift__workshop")
    swap = get_object_or_404(rows, pk=pk)
    if not may(request.user, swap):
        raise PermissionDenied
    return swap


@login_required
@require_POST
def swap_answer(request, pk):
    swap = swap_at(request, pk, permissions.can_answer_swap)
    accept = request.POST.get("accept") == "1"
    told = _("The shift is yours now.") if accept else _("Refused; your colleague was told.")

    def answer():
        swaps.answer_swap(swap, accept=accept, by=request.user)

    return attempt(request, swap.shift, answer, told)


@login_required
@require_POST
def swap_withdraw(request, pk):
    swap = swap_at(request, pk, permissions.can_withdraw_swap)
    told = _("Taken back; the shift stays yours.")
    return attempt(request, swap.shift, lambda: swaps.withdraw_swap(swap, by=request.user), told)


def cover_at(request, pk, may):
    cover = get_object_or_404(DutyCover.objects.select_related("shift__workshop"), pk=pk)
    if not may(request.user, cover):
        raise PermissionDenied
    return cover


@login_required
@require_POST
def cover_take(request, pk):
    cover = cover_at(request, pk, permissions.can_take_cover)
    told = _("The shift is yours now.")
    return attempt(request, cover.shift, lambda: covers.take_cover(cover, by=request.user), told)


@login_required
@require_POST
def cover_withdraw(request, pk):
    cover = cover_at(request, pk, permissions.can_withdraw_cover)
    told = _("Taken back; the shift stays yours.")
    return attempt(
        request, cover.shift, lambda: covers.withdraw_cover(cover, by=request.user), told
    )
