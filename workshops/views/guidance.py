"""The guidance plan: read by everybody of the workshop, written by its hosts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from workshops.domain.guidance import note_outcome, publish_plan, save_plan
from workshops.forms.guidance import (
    EMPTY_LINES,
    LinkForm,
    OutcomeForm,
    PlanForm,
    activity_forms,
)
from workshops.models import ActivityOutcome
from workshops.permissions.duty import can_write_plan
from workshops.queries.guidance import activity_lines, draft_of_plan, newest_version, versions_of
from workshops.queries.guidance_links import carried_out, seminars_to_link
from workshops.queries.titles import title_of
from workshops.views.door import visible_workshop
from workshops.views.pages import frame_of


@login_required
@require_GET
def guidance(request, pk):
    """The version that holds, or an earlier one; what was planned beside what took place."""
    found = visible_workshop(request, pk)
    versions = list(versions_of(found.main_id))
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == asked), None)
    if asked and shown is None:
        raise Http404
    plan = shown or next(iter(versions), None)
    lines = activity_lines(plan, now=timezone.now(), reader=request.user) if plan else []
    context = frame_of(request, found) | {
        "plan": plan,
        "is_newest": bool(plan) and plan == versions[0],
        "versions": versions,
        "lines": lines,
        "done": sum(line.took_place for line in lines),
        "due": sum(line.is_due for line in lines),
        "writes": can_write_plan(request.user, found),
    }
    return render(request, "workshops/duty/guidance.html", context)


def written_workshop(request, pk):
    workshop = visible_workshop(request, pk)
    if not can_write_plan(request.user, workshop):
        raise PermissionDenied
    return workshop


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """The draft of the next version: saved, given more lines, or published."""
    workshop = written_workshop(request, pk)
    form, lines = plan_forms(request, workshop)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        try:
            return saved(request, workshop, form, lines)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    bad = form.errors or (lines.is_bound and not lines.is_valid())
    context = {
        "workshop": workshop,
        "title": title_of(workshop),
        "form": form,
        "lines": lines,
    }
    return render(request, "workshops/duty/plan_edit.html", context, status=422 if bad else 200)


def plan_forms(request, workshop):
    """What was typed; else the draft, else the version that holds."""
    if request.method == "POST":
        return PlanForm(request.POST), activity_forms(0, request.POST)
    draft = draft_of_plan(workshop.main_id)
    held = draft or newest_version(workshop.main_id)
    rows = held.activities.order_by("on", "position") if held else []
    initial = [
        {name: getattr(one, name) for name in ("key", "title", "mode", "on", "leader")}
        for one in rows
    ]
    words = {"aims": held.aims if held else "", "saves": draft.saves if draft else 0}
    return PlanForm(initial=words), activity_forms(EMPTY_LINES, initial=initial)


def saved(request, workshop, form, lines):
    entries = [one.entry for one in lines if one.cleaned_data.get("title")]
    save_plan(workshop, activities=entries, by=request.user, **form.cleaned_data)
    if request.POST.get("act") != "publish":
        messages.success(request, _("The draft is saved; there is room for more lines."))
        return redirect("workshops:guidance_edit", pk=workshop.pk)
    try:
        plan = publish_plan(workshop, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("workshops:guidance_edit", pk=workshop.pk)
    messages.success(request, _("Version %(number)s is published.") % {"number": plan.number})
    return redirect("workshops:guidance", pk=workshop.pk)


@login_required
@require_http_methods(["GET", "POST"])
def outcome(request, pk, key):
    """What came of one activity."""
    workshop = written_workshop(request, pk)
    activity = planned_activity(workshop, key)
    known = ActivityOutcome.objects.filter(workshop=workshop.main_id, key=key).first()
    initial = {"took_place_on": known.took_place_on if known else activity.on}
    form = OutcomeForm(
        request.POST or None, initial=initial | {"note": known.note if known else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            note_outcome(workshop, key, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("workshops:guidance", pk=pk)
    context = {"workshop": workshop, "title": title_of(workshop), "form": form, "one": activity}
    context |= seminar_of(request, workshop, key)
    status = 422 if form.errors else 200
    return render(request, "workshops/duty/outcome.html", context, status=status)


def planned_activity(workshop, key):
    """An activity of the version that holds; no other exists here."""
    plan = newest_version(workshop.main_id)
    activity = plan and plan.activities.filter(key=key).first()
    if not activity:
        raise Http404
    return activity


def seminar_of(request, workshop, key):
    """The seminar that carries the activity out, or those that could; a study group has none."""
    now, reader = timezone.now(), request.user
    carried = carried_out(workshop.main_id, [key], now=now, reader=reader).get(key)
    if carried or workshop.is_group:
        return {"carried": carried, "links": None}
    return {"carried": None, "links": LinkForm(seminars_to_link(workshop, reader))}
