from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError
from lessons.domain.lessons import begin_lesson
from lessons.permissions import DESK_KEEPERS, can_begin_for
from lessons.queries.people import colleagues
from lessons.views.door import year_or_404
from organisations.enums import Level
from organisations.models import Organisation


@login_required
@require_http_methods(["GET", "POST"])
def begin(request):
    """One's own lesson at once; for somebody of the school after finding the person by name."""
    schools = schools_of(request.user)
    if request.method == "POST":
        return begun(request)
    name = request.GET.get("who", "").strip()[:40]
    school = next((one for one in schools if str(one.pk) == request.GET.get("school")), None)
    school = school or (schools[0] if schools else None)
    if school is None and request.user.school_id is None:
        raise PermissionDenied
    context = {
        "schools": schools,
        "school": school,
        "who": name,
        "found": colleagues(school, name) if school else [],
        "for_oneself": request.user.school_id is not None,
    }
    return render(request, "lessons/begin.html", context)


def begun(request):
    programme = year_or_404()
    teacher = request.user
    if asked := request.POST.get("teacher", ""):
        found = User.objects.select_related("school").filter(is_active=True, school__isnull=False)
        teacher = get_object_or_404(found, pk=asked if asked.isdecimal() else 0)
    if teacher.school is None:
        raise PermissionDenied
    if teacher != request.user and not can_begin_for(request.user, teacher.school):
        raise PermissionDenied
    try:
        lesson = begin_lesson(
            teacher=teacher, school=teacher.school, programme=programme, by=request.user
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("lessons:begin")
    return redirect("lessons:edit", pk=lesson.pk)


def schools_of(user):
    """Schools whose desk the user keeps: at most as many as fit a list to choose from."""
    reach = user.scope("", *DESK_KEEPERS)
    schools = Organisation.objects.filter(reach, level=Level.SCHOOL, valid_to=None)
    return list(schools.order_by("name", "pk")[:200])
