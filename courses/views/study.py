from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.enums import CourseState
from courses.models import Course, CoursePage, Module, ModulePage
from courses.models.homework import SubmissionState
from courses.permissions import MODULES
from courses.queries.lines import line_of
from courses.queries.modules import module_lines
from courses.queries.steps import next_step
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import current_place
from videos.domain.players import player_for

UNREADABLE = (CourseState.NOT_OPEN, CourseState.CLOSED)
HANDED_IN = (SubmissionState.HANDED_IN, SubmissionState.ACCEPTED)


@login_required
@require_GET
def course(request, code):
    """One's own course: its steps, what is done, and the one that comes next."""
    course, line, programme = course_of_mine(request, code)
    page = CoursePage.objects.filter(course=course, live=True).only("goals", "summary").first()
    modules = module_lines(course, request.user)
    context = {
        "course": course,
        "line": line,
        "step": next_step(line),
        "modules": modules,
        "readable": line.state not in UNREADABLE,
        "page": page,
        "part": rule_pack_of(programme).part(course.part),
    }
    return render(request, "courses/course.html", context)


@login_required
@require_GET
def module(request, code, pk):
    """A video or a text on the study clock."""
    course, line, programme = course_of_mine(request, code)
    if line.state in UNREADABLE:
        raise PermissionDenied
    module = get_object_or_404(
        Module.objects.select_related("unit"), pk=pk, course=course, is_open=True
    )
    modules = module_lines(course, request.user)
    here = next(step for step in modules if step.id == module.pk)
    after = next((step for step in modules if step.position > here.position), None)
    next_url, next_label = onward(course, line, after)
    context = {
        "course": course,
        "line": line,
        "module": module,
        "modules": modules,
        "here": here,
        "next_url": next_url,
        "next_label": next_label,
        "page": ModulePage.objects.filter(module=module, live=True).first(),
        "player": player_for(request.user, module.unit, audience=f"{MODULES}:{module.pk}"),
        "coverage_percent": rule_pack_of(programme).coverage_percent,
    }
    return render(request, "courses/module.html", context)


def onward(course, line, after):
    """Where one goes from a module: the next one, then what the course still asks for."""
    here = {"code": course.code}
    if after:
        return reverse("courses:module", kwargs={**here, "pk": after.id}), _("Next module")
    if course.has_test and not line.passed_at:
        return reverse("courses:test", kwargs=here), _("Take the test")
    if course.has_homework and line.homework_state not in HANDED_IN:
        return reverse("courses:homework", kwargs=here), _("Write the homework")
    return reverse("courses:course", kwargs=here), _("To the course")


def course_of_mine(request, code):
    """The course, the person's line and the programme, else 404: nobody else's is shown."""
    programme, enrolment = current_place(request.user)
    if programme is None:
        raise Http404
    course = get_object_or_404(Course, code=code)
    line = line_of(request.user, course, programme, enrolment)
    if line is None:
        raise Http404
    return course, line, programme
