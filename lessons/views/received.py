"""What others say of a lesson: read, found useful, answered by its author."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lessons.domain.reviews import answer_review, mark_useful
from lessons.enums import ReviewState
from lessons.models import Lesson, Review
from lessons.permissions import can_answer_reviews, can_read_reviews
from lessons.queries.reviews import reviews_of, shown_reviews

PAGE = 20


@login_required
@require_GET
def reviews(request, pk):
    """All reviews of one lesson, for its author and the school."""
    lesson = get_object_or_404(
        Lesson.objects.visible_to(request.user).select_related("school", "teacher"), pk=pk
    )
    if not can_read_reviews(request.user, lesson):
        raise PermissionDenied
    page = Paginator(reviews_of(lesson), PAGE).get_page(request.GET.get("page"))
    context = {
        "lesson": lesson,
        "page": page,
        "shown": shown_reviews(page.object_list, request.user),
        "may_answer": can_answer_reviews(request.user, lesson),
    }
    return render(request, "lessons/review/received.html", context)


@login_required
@require_POST
def useful(request, pk):
    review = review_of_mine(request, pk)
    mark_useful(review, useful="not" not in request.POST, by=request.user)
    return redirect("lessons:reviews", pk=review.lesson_id)


@login_required
@require_POST
def answer(request, pk):
    review = review_of_mine(request, pk)
    text = request.POST.get("text", "").strip()
    if text:
        answer_review(review, text, by=request.user)
        messages.success(request, _("Your answer is sent."))
    else:
        messages.error(request, _("Write an answer first."))
    return redirect("lessons:reviews", pk=review.lesson_id)


def review_of_mine(request, pk):
    """A sent review of a lesson of one's own."""
    review = get_object_or_404(
        Review.objects.select_related("lesson"), pk=pk, state=ReviewState.SENT
    )
    if not can_answer_reviews(request.user, review.lesson):
        raise PermissionDenied
    return review
