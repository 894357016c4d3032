"""A teacher's national lessons: watch, read the commentary, write what one takes from it (R8)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from lessons.domain.national import save_reflection, send_reflection, study_of
from lessons.errors import NotPushedToYou
from lessons.models import NationalLesson
from lessons.permissions import NATIONAL
from lessons.queries.national import national_lines
from programmes.domain.phases import NOT_SET, phase_windows
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey
from programmes.queries import current_programme, enrolment_of
from videos.domain.players import player_for


@login_required
@require_GET
def mine(request):
    """The lessons pushed to one's stage and subject, and how far each has come."""
    programme, enrolment = place_of(request)
    lines = national_lines(request.user, enrolment, programme) if enrolment else []
    rules = rule_pack_of(programme).national_lessons
    finished = sum(line.is_finished for line in lines)
    context = {
        "programme": programme,
        "enrolment": enrolment,
        "lines": lines,
        "rules": rules,
        "first": next((line for line in lines if line.step not in ("wait", "done")), None),
        "missing": max(0, rules.watched - finished),
        **window_of(programme, enrolment),
    }
    return render(request, "lessons/national/mine.html", context)


@login_required
@require_GET
def watch(request, pk):
    """The recording, on the study clock."""
    programme, lesson, line, others = lesson_of_mine(request, pk)
    unit = lesson.video.unit if line.is_ready else None
    audience = f"{NATIONAL}:{lesson.pk}"
    context = {
        "programme": programme,
        "lesson": lesson,
        "line": line,
        "others": others,
        "player": player_for(request.user, unit, audience=audience, programme=programme)
        if unit
        else None,
        **window_of(programme, others["enrolment"]),
    }
    return render(request, "lessons/national/watch.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def reflect(request, pk):
    """The expert's commentary on the clock, and below it what one writes oneself."""
    programme, lesson, line, others = lesson_of_mine(request, pk)
    study, refusal, text = study_of(lesson.pk, user=request.user, programme=programme), "", None
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            if "send" in request.POST:
                send_reflection(study, text)
                messages.success(request, _("Sent. Thank you for your reflection."))
            else:
                save_reflection(study, text)
                messages.success(request, _("The draft is kept."))
            return redirect("lessons:national")
        except DomainError as refused:
            refusal = str(refused)
            if study.sent_at is None:
                save_reflection(study, text)
    audience = f"{NATIONAL}:{lesson.pk}"
    unit = lesson.commentary_unit
    context = {
        "programme": programme,
        "lesson": lesson,
        "line": line,
        "others": others,
        "study": study,
        "text": study.reflection if text is None else text,
        "refusal": refusal,
        "needed": rule_pack_of(programme).national_lessons.reflection_minimum_characters,
        "player": player_for(request.user, unit, audience=audience, programme=programme),
        **window_of(programme, others["enrolment"]),
    }
    status = 422 if refusal else 200
    return render(request, "lessons/national/reflect.html", context, status=status)


@login_required
@require_POST
def draft(request, pk):
    """Autosave of the reflection."""
    programme, _enrolment = place_of(request)
    try:
        study = study_of(pk, user=request.user, programme=programme)
        study = save_reflection(study, request.POST.get("text", ""))
    except NotPushedToYou as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=404)
    except DomainError as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=409)
    return JsonResponse({"saved_at": study.saved_at.isoformat()})


def place_of(request):
    """The year and the person's enrolment in it; 404 while there is no year."""
    programme = current_programme()
    if programme is None:
        raise Http404
    return programme, enrolment_of(request.user, programme)


def lesson_of_mine(request, pk):
    """The lesson and the person's line of it, else 404: nobody else's is shown."""
    programme, enrolment = place_of(request)
    lines = national_lines(request.user, enrolment, programme) if enrolment else []
    line = next((line for line in lines if line.id == pk), None)
    if line is None:
        raise Http404
    lesson = get_object_or_404(
        NationalLesson.objects.select_related("video__unit", "commentary_unit"), pk=pk
    )
    return programme, lesson, line, {"enrolment": enrolment, "lines": lines}


def window_of(programme, enrolment):
    """The study window as it holds for the person's school."""
    if enrolment is None:
        return {"window": NOT_SET, "counts": False}
    found = phase_windows(programme, enrolment.school, keys=[PhaseKey.REQUIRED_STUDY])
    window = found.get(PhaseKey.REQUIRED_STUDY, NOT_SET)
    return {"window": window, "counts": window.contains(timezone.now())}
