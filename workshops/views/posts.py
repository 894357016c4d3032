"""One post: its place, its edits, its files."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from workshops.domain.post_files import replace_file
from workshops.domain.posts import edit_post
from workshops.forms.talk import FileVersionForm
from workshops.models import Post, PostFile
from workshops.permissions.talk import can_edit
from workshops.queries.threads import versions_of
from workshops.queries.titles import title_of
from workshops.views.talk_door import post_at
from workshops.views.threads import address_of

PDF = b"%PDF-"
SAVED = "default-src 'none'; sandbox"
# For a PDF alone: older browsers show none in a sandbox, nor where their viewer's own frame and
# style are barred.
VIEWED = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)


@login_required
@require_GET
def post(request, pk):
    """Leads to the page of the thread on which the post stands.

    Who has left the workshop is led to what is shown of the own posts.
    """
    try:
        found, _room = post_at(request, pk)
    except Http404:
        if Post.objects.filter(pk=pk, author=request.user).exists():
            return redirect("workshops:own_hidden")
        raise
    return redirect(address_of(found))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change one's own text; what it said before stays readable."""
    found, room = post_at(request, pk)
    if not can_edit(request.user, found, room.standing):
        raise PermissionDenied
    text, refusal = found.text, ""
    if request.method == "POST":
        text = request.POST.get("text", "")
        edits = int(request.POST["edits"]) if request.POST.get("edits", "").isdecimal() else 0
        try:
            return redirect(address_of(edit_post(found, text, edits=edits, by=request.user)))
        except DomainError as fault:
            refusal = str(fault)
    context = about(found) | {"text": text, "refusal": refusal}
    return render(request, "workshops/talk/edit.html", context, status=422 if refusal else 200)


@login_required
@require_GET
def versions(request, pk):
    """What the post said before each edit, the newest first."""
    found, _room = post_at(request, pk)
    context = about(found) | {"versions": found.versions.order_by("-number")}
    return render(request, "workshops/talk/versions.html", context)


def about(found):
    workshop = found.thread.workshop
    return {
        "post": found,
        "thread": found.thread,
        "workshop": workshop,
        "title": title_of(workshop),
        "back": address_of(found),
    }


@login_required
@require_GET
def file(request, pk):
    """A file of a post that one may read; pictures are shown, all else is saved."""
    held = readable_file(request, pk)
    return handed_out(held, held.file.open("rb"), SAVED, as_attachment=not held.is_picture)


@login_required
@require_GET
def preview(request, pk):
    """A PDF in the browser's own viewer, for whoever may save it; of other files there is none."""
    held = readable_file(request, pk)
    opened = held.file.open("rb")
    if opened.read(len(PDF)) != PDF:
        opened.close()
        raise Http404
    opened.seek(0)
    return handed_out(held, opened, VIEWED, content_type="application/pdf")


def readable_file(request, pk):
    held = get_object_or_404(PostFile, pk=pk)
    post_at(request, held.post_id)
    return held


def handed_out(held, opened, policy, **how):
    response = FileResponse(opened, filename=held.name, **how)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = policy
    return response


@login_required
@require_http_methods(["GET", "POST"])
def file_versions(request, pk):
    """Every version of a file with who, when and why; its author adds the next."""
    held = get_object_or_404(PostFile, pk=pk)
    found, room = post_at(request, held.post_id)
    may = can_edit(request.user, found, room.standing) and found.hidden_at is None
    versions = versions_of(held)
    form = FileVersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and not may:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = replace_file(versions[0], given["file"], why=given["why"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("workshops:file_versions", pk=made.pk)
    context = about(found) | {"versions": versions, "form": form, "may": may}
    status = 422 if form.errors else 200
    return render(request, "workshops/talk/file_versions.html", context, status=status)
