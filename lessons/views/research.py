"""Research lessons: one's own, noting one, who was present, and the school's overview."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from core.errors import DomainError
from lessons import permissions
from lessons.domain.research import (
    add_observer,
    note_research_lesson,
    remove_observer,
    remove_research_lesson,
)
from lessons.enums import ObservationMode
from lessons.forms.research import ResearchForm
from lessons.models import Lesson, Observer, ResearchLesson
from lessons.queries.people import colleagues
from lessons.views.research_desk import asked_year, year_choices
from lessons.views.team import colleague_or_404
from programmes.domain.person_types import owes_research_lesson
from programmes.queries import current_programme, enrolment_of


@login_required
@require_GET
def research(request):
    """The research lessons that one gave and observed in a school year."""
    year = asked_year(request)
    given = ResearchLesson.objects.filter(teacher=request.user, school_year=year)
    seen = Observer.objects.filter(user=request.user, research__school_year=year)
    programme = current_programme()
    enrolment = enrolment_of(request.user, programme) if programme else None
    context = {
        "year": year,
        "years": year_choices(),
        "given": given.prefetch_related("observers__user").order_by("-held_on", "-pk"),
        "observed": seen.select_related("research__teacher").order_by("-research__held_on"),
        "owes": enrolment is not None and owes_research_lesson(enrolment.person_type),
        "may_note": request.user.school_id is not None,
    }
    return render(request, "lessons/research.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def research_note(request, pk=None):
    """Note a research lesson of one's own, or the school for one of its teachers."""
    teacher = teacher_or_refusal(request, pk)
    lessons = Lesson.objects.filter(teacher=teacher).order_by("-pk")[:50]
    form = ResearchForm(lessons, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        key = given.pop("lesson")
        chosen = next((one for one in lessons if str(one.pk) == key), None)
        try:
            noted = note_research_lesson(teacher=teacher, lesson=chosen, by=request.user, **given)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Now name who was present."))
            return redirect("lessons:research_lesson", pk=noted.pk)
    return render(request, "lessons/research_note.html", {"form": form, "teacher": teacher})


def teacher_or_refusal(request, pk):
    """Oneself, or a teacher of a school whose desk one keeps."""
    if pk is None or pk == request.user.pk:
        if request.user.school_id is None:
            raise PermissionDenied
        return request.user
    teacher = get_object_or_404(User.objects.select_related("school"), pk=pk, is_active=True)
    if teacher.school is None or not permissions.can_begin_for(request.user, teacher.school):
        raise PermissionDenied
    return teacher


@login_required
@require_GET
def research_lesson(request, pk):
    """One research lesson with its observers."""
    found = visible(request, pk)
    name = request.GET.get("who", "").strip()[:40]
    context = {
        "research": found,
        "keeps": keeps(request.user, found),
        "observers": found.observers.select_related("user__school").order_by("mode", "pk"),
        "modes": ObservationMode.choices,
        "who": name,
        "found": colleagues(found.school, name),
        "link": found.lesson is not None and permissions.can_open(request.user, found.lesson),
    }
    return render(request, "lessons/research_lesson.html", context)


def visible(request, pk):
    lessons = ResearchLesson.objects.visible_to(request.user)
    return get_object_or_404(lessons.select_related("teacher", "school", "lesson"), pk=pk)


def keeps(user, found):
    """The teacher, and the school on the teacher's behalf."""
    return found.teacher_id == user.pk or permissions.can_keep_desk(user, found.school)


def kept(request, pk):
    found = visible(request, pk)
    if not keeps(request.user, found):
        raise PermissionDenied
    return found


@login_required
@require_POST
def observer_add(request, pk):
    found = kept(request, pk)
    mode = request.POST.get("mode", "")
    person = colleague_or_404(request, found.school)
    try:
        mode = mode if mode in ObservationMode.values else ObservationMode.OFFLINE
        add_observer(found, person, mode, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("lessons:research_lesson", pk=pk)


@login_required
@require_POST
def observer_out(request, pk):
    observer = get_object_or_404(Observer.objects.select_related("research"), pk=pk)
    kept(request, observer.research_id)
    remove_observer(observer, by=request.user)
    return redirect("lessons:research_lesson", pk=observer.research_id)


@login_required
@require_POST
def research_remove(request, pk):
    remove_research_lesson(kept(request, pk), by=request.user)
    messages.success(request, _("The note is taken back."))
    return redirect("lessons:research")
