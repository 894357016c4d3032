"""Files of a lesson: brought in, replaced, served to those entitled and to nobody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from lessons.domain.materials import add_material, take_out_material
from lessons.domain.recordings import add_recording
from lessons.models import Lesson, Material
from lessons.permissions import can_keep
from lessons.views.door import kept_lesson


@login_required
@require_POST
def material_add(request, pk, kind):
    lesson = kept_lesson(request, pk)
    if file := chosen_file(request):
        try:
            add_material(lesson, kind, file, by=request.user)
            messages.success(request, _("The file is in the lesson."))
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{edit_address(pk)}#material-{kind}")


@login_required
@require_POST
def material_out(request, pk):
    material = get_object_or_404(Material.objects.select_related("lesson"), pk=pk)
    kept_lesson(request, material.lesson_id)
    try:
        take_out_material(material, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{edit_address(material.lesson_id)}#material-{material.kind}")


@require_safe
def material(request, pk):
    """A file of a lesson whose page is open to the reader; earlier versions to its keepers."""
    held = get_object_or_404(Material.objects.select_related("lesson__school"), pk=pk)
    if not Lesson.objects.visible_to(request.user).filter(pk=held.lesson_id).exists():
        raise Http404
    if held.replaced_at and not (
        request.user.is_authenticated and can_keep(request.user, held.lesson)
    ):
        raise Http404
    return served(held.file, held.name)


@login_required
@require_POST
def recording_add(request, pk):
    lesson = kept_lesson(request, pk)
    if file := chosen_file(request):
        try:
            add_recording(lesson, file, by=request.user)
            messages.success(request, _("The recording is here and is being prepared."))
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{edit_address(pk)}#recording")


def chosen_file(request):
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose a file first."))
    return file


def served(file, name):
    """Always a download, never something that a browser runs on this site."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def edit_address(pk):
    return redirect("lessons:edit", pk=pk).url
