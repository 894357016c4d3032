"""Remarks at a second of the recording: pinned, answered, taken back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.errors import DomainError
from lessons.domain.comments import pin_comment, remove_comment
from lessons.models import Lesson, PinnedComment, Review
from lessons.permissions import can_comment
from lessons.views.review import number


@login_required
@require_POST
def pin_to_review(request, pk):
    """A remark of one's own review."""
    review = get_object_or_404(
        Review.objects.select_related("recording__video", "rubric"), pk=pk, reviewer=request.user
    )
    line = request.POST.get("line", "")
    known = {row["key"] for row in review.rubric.lines}
    return pinned(
        request,
        recording=review.recording,
        review=review,
        rubric_line=line if line in known else "",
        second=second_of(request.POST.get("second", "")),
    )


@login_required
@require_POST
def pin_to_lesson(request, pk):
    """What a colleague says while observing, or the author's answer to it."""
    lesson = get_object_or_404(Lesson.objects.visible_to(request.user), pk=pk)
    if not can_comment(request.user, lesson):
        raise PermissionDenied
    parent = None
    if key := request.POST.get("parent"):
        parent = get_object_or_404(
            PinnedComment, pk=number(key), lesson=lesson, review=None, parent=None
        )
    recording = parent.recording if parent else lesson.recordings.first()
    if recording is None:
        raise PermissionDenied
    second = parent.second if parent else second_of(request.POST.get("second", ""))
    return pinned(request, recording=recording, parent=parent, second=second)


def pinned(request, *, recording, **place):
    try:
        comment = pin_comment(
            recording,
            author=request.user,
            text=request.POST.get("text", ""),
            client_key=key_of(request.POST.get("key", "")),
            **place,
        )
    except DomainError as refusal:
        if wants_data(request):
            return JsonResponse({"refusal": str(refusal)}, status=409)
        messages.error(request, str(refusal))
        return redirect(back_to(recording, place.get("review")))
    if wants_data(request):
        return render(request, "lessons/review/comment.html", {"comment": comment, "mine": True})
    return redirect(back_to(recording, place.get("review")))


@login_required
@require_POST
def unpin(request, pk):
    """Take one's own remark back."""
    comment = get_object_or_404(
        PinnedComment.objects.select_related("review", "recording"), pk=pk, author=request.user
    )
    try:
        remove_comment(comment, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    if wants_data(request):
        return JsonResponse({"removed": True})
    return redirect(back_to(comment.recording, comment.review))


def back_to(recording, review):
    if review is None:
        return redirect("lessons:lesson", pk=recording.lesson_id).url
    if review.assignment_id:
        return redirect("lessons:review", pk=review.assignment_id).url
    return redirect("lessons:observe", pk=review.lesson_id).url


def wants_data(request):
    return request.headers.get("X-Requested-With") == "fetch"


def key_of(text):
    try:
        return UUID(text)
    except ValueError:
        return None


def second_of(text):
    """The second of "75", "1:15" or "0:01:15"; what is none lies outside every recording."""
    parts = text.strip().replace("：", ":").split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isdecimal() and len(part) < 6 for part in parts):
        return -1
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds
