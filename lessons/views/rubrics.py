"""The rubrics by which lessons are reviewed, at the office's desk: versions, draft, publication."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from lessons.domain.rubric_drafts import (
    CONTENT,
    discard_rubric_draft,
    draft_rubric,
    publish_rubric,
    recall_rubric,
    save_rubric_draft,
)
from lessons.domain.rubric_lint import lint_rubric
from lessons.domain.rubrics import current_rubric
from lessons.forms.rubric import content_of, forms_of
from lessons.models import Rubric
from lessons.permissions import can_run_province
from lessons.views.review import form_lines
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import current_programme

NO_MINIMUM = 0


class DayForm(forms.Form):
    from_day = forms.DateField(
        label=gettext_lazy("Applies from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Reviews that are begun from this day on use it."),
    )


@login_required
@require_GET
def rubrics(request):
    """All versions, the newest first, with what becomes of each."""
    office_only(request)
    current = current_rubric()
    versions = Rubric.objects.filter(code=current.code).select_related("made_by")
    context = {
        "current": current,
        "versions": versions.order_by("-version"),
        "today": timezone.localdate(),
        "has_draft": any(version.applies_from is None for version in versions),
    }
    return render(request, "lessons/rubric/list.html", context)


@login_required
@require_GET
def rubric(request, pk):
    """One version as a reviewer sees it, with what may be done with it."""
    office_only(request)
    return show(request, get_object_or_404(Rubric, pk=pk), DayForm(initial=today()))


def show(request, version, form, *, status=200):
    content = {name: getattr(version, name) for name in CONTENT}
    programme = current_programme()
    rules = rule_pack_of(programme).review if programme else None
    context = {
        "rubric": version,
        "lines": form_lines(version, {}),
        "minimum": rules.reason_minimum_characters if rules else NO_MINIMUM,
        "faults": lint_rubric(content) if version.applies_from is None else [],
        "form": form,
        "waits": bool(version.applies_from and version.applies_from > timezone.localdate()),
    }
    return render(request, "lessons/rubric/show.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def rubric_edit(request, pk):
    """The draft's words; saved with all its faults, so that nothing typed is lost."""
    office_only(request)
    draft = get_object_or_404(Rubric, pk=pk)
    if draft.applies_from is not None:
        return redirect("lessons:rubric", pk=pk)
    head, levels, lines = forms_of(draft, request.POST or None)
    if request.method == "POST" and all(part.is_valid() for part in (head, levels, lines)):
        try:
            save_rubric_draft(
                draft,
                content_of(head, levels, lines),
                revision=head.cleaned_data["revision"],
                by=request.user,
            )
        except DomainError as refusal:
            head.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is kept."))
            return redirect(
                "lessons:rubric_edit" if "more" in request.POST else "lessons:rubric", pk
            )
    status = 422 if request.method == "POST" else 200
    context = {"rubric": draft, "head": head, "levels": levels, "lines": lines}
    return render(request, "lessons/rubric/edit.html", context, status=status)


@login_required
@require_POST
def rubric_draft(request):
    office_only(request)
    return redirect("lessons:rubric_edit", draft_rubric(by=request.user).pk)


@login_required
@require_POST
def rubric_publish(request, pk):
    office_only(request)
    draft = get_object_or_404(Rubric, pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return show(request, draft, form, status=422)
    try:
        publish_rubric(draft, from_day=form.cleaned_data["from_day"], by=request.user)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return show(request, draft, form, status=422)
    messages.success(request, _("The version is published."))
    return redirect("lessons:rubrics")


@login_required
@require_POST
def rubric_act(request, pk):
    """Take a published version back before its day, or throw a draft away."""
    office_only(request)
    version = get_object_or_404(Rubric, pk=pk)
    try:
        if "discard" in request.POST:
            discard_rubric_draft(version, by=request.user)
            messages.success(request, _("The draft is discarded."))
            return redirect("lessons:rubrics")
        recall_rubric(version, by=request.user)
        messages.success(request, _("The version is a draft again."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("lessons:rubric", pk)


def today():
    return {"from_day": timezone.localdate()}


def office_only(request):
    if not can_run_province(request.user):
        raise PermissionDenied
