"""Watching and reviewing a lesson that the draw gave, or a colleague's (R9, R41)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from lessons.domain.review_checks import levels_from, missing_of
from lessons.domain.reviews import (
    begin_case_review,
    begin_colleague_review,
    save_review,
    send_review,
)
from lessons.enums import ReviewState
from lessons.models import CaseAssignment, Lesson, Review
from lessons.permissions import audience_of, can_comment
from lessons.queries.anonymity import hides_authors, names_of, veiled
from lessons.queries.reviews import graded_lines
from lessons.views.case_files import case_materials
from programmes.domain.phases import NOT_SET, phase_windows
from programmes.domain.rulepack import in_readers_language
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey
from videos.domain.players import player_for


@login_required
@require_http_methods(["GET", "POST"])
def review(request, pk):
    """The review of one of one's drawn lessons."""
    mine = CaseAssignment.objects.visible_to(request.user)
    assignment = get_object_or_404(
        mine.select_related("lesson__lesson", "draw__programme", "user"), pk=pk
    )
    try:
        held = begin_case_review(assignment)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("lessons:cases")
    return answer(request, held, assignment)


@login_required
@require_http_methods(["GET", "POST"])
def observe(request, pk):
    """A colleague's review of a lesson shown in school."""
    lesson = get_object_or_404(
        Lesson.objects.visible_to(request.user).select_related("school"), pk=pk
    )
    if not can_comment(request.user, lesson):
        raise PermissionDenied
    try:
        held = begin_colleague_review(lesson, request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("lessons:lesson", pk=pk)
    return answer(request, held, None)


def answer(request, held, assignment):
    held = full(held.pk)
    if request.method == "GET":
        return show(request, held, assignment, held.levels, held.text)
    levels, text = levels_from(held.rubric, request.POST), request.POST.get("text", "")
    try:
        save_review(
            held,
            levels=levels,
            text=text,
            revision=number(request.POST.get("revision")),
            user=request.user,
        )
        if "send" not in request.POST:
            messages.success(request, _("The draft is kept."))
            return redirect(request.path)
        sent = send_review(held)
    except DomainError as refusal:
        held.refresh_from_db()
        return show(request, held, assignment, levels, text, refusal=str(refusal))
    messages.success(request, sent_words(sent, request.user))
    return redirect(request.path)


def sent_words(sent, user):
    if sent.assignment_id is None:
        return _("Sent. The author reads it now.")
    unit = sent.recording.video.unit
    if unit.covered_by.filter(user=user).exists():
        return _("Sent: the class hours are in your account.")
    return _("Sent. Watch the rest of the recording, and the class hours arrive by themselves.")


def show(request, held, assignment, levels, text, *, refusal=""):
    pack, sent = rule_pack_of(held.programme), held.state == ReviewState.SENT
    unit = held.recording.video.unit
    names = names_of(held.lesson) if assignment and hides_authors(held.programme) else []
    if assignment and assignment.replaced_at and not sent:
        title = veiled(held.lesson.title, names)
        return show_kept(request, title, assignment, form_lines(held.rubric, levels), text)
    unit.title = title = veiled(held.lesson.title, names)  # it labels the player
    held.answer = veiled(held.answer, names)
    commentary = assignment.lesson if assignment and (sent or rules_open(pack)) else None
    context = {
        "review": held,
        "lesson": held.lesson,
        "title": title,
        "assignment": assignment,
        "author": None if names else held.lesson.teacher,
        "materials": case_materials(assignment, pack, hidden=bool(names)) if assignment else [],
        "player": player_for(
            request.user, unit, audience=audience_of(held.lesson_id), programme=held.programme
        ),
        "lines": form_lines(held.rubric, levels),
        "graded": graded_lines(held.rubric, held.levels) if sent else [],
        "text": text,
        "rules": pack.review,
        "hours": pack.draw.hours_per_lesson,
        "missing": [] if sent else missing_of(held.rubric, levels, text, pack.review),
        "sent": sent,
        "refusal": refusal,
        "outstanding": {
            "commentary": veiled(commentary.commentary, names),
            "commentator": veiled(commentary.commentator, names),
        }
        if commentary and commentary.commentary
        else None,
        "comments": held.comments.filter(removed_at=None).order_by("second", "pk"),
        "window": window_of(request.user, held, pack) if assignment else None,
    }
    return render(request, "lessons/review/review.html", context, status=422 if refusal else 200)


def show_kept(request, title, assignment, lines, text):
    """A draft about a lesson that was replaced: to be read and copied, no longer to be sent."""
    context = {"title": title, "assignment": assignment, "lines": lines, "text": text}
    return render(request, "lessons/review/replaced.html", context)


def rules_open(pack):
    return pack.review.commentary == "always"


def form_lines(rubric, levels):
    """The rubric's lines as the form shows them, with what was chosen."""
    return [
        {
            "key": line["key"],
            "title": in_readers_language(line["title_zh"], line["title_en"]),
            "hint": in_readers_language(line["hint_zh"], line["hint_en"]),
            "reason_required": line["reason_required"],
            "chosen": levels.get(line["key"], {}).get("level"),
            "reason": levels.get(line["key"], {}).get("reason", ""),
            "levels": [
                (level["value"], in_readers_language(level["title_zh"], level["title_en"]))
                for level in line["levels"]
            ],
        }
        for line in rubric.lines
    ]


def window_of(user, held, pack):
    school = user.school
    if school is None:
        return NOT_SET
    found = phase_windows(held.programme, school, keys=[PhaseKey.REQUIRED_STUDY])
    return found.get(PhaseKey.REQUIRED_STUDY, NOT_SET)


@login_required
@require_POST
def save(request, pk):
    """Autosave: the whole form, one statement."""
    held = Review.objects.select_related("rubric").filter(reviewer=request.user, pk=pk).first()
    if held is None:
        raise Http404
    try:
        revision = save_review(
            held,
            levels=levels_from(held.rubric, request.POST),
            text=request.POST.get("text", ""),
            revision=number(request.POST.get("revision")),
            user=request.user,
        )
    except DomainError as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=409)
    return JsonResponse({"revision": revision})


def full(pk):
    related = (
        "rubric",
        "programme",
        "lesson__teacher",
        "lesson__school",
        "recording__video__unit",
        "assignment",
    )
    return Review.objects.select_related(*related).defer("programme__rule_pack").get(pk=pk)


def number(text):
    """A whole number from a form; what is none matches nothing."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1
