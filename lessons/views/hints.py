"""Hints that two lessons are alike: both places side by side, decided by a person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from lessons.domain.copies import decide_hint
from lessons.enums import HintKind, HintState
from lessons.forms.report import HintForm
from lessons.models import CopyHint
from lessons.permissions import can_rule

PER_PAGE = 50
LESSON_KINDS = (HintKind.RECORDING, HintKind.PLAN)


@login_required
@require_GET
def hints(request):
    """What looks alike and waits for a person's eye; the most alike first."""
    state = request.GET.get("state", HintState.OPEN)
    everything = visible(request)
    rows = everything.filter(state=state) if state in HintState.values else everything
    related = ("lesson__teacher", "lesson__school", "other_lesson__teacher")
    rows = rows.select_related(*related, "other_lesson__school").order_by("-percent", "-pk")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": HintState.choices,
        "waiting": everything.filter(state=HintState.OPEN).count(),
    }
    return render(request, "lessons/hints.html", context)


def visible(request):
    if not can_rule(request.user):
        raise PermissionDenied
    return CopyHint.objects.visible_to(request.user).filter(kind__in=LESSON_KINDS)


@login_required
@require_http_methods(["GET", "POST"])
def hint(request, pk):
    """The two side by side, and the decision."""
    related = ("lesson__teacher", "lesson__school", "other_lesson__teacher", "decided_by")
    rows = visible(request).select_related(*related, "other_lesson__school")
    found = get_object_or_404(rows, pk=pk)
    form = HintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            decide_hint(
                found, confirmed=given["decision"] == "copy", why=given["why"], by=request.user
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided."))
            return redirect("lessons:hints")
    context = {
        "hint": found,
        "form": form,
        "places": list(zip(found.here, found.there, strict=True)),
    }
    return render(request, "lessons/hint.html", context)
