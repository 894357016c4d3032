"""What the views of a workshop begin with."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from programmes.queries import current_programme
from workshops.permissions.seats import can_open, can_run
from workshops.queries.places import workshop_with_place


def year_or_404():
    programme = current_programme()
    if programme is None:
        raise Http404
    return programme


def any_workshop(pk):
    found = workshop_with_place(pk)
    if found is None:
        raise Http404
    return found


def visible_workshop(request, pk):
    """A workshop whose pages the user may open; no other exists here."""
    workshop = any_workshop(pk)
    if not can_open(request.user, workshop):
        raise Http404
    return workshop


def run_workshop(request, pk):
    """A workshop that the user hosts, or whose office the user holds."""
    workshop = led_workshop(request, pk)
    if workshop.is_group:
        raise Http404
    return workshop


def led_workshop(request, pk):
    """The same, or a study group of a school, which has neither invitations nor sub-workshops."""
    workshop = visible_workshop(request, pk)
    if not can_run(request.user, workshop):
        raise PermissionDenied
    return workshop
