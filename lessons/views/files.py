"""Files of a lesson: brought in, replaced, served to those entitled and to nobody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from lessons.domain.materials import (
    MATERIAL,
    add_material,
    context_of,
    material_rules,
    take_material,
    take_out_material,
)
from lessons.domain.recordings import RECORDING, take_recording
from lessons.models import Lesson, Material
from lessons.permissions import can_keep
from lessons.views.door import kept_lesson
from programmes.domain.rulepacks import rule_pack_of
from videos.domain.uploads_box import upload_box
from videos.domain.uploads_whole import sent_upload
from videos.forms import UploadFields


@login_required
@require_http_methods(["GET", "POST"])
def material_add(request, pk, kind):
    """One file of a kind: chosen on the form, or sent in pieces from a page of its own."""
    lesson = kept_lesson(request, pk)
    form = UploadFields(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return show_material_box(request, lesson, kind, form)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return redirect(f"{edit_address(pk)}#material-{kind}")
    given = form.cleaned_data
    try:
        if given["upload"]:
            sent = sent_upload(
                by=request.user, purpose=MATERIAL, upload_id=given["upload"], file=None
            )
            take_material(lesson, kind, sent, by=request.user)
        else:
            add_material(lesson, kind, given["file"], by=request.user)
        messages.success(request, _("The file is in the lesson."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{edit_address(pk)}#material-{kind}")


def show_material_box(request, lesson, kind, form):
    """For large files: what is under way is found again here after days."""
    try:
        rules = material_rules(rule_pack_of(lesson.programme), kind)
        box = upload_box(request.user, MATERIAL, context_of(lesson.pk, kind))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("lessons:lesson", pk=lesson.pk)
    context = {"lesson": lesson, "rules": rules, "form": form, "box": box}
    return render(request, "lessons/material_box.html", context)


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
    """The recording, sent beforehand in pieces or with the form by browsers without scripts."""
    lesson = kept_lesson(request, pk)
    form = UploadFields(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file first."))
        return redirect(f"{edit_address(pk)}#recording")
    given = form.cleaned_data
    try:
        upload = sent_upload(
            by=request.user,
            purpose=RECORDING,
            context=str(lesson.pk),
            upload_id=given["upload"],
            file=given["file"],
        )
        take_recording(lesson, upload, by=request.user)
        messages.success(request, _("The recording is here and is being prepared."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{edit_address(pk)}#recording")


def served(file, name):
    """Always a download, never something that a browser runs on this site."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def edit_address(pk):
    return redirect("lessons:edit", pk=pk).url
