from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from courses.models import Course
from courses.permissions import can_study
from programmes.queries import current_place


def course_for_study(request, code):
    """The course and the programme of someone who may study it now, else 403 or 404."""
    programme, enrolment = current_place(request.user)
    if programme is None:
        raise Http404
    course = get_object_or_404(Course, code=code)
    if not can_study(request.user, course, programme, enrolment):
        raise PermissionDenied
    return course, programme
