"""The files of a drawn lesson, for the one who is to review it (R9)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.base import ContentFile
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lessons.domain.nameless import can_be_nameless, nameless_copy
from lessons.models import CaseAssignment, Lesson
from lessons.queries.anonymity import hides_authors
from lessons.views.files import served
from programmes.domain.rulepacks import rule_pack_of


def case_materials(assignment, pack, *, hidden):
    """The files that the reviewer may open, under the names of their kinds."""
    titles = {rules.key: rules.title for rules in pack.materials}
    held = assignment.lesson.lesson.materials.filter(replaced_at=None).order_by("pk")
    return [
        {
            "url": reverse("lessons:case_material", args=[assignment.pk, material.pk]),
            "title": titles.get(material.kind, _("Material")),
            "size_bytes": material.size_bytes,
        }
        for material in held
        if not hidden or can_be_nameless(material)
    ]


@login_required
@require_safe
def case_material(request, pk, file):
    """One file; where the year hides authors a copy without properties, if it names nobody."""
    mine = CaseAssignment.objects.visible_to(request.user).select_related("draw__programme")
    assignment = get_object_or_404(mine.select_related("lesson__lesson__teacher"), pk=pk)
    lesson = assignment.lesson.lesson
    if not Lesson.objects.filter(pk=lesson.pk).watchable_by(request.user).exists():
        raise Http404
    material = get_object_or_404(lesson.materials.filter(replaced_at=None), pk=file)
    programme = assignment.draw.programme
    if not hides_authors(programme):
        return served(material.file, material.name)
    content = nameless_copy(material)
    if content is None:
        told = _("This file says whose lesson it is, which reviewers are not told this year.")
        messages.info(request, told)
        return redirect("lessons:review", pk=pk)
    titles = {rules.key: rules.title for rules in rule_pack_of(programme).materials}
    ending = material.file.name.rpartition(".")[2].lower()
    name = f"{titles.get(material.kind, _('Material'))}.{ending}"
    return served(ContentFile(content), name)
