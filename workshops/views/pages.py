"""One's own workshops, and a workshop's own pages."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses.models import TopicChoice
from programmes.enums import EnrolmentState
from programmes.queries import current_place
from workshops.models import Membership
from workshops.permissions.activity import activity_unit_of
from workshops.permissions.assessment import has_hosted
from workshops.permissions.seats import can_keep_office, can_open_desk, can_run
from workshops.queries.duty import on_duty, own_shifts
from workshops.queries.gatherings import coming_to
from workshops.queries.lists import hosts_of, joinable, members_of, own_workshops
from workshops.queries.seats import room_in, rooms_of
from workshops.queries.threads import newest_lines
from workshops.queries.titles import title_of
from workshops.views.recommending import hosting_doors
from workshops.views.talk_door import room_at

PER_PAGE = 50
SHOWN_MEMBERS = 12
SHOWN_THREADS = 8
SHOWN_SHIFTS = 3
SHOWN_COMING = 3


@login_required
@require_GET
def home(request):
    """Where the workshops begin: the desk for an office, one's own for everybody else."""
    return redirect("workshops:desk" if can_open_desk(request.user) else "workshops:mine")


@login_required
@require_GET
def mine(request):
    """Where one sits and hosts, and where one can still join."""
    programme, enrolment = current_place(request.user)
    lines = own_workshops(request.user)
    serves = any(line.hosts for line in lines)
    context = {
        "lines": lines,
        "programme": programme,
        "offers": offers_to(enrolment),
        "sees_activity": activity_unit_of(request.user) is not None,
        "hosting": hosting_doors(request.user, programme),
        "shifts": own_shifts(request.user, SHOWN_SHIFTS) if serves else [],
        "serves": serves,
        "hosted": has_hosted(request.user),
    }
    return render(request, "workshops/mine.html", context)


def offers_to(enrolment):
    """Workshops that an approved person can join, with their titles."""
    if enrolment is None or enrolment.state != EnrolmentState.APPROVED:
        return []
    topics = TopicChoice.objects.filter(
        programme=enrolment.programme_id, school=enrolment.school_id
    ).values_list("topic", flat=True)
    return [(one, title_of(one)) for one in joinable(enrolment, topics)]


@login_required
@require_GET
def workshop(request, pk):
    """The workshop's home."""
    place = room_at(request, pk)
    found = place.workshop
    held = Membership.objects.current().filter(workshop=found, teacher=request.user)
    members = members_of(found)
    context = frame_of(request, found, place.moderates) | {
        "seat": held.first() if place.standing.member else None,
        "keeps": can_keep_office(request.user, found.organisation),
        "hosts": hosts_of(found),
        "news": newest_lines(found, request.user, SHOWN_THREADS),
        "members": members[:SHOWN_MEMBERS],
        "on_duty": on_duty(found.main_id, timezone.now()),
        "coming": coming_to(found, SHOWN_COMING),
    }
    return render(request, "workshops/workshop.html", context)


@login_required
@require_GET
def members(request, pk):
    """Everybody who sits there, page by page."""
    place = room_at(request, pk)
    found = place.workshop
    name = request.GET.get("q", "").strip()[:40]
    listed = members_of(found, name)
    context = frame_of(request, found, place.moderates) | {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "q": name,
    }
    return render(request, "workshops/members.html", context)


def frame_of(request, found, runs=None):
    """What every page of a workshop shows: its title, its seats, one's rights; to those who run
    it the whole family. ``runs`` is asked for unless the caller knows it."""
    runs = can_run(request.user, found) if runs is None else runs
    rooms = rooms_of(found.main_id) if runs else [room_in(found.main_id, found.pk)]
    return {
        "workshop": found,
        "title": title_of(found),
        "rooms": rooms,
        "room": next(room for room in rooms if room.id == found.pk),
        "runs": runs,
    }
