import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from courses.domain.attempts import (
    hand_in_attempt,
    may_see_answers,
    save_answers,
    start_attempt,
)
from courses.models.attempt import Attempt, AttemptState
from courses.queries.assessment import attempts_at, open_questions, paper_of
from courses.views.door import course_for_study
from programmes.domain.rulepacks import rule_pack_of

FIELD = re.compile(r"q(\d{1,3})")


@login_required
@require_GET
def test(request, code):
    """What the test asks, how many attempts are left, and how earlier ones ended."""
    course, programme = course_for_study(request, code)
    pack = rule_pack_of(programme)
    attempts = attempts_at(course, request.user, programme)
    running = next((one for one in attempts if one.state == AttemptState.OPEN), None)
    context = {
        "course": course,
        "pack": pack,
        "questions": min(pack.test_questions, open_questions(course)),
        "attempts": attempts,
        "running": running,
        "passed": any(one.state == AttemptState.PASSED for one in attempts),
        "left": pack.test_attempts - len(attempts),
    }
    return render(request, "courses/tests/test.html", context)


@login_required
@require_POST
def start(request, code):
    course, programme = course_for_study(request, code)
    try:
        attempt = start_attempt(course, user=request.user, programme=programme)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:test", code=code)
    return redirect("courses:attempt", pk=attempt.pk)


@login_required
@require_GET
def attempt(request, pk):
    """The paper while the time runs, the result afterwards."""
    attempts = Attempt.objects.visible_to(request.user).select_related("course", "programme")
    sitting = get_object_or_404(attempts, pk=pk)
    if sitting.state == AttemptState.OPEN and timezone.now() >= sitting.deadline_at:
        sitting = hand_in_attempt(sitting)
    ended = sitting.state != AttemptState.OPEN
    context = {
        "attempt": sitting,
        "course": sitting.course,
        "reveal": ended and may_see_answers(sitting),
        "now": timezone.now(),
    }
    context["paper"] = paper_of(sitting, reveal=context["reveal"])
    template = "courses/tests/result.html" if ended else "courses/tests/attempt.html"
    return render(request, template, context)


@login_required
@require_POST
def answer(request, pk):
    """Autosave of one or more answers; the page says when they are safe."""
    try:
        kept = save_answers(pk, answers_in(request.POST), user=request.user)
    except DomainError as refusal:
        get_object_or_404(Attempt.objects.visible_to(request.user), pk=pk)
        return JsonResponse({"refusal": str(refusal)}, status=409)
    return JsonResponse({"kept": kept})


@login_required
@require_POST
def hand_in(request, pk):
    """Save what the form carries, so that nothing depends on the autosave, and score."""
    sitting = get_object_or_404(Attempt.objects.visible_to(request.user), pk=pk)
    try:
        save_answers(pk, answers_in(request.POST), user=request.user)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    sitting = hand_in_attempt(sitting)
    if sitting.state == AttemptState.PASSED:
        messages.success(request, _("Passed with %(score)s points.") % {"score": sitting.score})
    return redirect("courses:attempt", pk=pk)


def answers_in(data):
    """The form's fields q1, q2, … as {position: [values]}."""
    fields = ((FIELD.fullmatch(name), name) for name in data)
    return {int(match[1]): data.getlist(name) for match, name in fields if match}
