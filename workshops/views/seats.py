"""Joining and leaving."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from programmes.models import Enrolment
from workshops.domain.seats import join_workshop, leave_workshop
from workshops.models import Membership
from workshops.permissions.seats import can_join
from workshops.queries.seats import rooms_of
from workshops.queries.titles import title_of
from workshops.views.door import any_workshop, visible_workshop


@login_required
@require_http_methods(["GET", "POST"])
def join(request, pk):
    """Choose a seat: wherever there is most room, or in one workshop of the family."""
    found = any_workshop(pk)
    if not can_join(request.user, found, enrolment_in(request.user, found)):
        raise Http404
    if request.method == "POST":
        return _join(request, found)
    context = {
        "workshop": found,
        "title": title_of(found),
        "rooms": rooms_of(found.main_id),
        "asked": found,
    }
    return render(request, "workshops/join.html", context)


def _join(request, found):
    exactly = request.POST.get("exactly") == "1"
    try:
        seat = join_workshop(found, teacher=request.user, by=request.user, exactly=exactly)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("workshops:join", pk=found.main_id)
    messages.success(request, _("Welcome: you hold seat %(seat)s.") % {"seat": seat.seat})
    return redirect("workshops:workshop", pk=seat.workshop_id)


def enrolment_in(user, workshop):
    rows = Enrolment.objects.filter(user=user, programme=workshop.programme_id)
    return rows.select_related("school").first()


@login_required
@require_http_methods(["GET", "POST"])
def leave(request, pk):
    """Give one's seat up, after one more question."""
    found = visible_workshop(request, pk)
    held = Membership.objects.current().filter(workshop=found, teacher=request.user)
    if request.method == "POST":
        seat = held.first()
        if seat is not None:
            leave_workshop(seat, by=request.user)
            messages.success(request, _("Your seat is free again. You can join another workshop."))
        return redirect("workshops:mine")
    get_object_or_404(held)
    return render(request, "workshops/leave.html", {"workshop": found, "title": title_of(found)})
