"""Keeping the tables of contents: the project office's page, one place of the tree at a time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from lessons.domain import curriculum as domain
from lessons.enums import NodeKind
from lessons.forms.lesson import stage_subject_choices
from lessons.models import CurriculumNode
from lessons.permissions import can_keep_curriculum
from lessons.queries.place import place_titles
from lessons.queries.tree import children_with_counts
from lessons.views.door import year_or_404
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Stage


@login_required
@require_GET
def curriculum(request):
    """The grades of a stage and subject."""
    pack = keeper_pack(request)
    stage, _colon, subject = request.GET.get("subject", "primary:chinese").partition(":")
    if pack.subject(stage, subject) is None:
        raise Http404
    return show(request, pack, stage, subject, None)


@login_required
@require_GET
def node(request, pk):
    """What lies right below one place, and what can be done with the place itself."""
    pack = keeper_pack(request)
    found = get_object_or_404(CurriculumNode.objects.select_related("parent"), pk=pk)
    return show(request, pack, found.stage, found.subject, found)


def show(request, pack, stage, subject, found):
    titled = pack.subject(stage, subject)
    context = {
        "node": found,
        "pair": f"{stage}:{subject}",
        "subjects": stage_subject_choices(pack),
        "words": f"{Stage(stage).label} · {titled.title if titled else subject}",
        "trail": trail_of(found),
        "children": children_with_counts(found, stage, subject),
        "child_kind": child_label(found),
    }
    return render(request, "lessons/curriculum.html", context)


@login_required
@require_POST
def node_add(request):
    """A node below another, or a grade of a stage and subject."""
    pack = keeper_pack(request)
    parent = found_or_none(request.POST.get("parent", ""))
    stage, _colon, subject = request.POST.get("subject", "").partition(":")
    if parent is None and pack.subject(stage, subject) is None:
        raise Http404
    if parent is not None and parent.kind == NodeKind.LESSON:
        raise Http404
    acted(
        request,
        _("Added."),
        domain.add_node,
        request.POST.get("title", ""),
        parent=parent,
        stage=stage,
        subject=subject,
    )
    return redirect(place_address(parent, f"{stage}:{subject}"))


@login_required
@require_POST
def node_act(request, pk):
    """Rename, move, close, open again or remove one place."""
    keeper_pack(request)
    found = get_object_or_404(CurriculumNode.objects.select_related("parent"), pk=pk)
    act = request.POST.get("act", "")
    acts = {
        "rename": (_("Renamed."), domain.rename_node, [request.POST.get("title", "")]),
        "up": (_("Moved."), domain.shift_node, [-1]),
        "down": (_("Moved."), domain.shift_node, [1]),
        "close": (_("Closed: nobody chooses it any more."), domain.close_node, []),
        "reopen": (_("In use again."), domain.reopen_node, []),
        "remove": (_("Removed."), domain.remove_node, []),
    }
    if act not in acts:
        raise Http404
    done, verb, given = acts[act]
    went_well = acted(request, done, verb, found, *given)
    stays = act in ("rename", "close", "reopen") or not went_well
    if stays and request.POST.get("stay"):
        return redirect("lessons:node", pk=pk)
    return redirect(place_address(found.parent, f"{found.stage}:{found.subject}"))


def acted(request, done, verb, *args, **kwargs):
    """Whether the act went well; the reader is told either way."""
    try:
        verb(*args, by=request.user, **kwargs)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def keeper_pack(request):
    if not can_keep_curriculum(request.user):
        raise PermissionDenied
    return rule_pack_of(year_or_404())


def found_or_none(key):
    return CurriculumNode.objects.filter(pk=key).first() if key.isdecimal() else None


def place_address(parent, pair):
    if parent is not None:
        return reverse("lessons:node", args=[parent.pk])
    return f"{reverse('lessons:curriculum')}?subject={pair}"


def trail_of(found):
    if found is None:
        return []
    keys = [int(key) for key in found.path.split("/") if key]
    titles = place_titles(found)
    return [
        (title, reverse("lessons:node", args=[key]))
        for key, title in zip(keys, titles, strict=True)
    ]


def child_label(found):
    """What comes below: an edition below a grade."""
    if found is None:
        return NodeKind.GRADE.label
    if found.kind == NodeKind.LESSON:
        return ""
    return NodeKind(domain.CHILD_KIND[found.kind]).label
