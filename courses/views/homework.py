from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from courses.domain.homework import OPEN_STATES, hand_in, save_draft, submission_of
from courses.domain.homework_files import add_file, remove_file
from courses.models.homework import Homework, Submission, SubmissionFile
from courses.views.door import course_for_study


@login_required
@require_http_methods(["GET", "POST"])
def homework(request, code):
    """The task, the draft or what was handed in, and every mark so far."""
    submission = begun_submission(request, code)
    if request.method == "POST":
        return handle_form(request, code, submission)
    return show_homework(request, submission, submission.draft)


def begun_submission(request, code):
    course, programme = course_for_study(request, code)
    task = get_object_or_404(Homework.objects.select_related("course"), course=course)
    return submission_of(task, user=request.user, programme=programme)


def show_homework(request, submission, text, *, refusal=""):
    context = {
        "course": submission.homework.course,
        "homework": submission.homework,
        "submission": submission,
        "text": text,
        "refusal": refusal,
        "may_write": submission.state in OPEN_STATES,
        "files": submission.files.filter(removed_at=None),
        "versions": list(submission.versions.select_related("mark__marker").order_by("-number")),
    }
    status = 422 if refusal else 200
    return render(request, "courses/homework/homework.html", context, status=status)


def handle_form(request, code, submission):
    """One form: keep the draft, add a file, or hand in. What was typed stays on a refusal."""
    text = request.POST.get("text", "")
    try:
        if "hand_in" in request.POST:
            for upload in request.FILES.getlist("files"):
                add_file(submission, upload)
            hand_in(submission, text)
            messages.success(request, _("Handed in. You will be told when it is marked."))
        else:
            save_draft(submission, text)
            for upload in request.FILES.getlist("files"):
                add_file(submission, upload)
            messages.success(request, _("The draft is kept."))
    except DomainError as refusal:
        keep_what_can_be_kept(submission, text)
        return show_homework(request, submission, text, refusal=str(refusal))
    return redirect("courses:homework", code=code)


def keep_what_can_be_kept(submission, text):
    try:
        save_draft(submission, text)
    except DomainError:  # handed in meanwhile: the page shows the typed text once more
        return


@login_required
@require_POST
def draft(request, code):
    """Autosave of the text."""
    try:
        submission = save_draft(begun_submission(request, code), request.POST.get("text", ""))
    except DomainError as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=409)
    return JsonResponse({"saved_at": submission.draft_saved_at.isoformat()})


@login_required
@require_POST
def drop_file(request, code, pk):
    submission = begun_submission(request, code)
    try:
        remove_file(submission, pk)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("courses:homework", code=code)


@login_required
@require_GET
def file(request, pk):
    """A file of a submission that the caller may see: one's own, or one to be marked."""
    mine = Submission.objects.visible_to(request.user)
    held = get_object_or_404(SubmissionFile, pk=pk, submission__in=mine)
    if held.submission.user_id != request.user.pk and held.first_version is None:
        raise Http404
    response = FileResponse(held.file.open("rb"), as_attachment=True, filename=held.name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
