"""One post: its place, its edits, its files."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from workshops.domain.posts import edit_post
from workshops.models import Post, PostFile
from workshops.permissions import can_edit
from workshops.queries.titles import title_of
from workshops.views.talk_door import post_at
from workshops.views.threads import address_of


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
    held = get_object_or_404(PostFile, pk=pk)
    post_at(request, held.post_id)
    response = FileResponse(
        held.file.open("rb"), as_attachment=not held.is_picture, filename=held.name
    )
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
