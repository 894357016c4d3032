"""A further attempt: asked for on the test's page, decided at the desk of the county."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from courses.domain.further_attempts import (
    ask_further_attempt,
    grant_further_attempt,
    refuse_further_attempt,
)
from courses.forms.assessment import AskForm, FurtherAttemptForm
from courses.models import FurtherAttempt, FurtherAttemptState
from courses.permissions import can_decide_further_attempt, can_open_further_attempts
from courses.queries.assessment import attempts_at, open_questions
from courses.queries.further import further_attempts_at, unmet_questions, with_results
from courses.queries.windows import study_windows
from courses.views.door import course_for_study
from programmes.domain.rulepacks import rule_pack_of

PAGE_SIZE = 50


@login_required
@require_POST
def ask(request, code):
    course, programme = course_for_study(request, code)
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return redirect("courses:test", code=code)
    try:
        ask_further_attempt(course, user=request.user, programme=programme, **form.cleaned_data)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent. You are told as soon as it is decided."))
    return redirect("courses:test", code=code)


@login_required
@require_GET
def desk(request):
    """What waits for a decision of the user's units, the longest waiting first."""
    if not can_open_further_attempts(request.user):
        raise PermissionDenied
    mine = FurtherAttempt.objects.visible_to(request.user).exclude(asked_by=request.user)
    waiting = mine.waiting()
    tab = request.GET.get("tab", "waiting")
    shown = mine.order_by("-pk") if tab == "all" else waiting.order_by("asked_at", "pk")
    page = Paginator(with_results(shown), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"tab": tab, "page": page, "waiting": waiting.count()}
    return render(request, "courses/tests/further_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """One request beside what happened, with the form that grants or refuses it."""
    further = get_object_or_404(
        FurtherAttempt.objects.visible_to(request.user).select_related(
            "course", "asked_by", "decided_by", "enrolment__school", "enrolment__programme"
        ),
        pk=pk,
    )
    if not can_decide_further_attempt(request.user, further):
        raise PermissionDenied
    refused = further.state == FurtherAttemptState.REFUSED
    form = FurtherAttemptForm(request.POST or None, after_all=refused)
    if request.method == "POST" and form.is_valid():
        return _decided(request, further, form.cleaned_data)
    return render(request, "courses/tests/further.html", {"form": form, **_facts(further)})


def _facts(further):
    course, enrolment = further.course, further.enrolment
    programme, teacher = enrolment.programme, further.asked_by
    asked = further_attempts_at(course, teacher, programme)
    return {
        "further": further,
        "course": course,
        "attempts": attempts_at(course, teacher, programme),
        "earlier": [one for one in asked if one.number < further.number],
        "questions": rule_pack_of(programme).test_questions,
        "bank": open_questions(course),
        "unmet": unmet_questions(course, teacher),
        "window": study_windows(programme, enrolment.school)[course.category],
        "open": further.state != FurtherAttemptState.GRANTED,
    }


def _decided(request, further, data):
    verb = grant_further_attempt if data["decision"] == "grant" else refuse_further_attempt
    try:
        verb(further, reason=data["reason"], by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:further_attempt", pk=further.pk)
    messages.success(request, _("Decided, and the teacher is told."))
    return redirect("courses:further_attempts")
