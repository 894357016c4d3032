"""Trainings and seminars as one finds them: what comes, the page of one, coming or not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from workshops.domain.gatherings.coming import decline, sign_up
from workshops.domain.gatherings.presence import signs_in_now
from workshops.enums.gatherings import Answer
from workshops.models import Gathering, GatheringFile
from workshops.permissions.gatherings import (
    can_come,
    can_lead,
    can_read_priority,
    can_see_gathering,
)
from workshops.permissions.seats import can_open_desk, places_of
from workshops.queries.gatherings import (
    coming_for,
    in_their_order,
    own_invitations,
    position_of,
    seminar_sums,
    training_record,
    with_sums,
)
from workshops.queries.guidance_links import activity_of
from workshops.queries.priority import own_rank
from workshops.queries.titles import title_of
from workshops.views.door import visible_workshop, year_or_404
from workshops.views.pages import frame_of

PER_PAGE = 30
SHOWN_COMING = 10


def any_gathering(pk):
    return get_object_or_404(Gathering.objects.with_place().with_times(), pk=pk)


def visible_gathering(request, pk):
    """One that the user may see; no other exists here."""
    found = any_gathering(pk)
    if not can_see_gathering(request.user, found):
        raise Http404
    return found


def led_gathering(request, pk):
    """One that the user may move, call off and keep the list of."""
    found = visible_gathering(request, pk)
    if not can_lead(request.user, found):
        raise PermissionDenied
    return found


@login_required
@require_GET
def gatherings(request):
    """What one is expected at, and where one was."""
    rows = own_invitations(request.user)
    context = {
        "coming": coming_for(request.user, SHOWN_COMING),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "record": training_record(request.user),
        "rank": own_rank(request.user),
        "desk": can_open_desk(request.user),
    }
    return render(request, "workshops/gatherings/mine.html", context)


@login_required
@require_GET
def trainings(request):
    """The trainings of the units in one's reach (R37, R40)."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    programme = year_or_404()
    rows = Gathering.objects.visible_to(request.user).trainings().filter(programme=programme)
    listed = with_sums(rows.select_related("organisation")).order_by("-begins_at", "-pk")
    context = {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "programme": programme,
        "unit": places_of(request.user),
        "priority": can_read_priority(request.user),
        "now": timezone.now(),
    }
    return render(request, "workshops/gatherings/trainings.html", context)


@login_required
@require_GET
def seminars(request, pk):
    """The seminars of a workshop: what comes and what was, its offline guidance (R38)."""
    found = visible_workshop(request, pk)
    rows = Gathering.objects.filter(workshop=found)
    listed = with_sums(rows).order_by("-begins_at", "-pk")
    context = frame_of(request, found) | {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "sums": seminar_sums(found),
        "now": timezone.now(),
    }
    return render(request, "workshops/gatherings/seminars.html", context)


@login_required
@require_GET
def gathering(request, pk):
    """When and where, who comes, one's own answer, what was written afterwards."""
    found = visible_gathering(request, pk)
    leads = can_lead(request.user, found)
    people = in_their_order(found.attendees.select_related("user__school"))
    own = found.attendees.filter(user=request.user).first()
    sums = with_sums(Gathering.objects.filter(pk=pk)).get()
    sums.full = found.capacity is not None and sums.coming >= found.capacity
    meetings = list(found.meetings.all())
    for one in meetings:
        one.now = signs_in_now(one)
    shown = people if leads else people.filter(answer=Answer.COMING)
    context = about(found) | {
        "leads": leads,
        "own": own,
        "position": position_of(own) if own else None,
        "may_come": can_come(request.user, found),
        "over": found.ends_at <= timezone.now(),
        "meetings": meetings,
        "people": Paginator(shown, PER_PAGE * 2).get_page(request.GET.get("page")),
        "sums": sums,
        "files": found.files.order_by("afterwards", "pk"),
        "planned": activity_of(found) if found.workshop else None,
    }
    return render(request, "workshops/gatherings/gathering.html", context)


def about(found):
    """What every page of a gathering shows of it."""
    return {
        "gathering": found,
        "workshop": found.workshop,
        "title": title_of(found.workshop) if found.workshop else "",
    }


@login_required
@require_POST
def answer(request, pk):
    """One comes, or does not (any more)."""
    found = visible_gathering(request, pk)
    if not can_come(request.user, found):
        raise PermissionDenied
    comes = request.POST.get("answer") == "coming"
    try:
        if comes:
            own = sign_up(found, user=request.user)
        else:
            own = decline(found, user=request.user, why=request.POST.get("why", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _answered(own))
    return redirect("workshops:gathering", pk=pk)


def _answered(own):
    if own.answer == Answer.COMING:
        return _("You have place %(place)s.") % {"place": own.place}
    if own.answer == Answer.WAITING:
        return _("All places are taken: you wait as number %(number)s and are told.") % {
            "number": position_of(own)
        }
    return _("Noted: you do not come.")


@login_required
@require_GET
def file(request, pk):
    """A file of a gathering that one may see; pictures are shown, all else is saved."""
    held = get_object_or_404(GatheringFile, pk=pk)
    visible_gathering(request, held.gathering_id)
    response = FileResponse(
        held.file.open("rb"), as_attachment=not held.is_picture, filename=held.name
    )
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
