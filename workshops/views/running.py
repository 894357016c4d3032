"""What hosts and their office do with seats: cap, invitations, moves, another workshop."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from workshops.domain.caps import set_cap
from workshops.domain.invitations import invite, withdraw_invitation
from workshops.domain.rooms import open_room
from workshops.domain.seats import accept_invitation, lock_family, move_member
from workshops.forms.host import CapForm, MoveForm
from workshops.models import Invitation, Membership, Workshop
from workshops.permissions.seats import can_run
from workshops.queries.seats import rooms_of
from workshops.queries.titles import title_of
from workshops.views.door import any_workshop, run_workshop
from workshops.views.pages import frame_of


@login_required
@require_http_methods(["GET", "POST"])
def seats(request, pk):
    """Seats of the workshop, its sub-workshops, its invitations."""
    found = run_workshop(request, pk)
    form = CapForm(request.POST or None, initial={"cap": found.cap})
    if request.method == "POST" and form.is_valid():
        try:
            set_cap(found, form.cleaned_data["cap"], by=request.user)
        except DomainError as refusal:
            form.add_error("cap", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("workshops:seats", pk=pk)
    invitations = found.invitations.filter(withdrawn_at=None).order_by("-pk")
    context = frame_of(request, found) | {
        "form": form,
        "invitations": [
            (one, request.build_absolute_uri(f"/workshops/invitations/{one.code}/"))
            for one in invitations
            if one.holds
        ],
    }
    return render(request, "workshops/seats.html", context)


@login_required
@require_POST
def room_open(request, pk):
    """Another sub-workshop, before all are full (R30)."""
    found = run_workshop(request, pk)
    with transaction.atomic():
        main = lock_family(found)
        room = open_room(main, rooms_of(main.pk), by=request.user)
    messages.success(request, _("Workshop %(number)s is open.") % {"number": room.number})
    return redirect("workshops:seats", pk=pk)


@login_required
@require_POST
def invitation_new(request, pk):
    invite(run_workshop(request, pk), by=request.user)
    return redirect("workshops:seats", pk=pk)


@login_required
@require_POST
def invitation_withdraw(request, pk):
    invitation = get_object_or_404(Invitation.objects.select_related("workshop"), pk=pk)
    found = run_workshop(request, invitation.workshop_id)
    withdraw_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation no longer holds."))
    return redirect("workshops:seats", pk=found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def invitation(request, code):
    """What an invited colleague sees, and the seat."""
    found = get_object_or_404(Invitation.objects.select_related("workshop"), code=code)
    workshop = any_workshop(found.workshop_id)
    if request.method == "POST":
        try:
            seat = accept_invitation(found, teacher=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Welcome: you hold seat %(seat)s.") % {"seat": seat.seat})
            return redirect("workshops:workshop", pk=seat.workshop_id)
    context = {"invitation": found, "workshop": workshop, "title": title_of(workshop)}
    return render(request, "workshops/invitation.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def move(request, pk):
    """Move one member to another workshop of the family."""
    related = Membership.objects.current().select_related("teacher__school")
    held = get_object_or_404(related, pk=pk)
    found = run_workshop(request, held.workshop_id)
    others = {
        str(room.id): room for room in rooms_of(found.main_id) if room.id != found.pk and room.free
    }
    form = MoveForm([(key, _room_line(room)) for key, room in others.items()], request.POST or None)
    if request.method == "POST" and form.is_valid():
        target = Workshop.objects.get(pk=form.cleaned_data["room"])
        if not can_run(request.user, target):
            raise PermissionDenied
        try:
            move_member(held, target, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Moved; the old seat is free."))
            return redirect("workshops:members", pk=found.pk)
    context = {"workshop": found, "title": title_of(found), "held": held, "form": form}
    return render(request, "workshops/move.html", context | {"others": others})


def _room_line(room):
    words = {"number": room.number, "taken": room.taken, "cap": room.cap}
    return _("workshop %(number)s (%(taken)s of %(cap)s seats taken)") % words
