"""What the views of threads and posts begin with."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from workshops.models import Post, Workshop
from workshops.permissions.moderation import can_moderate
from workshops.permissions.talk import can_read_talk, can_write
from workshops.queries.places import thread_with_place
from workshops.queries.standing import Standing, standing_of
from workshops.views.door import any_workshop

WITH_PLACE = ("organisation", "programme", "parent__organisation")


@dataclass(frozen=True)
class Room:
    """A workshop whose talk the caller may read, and what the caller is there."""

    workshop: Workshop
    standing: Standing
    writes: bool
    moderates: bool

    def require_writes(self):
        if not self.writes:
            raise PermissionDenied

    def require_moderates(self):
        if not self.moderates:
            raise PermissionDenied


def room_of(request, workshop):
    standing = standing_of(request.user, workshop)
    if not can_read_talk(request.user, workshop, standing):
        raise Http404
    moderates = can_moderate(request.user, workshop, standing)
    return Room(workshop, standing, can_write(workshop, standing), moderates)


def room_at(request, pk):
    return room_of(request, any_workshop(pk))


def thread_at(request, pk):
    """A thread of a workshop that the caller may open, with the room."""
    found = thread_with_place(pk)
    if found is None:
        raise Http404
    room = room_of(request, found.workshop)
    if found.hidden_at and not room.moderates and found.author_id != request.user.pk:
        raise Http404
    return found, room


def post_at(request, pk):
    """A post that the caller may read, with its thread and room."""
    lead = [f"thread__workshop__{one}" for one in WITH_PLACE]
    rows = Post.objects.select_related("author", "thread__author", *lead)
    found = get_object_or_404(rows.defer("thread__workshop__programme__rule_pack"), pk=pk)
    room = room_of(request, found.thread.workshop)
    hidden = found.hidden_at or found.thread.hidden_at
    if hidden and not room.moderates and found.author_id != request.user.pk:
        raise Http404
    return found, room
