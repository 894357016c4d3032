from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import Role
from core.errors import DomainError
from courses.domain.homework import files_of_version, mark_submission
from courses.forms.assessment import MarkForm
from courses.models.homework import Submission, SubmissionState
from courses.permissions import can_mark
from courses.queries.assessment import waiting_submissions
from programmes.queries import current_programme

PAGE_SIZE = 50


@login_required
@require_GET
def marking(request):
    """Homework that waits for a mark in the marker's organisations."""
    if not request.user.appointed_paths(Role.MARKER):
        raise PermissionDenied
    programme = current_programme()
    if programme is None:
        raise Http404
    waiting = waiting_submissions(request.user, programme)
    if course := request.GET.get("course"):
        waiting = waiting.filter(homework__course__code=course)
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "courses/homework/marking.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def mark(request, pk):
    """One homework beside its history, with the form that accepts or returns it."""
    seen = Submission.objects.visible_to(request.user).select_related(
        "homework__course", "user__school"
    )
    submission = get_object_or_404(seen, pk=pk)
    if not can_mark(request.user, submission):
        raise PermissionDenied
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return handle_mark(request, submission, form.cleaned_data)
    versions = list(submission.versions.select_related("mark__marker").order_by("-number"))
    context = {
        "submission": submission,
        "course": submission.homework.course,
        "newest": versions[0],
        "earlier": versions[1:],
        "files": files_of_version(versions[0]),
        "form": form,
        "waiting": submission.state == SubmissionState.HANDED_IN,
    }
    return render(request, "courses/homework/mark.html", context)


def handle_mark(request, submission, data):
    try:
        mark_submission(
            submission,
            accepted=data["decision"] == "accept",
            reason=data["reason"],
            by=request.user,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:mark", pk=submission.pk)
    messages.success(request, _("Your mark is kept, and the teacher is told."))
    return redirect("courses:marking")
