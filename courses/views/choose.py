from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from courses.domain.course_choices import choose_course, drop_course
from courses.models import Course, CoursePage
from courses.queries.lines import course_lines
from courses.queries.offer import electives_for, topics_of_school
from programmes.domain.phases import phase_window
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState, PhaseKey
from programmes.queries import current_place

PER_PAGE = 50


@login_required
@require_GET
def choose(request):
    """The electives inside the school's topics, with the sum of what is chosen."""
    programme, enrolment = own_enrolment(request)
    if enrolment is None:
        return render(request, "courses/choose.html", {"programme": programme})
    pack = rule_pack_of(programme)
    topics = sorted(
        topics_of_school(enrolment.school_id, programme).values_list("topic", flat=True)
    )
    wanted = request.GET.get("topic", "")
    offered = electives_for(enrolment, [wanted] if wanted in topics else topics, pack)
    page = Paginator(offered, PER_PAGE).get_page(request.GET.get("page"))
    held = {line.id: line for line in electives_held(request.user, programme, enrolment)}
    context = {
        "programme": programme,
        "enrolment": enrolment,
        "window": phase_window(programme, PhaseKey.COURSE_SELECTION, enrolment.school),
        "now": timezone.now(),
        "topics": [topic for topic in pack.topics if topic.key in topics],
        "topic": wanted,
        "titles": {topic.key: topic.title for topic in pack.topics},
        "page": page,
        "pages": presentations(page),
        "held": held,
        "started": {pk for pk, line in held.items() if line.started or line.attempts},
        "hours": sum((line.class_hours for line in held.values()), Decimal(0)),
        "needed": pack.elective_minimum_hours,
    }
    return render(request, "courses/choose.html", context)


@login_required
@require_POST
def take(request, code):
    return change(request, code, choose_course, _("“%(course)s” is now among your courses."))


@login_required
@require_POST
def leave(request, code):
    return change(request, code, drop_course, _("“%(course)s” is no longer among your courses."))


def change(request, code, act, sentence):
    _programme, enrolment = own_enrolment(request)
    if enrolment is None:
        raise Http404
    course = get_object_or_404(Course, code=code)
    try:
        act(enrolment, course, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence % {"course": course.title})
    return redirect(came_from(request))


def came_from(request):
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if back and safe else "courses:choose"


def own_enrolment(request):
    """The current programme and the person's approved enrolment in it, or None."""
    programme, enrolment = current_place(request.user)
    if enrolment is None or enrolment.state != EnrolmentState.APPROVED:
        return programme, None
    return programme, enrolment


def presentations(courses):
    """The public page of each course, by the course's key."""
    pages = CoursePage.objects.live().filter(course__in=list(courses))
    return {page.course_id: page for page in pages}


def electives_held(user, programme, enrolment):
    lines = course_lines(user, programme, enrolment=enrolment)
    return [line for line in lines if not line.is_required]
