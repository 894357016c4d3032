"""Reports that a lesson breaks R56: filed on its page, ruled on at the desks above."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from lessons.domain.reports import file_report, rule_on_report
from lessons.enums import ReportState
from lessons.forms.report import ReportForm, RulingForm
from lessons.models import LessonReport
from lessons.permissions import audience_of, can_open, can_report, can_rule
from lessons.queries.anonymity import hidden_from, veiled
from lessons.views.door import watched_lesson
from videos.domain.viewings import viewing_for

PER_PAGE = 50


@login_required
@require_http_methods(["GET", "POST"])
def report_lesson(request, pk):
    """The form of a report; it bears the reporter's own name."""
    lesson = watched_lesson(request, pk)
    if not can_report(request.user, lesson):
        raise PermissionDenied
    initial = {"kind": request.GET.get("kind", ""), "at": request.GET.get("at", "")}
    form = ReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            file_report(
                lesson,
                kind=given["kind"],
                text=given["text"],
                second=form.second,
                by=request.user,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Filed under your name; you will be told of the ruling."))
            return redirect(back_from(request.user, lesson))
    context = {
        "form": form,
        "title": veiled(lesson.title, hidden_from(request.user, lesson)),
        "back": back_from(request.user, lesson),
    }
    return render(request, "lessons/report_lesson.html", context)


def back_from(user, lesson):
    """The lesson's page, or the list of drawn lessons for whoever sees no page of it."""
    if can_open(user, lesson):
        return reverse("lessons:lesson", args=[lesson.pk])
    return reverse("lessons:cases")


@login_required
@require_GET
def reports(request):
    """What waits for a ruling, and what was ruled."""
    if not can_rule(request.user):
        raise PermissionDenied
    state = request.GET.get("state", ReportState.FILED)
    everything = LessonReport.objects.visible_to(request.user)
    rows = everything.filter(state=state) if state in ReportState.values else everything
    rows = rows.select_related("lesson__school", "lesson__teacher").order_by("-filed_at", "-pk")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": ReportState.choices,
        "waiting": everything.filter(state=ReportState.FILED).count(),
    }
    return render(request, "lessons/reports.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report(request, pk):
    """One report beside the recording, and the ruling."""
    if not can_rule(request.user):
        raise PermissionDenied
    rows = LessonReport.objects.visible_to(request.user)
    found = get_object_or_404(
        rows.select_related("lesson__school", "lesson__teacher", "reporter", "ruled_by"), pk=pk
    )
    form = RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            upheld = given["decision"] == "uphold"
            rule_on_report(found, upheld=upheld, ruling=given["ruling"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ruled; everybody concerned is told."))
            return redirect("lessons:reports")
    newest = found.lesson.recordings.select_related("video").first()
    context = {
        "report": found,
        "lesson": found.lesson,
        "form": form,
        "viewing": newest and viewing_for(request.user, newest.video, audience_of(found.lesson_id)),
        "may_rule": request.user.pk not in (found.reporter_id, found.lesson.teacher_id),
    }
    return render(request, "lessons/report.html", context)
