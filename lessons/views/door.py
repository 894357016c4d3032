"""What the views of a lesson begin with."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from lessons.models import Lesson
from lessons.permissions import can_keep, can_open
from programmes.queries import current_programme


def year_or_404():
    programme = current_programme()
    if programme is None:
        raise Http404
    return programme


def visible_lesson(request, pk):
    """A lesson whose page the user may open; no other exists here."""
    related = Lesson.objects.select_related("teacher", "school", "node", "programme", "created_by")
    lesson = get_object_or_404(related.defer("programme__rule_pack"), pk=pk)
    if not can_open(request.user, lesson):
        raise Http404
    return lesson


def watched_lesson(request, pk):
    """A lesson whose recording the user may watch, be it only to review it."""
    related = Lesson.objects.select_related("teacher", "school").watchable_by(request.user)
    return get_object_or_404(related, pk=pk)


def kept_lesson(request, pk):
    """A lesson that the user keeps: the teacher's own, or the school's on the teacher's behalf."""
    lesson = visible_lesson(request, pk)
    if not can_keep(request.user, lesson):
        raise PermissionDenied
    return lesson
