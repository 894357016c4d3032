"""Being there: the screen with the code, signing in by it, the list beside it."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from workshops.domain.gatherings.codes import code_of, seconds_left
from workshops.domain.gatherings.presence import mark_list, sign_in
from workshops.forms.gathering import CodeForm, ListForm
from workshops.models import Attendance, Meeting
from workshops.permissions.gatherings import can_come
from workshops.queries.gatherings import list_of
from workshops.views.gathering_office import meeting_of, settled
from workshops.views.gatherings import about, visible_gathering


@login_required
@require_GET
def screen(request, pk):
    """Large enough for a wall: the code and its picture, renewed by themselves."""
    return render(request, "workshops/gatherings/screen.html", shown_code(request, pk))


@login_required
@require_GET
def code(request, pk):
    """The part of the screen that is fetched again."""
    return render(request, "workshops/gatherings/_code.html", shown_code(request, pk))


def shown_code(request, pk):
    meeting = meeting_of(request, pk)
    now = code_of(meeting)
    address = request.build_absolute_uri(
        reverse("workshops:sign_in", args=[meeting.pk]) + f"?code={now}"
    )
    picture = segno.make(address, error="m").svg_inline(border=2, omitsize=True, light="#fff")
    present = Attendance.objects.filter(meeting=meeting).present().count()
    return about(meeting.gathering) | {
        "meeting": meeting,
        "digits": [now[:3], now[3:]],
        "picture": mark_safe(picture),  # noqa: S308 - drawn here, from our own address
        "left": seconds_left(),
        "present": present,
    }


@login_required
@require_http_methods(["GET", "POST"])
def sign(request, pk):
    """The form in which one types the code; scanning its picture fills it in."""
    meeting = get_object_or_404(Meeting, pk=pk)
    meeting.gathering = visible_gathering(request, meeting.gathering_id)
    if not can_come(request.user, meeting.gathering):
        raise PermissionDenied
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:12]})

    def act():
        return sign_in(meeting, form.cleaned_data["code"], user=request.user)

    if settled(request, form, act):
        messages.success(request, _("You are checked in."))
        return redirect("workshops:gathering", pk=meeting.gathering_id)
    context = about(meeting.gathering) | {"meeting": meeting, "form": form}
    return render(request, "workshops/gatherings/sign_in.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def attendance(request, pk):
    """The list of a meeting: who was there, and why not (R37)."""
    meeting = meeting_of(request, pk)
    people = list_of(meeting)
    form = ListForm(people, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            written = mark_list(meeting, form.told(), by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Entered: %(people)s changed.") % {"people": written})
            return redirect("workshops:meeting_list", pk=pk)
    lines = [one | {"field": form[f"p{one['attendee'].pk}"]} for one in people]
    context = about(meeting.gathering) | {"meeting": meeting, "form": form, "lines": lines}
    return render(request, "workshops/gatherings/list.html", context)
