import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from courses.domain.answers import may_see_answers
from courses.domain.attempts import (
    hand_in_attempt,
    save_answers,
    start_attempt,
)
from courses.forms.assessment import AskForm
from courses.models import Attempt, AttemptState, FurtherAttemptState
from courses.queries.assessment import attempts_at, open_questions, paper_of
from courses.queries.further import further_attempts_at, unmet_questions
from courses.queries.windows import study_windows
from courses.views.door import course_for_study
from credits.models.scope import reviewing_unit
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import enrolment_of

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
    if context["left"] <= 0 and not context["passed"]:
        context |= beyond_the_year(course, request.user, programme, context)
    return render(request, "courses/tests/test.html", context)


def beyond_the_year(course, user, programme, context):
    """What somebody can do who has used the year's attempts, and what was decided so far."""
    asked = further_attempts_at(course, user, programme)
    granted = sum(one.state == FurtherAttemptState.GRANTED for one in asked)
    enrolment = enrolment_of(user, programme)
    window = study_windows(programme, enrolment.school)[course.category]
    return {
        "asked": asked,
        "newest": asked[-1] if asked else None,
        "granted": granted,
        "left": context["left"] + granted,
        "window": window,
        "too_late": window.is_over(timezone.now()),
        "office": reviewing_unit(enrolment.school),
        "repeated": max(0, context["questions"] - unmet_questions(course, user)),
        "form": AskForm(),
    }


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
    sitting = get_object_or_404(attempts.defer("programme__rule_pack"), pk=pk)
    if sitting.state == AttemptState.OPEN and timezone.now() >= sitting.deadline_at:
        sitting = hand_in_attempt(sitting)
    ended = sitting.state != AttemptState.OPEN
    context = {
        "attempt": sitting,
        "course": sitting.course,
        "reveal": ended and may_see_answers(sitting),
        "now": timezone.now(),
        "sure": "sure" in request.GET,
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
    answers = answers_in(request.POST)
    try:
        save_answers(pk, answers, user=request.user)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        if (left := left_open(request.POST, answers)) and timezone.now() < sitting.deadline_at:
            messages.warning(
                request,
                _("Not answered yet: %(numbers)s. Answer them, or hand in as it is.")
                % {"numbers": _(", ").join(map(str, left))},
            )
            return redirect(f"{reverse('courses:attempt', kwargs={'pk': pk})}?sure=1")
    sitting = hand_in_attempt(sitting)
    if sitting.state == AttemptState.PASSED:
        messages.success(request, _("Passed with %(score)s points.") % {"score": sitting.score})
    return redirect("courses:attempt", pk=pk)


def left_open(data, answers):
    """The questions without an answer, unless whoever hands in said to be sure.

    A courtesy to a slipped finger, so the page's own count of questions will do.
    """
    count = data.get("questions", "")
    if "sure" in data or not count.isdigit():
        return []
    return [
        number for number in range(1, min(int(count), 999) + 1) if not any(answers.get(number, []))
    ]


def answers_in(data):
    """The form's fields q1, q2, … as {position: [values]}."""
    fields = ((FIELD.fullmatch(name), name) for name in data)
    return {int(match[1]): data.getlist(name) for match, name in fields if match}
