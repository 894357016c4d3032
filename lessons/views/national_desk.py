"""The project office's desk: which national lessons each stage and subject is offered (R8)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from lessons.domain.national import (
    add_national_lesson,
    change_national_lesson,
    withdraw_national_lesson,
)
from lessons.forms.national import NationalLessonForm, WhyForm
from lessons.models import NationalLesson
from lessons.permissions import can_run_province
from lessons.queries.national_offer import national_offer
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Stage
from programmes.queries import current_programme

FIELDS = ("title", "teacher_name", "school_name", "grade", "edition", "commentator")


@login_required
@require_GET
def desk(request):
    """Every stage and subject with what it is offered and what is missing."""
    programme = office_year(request)
    groups = national_offer(programme)
    context = {
        "programme": programme,
        "groups": groups,
        "short": [group for group in groups if group.missing],
        "offered": rule_pack_of(programme).national_lessons.offered,
    }
    return render(request, "lessons/national/desk.html", context)


@login_required
def group(request, stage, subject):
    """The lessons of one stage and subject in their order, and the form for a further one."""
    programme = office_year(request)
    titled = rule_pack_of(programme).subject(stage, subject)
    if titled is None:
        raise Http404
    form = NationalLessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lesson = add_national_lesson(
                programme, stage, subject, form.cleaned_data, by=request.user
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(title)s” is offered.") % {"title": lesson.title})
            return redirect("lessons:national_group", stage=stage, subject=subject)
    lessons = NationalLesson.objects.filter(programme=programme, stage=stage, subject=subject)
    context = {
        "programme": programme,
        "stage": Stage(stage),
        "subject": titled,
        "lessons": lessons.select_related("video", "commentary_unit").order_by(
            "withdrawn_at", "position"
        ),
        "offered": rule_pack_of(programme).national_lessons.offered,
        "form": form,
    }
    return render(request, "lessons/national/group.html", context)


@login_required
def change(request, pk):
    """Correct one lesson, or withdraw it with a reason."""
    office_year(request)
    lesson = get_object_or_404(NationalLesson.objects.select_related("video"), pk=pk)
    values = {name: getattr(lesson, name) for name in (*FIELDS, "commentary", "video")}
    form = NationalLessonForm(request.POST or None, initial=values, lesson=lesson)
    if request.method == "POST" and form.is_valid():
        try:
            change_national_lesson(lesson, form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The lesson is saved."))
            return redirect("lessons:national_group", stage=lesson.stage, subject=lesson.subject)
    context = {"lesson": lesson, "form": form, "why": WhyForm()}
    return render(request, "lessons/national/change.html", context)


@login_required
@require_POST
def withdraw(request, pk):
    office_year(request)
    lesson = get_object_or_404(NationalLesson, pk=pk)
    form = WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the lesson is withdrawn; the reason is kept."))
        return redirect("lessons:national_change", pk=pk)
    try:
        withdraw_national_lesson(lesson, by=request.user, why=form.cleaned_data["why"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The lesson is withdrawn; whoever has begun it may finish."))
    return redirect("lessons:national_group", stage=lesson.stage, subject=lesson.subject)


def office_year(request):
    """The current year, for the project office only."""
    if not can_run_province(request.user):
        raise PermissionDenied
    programme = current_programme()
    if programme is None:
        raise Http404
    return programme
