"""The office builds the tree of workshops and places everybody who has no seat."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.domain.jobs import start_job
from core.models import Job, JobState
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from workshops.domain.building import build_workshops
from workshops.domain.placing.placements import ask_placement
from workshops.forms.office import BuildForm, PlacementForm
from workshops.models import Placement
from workshops.permissions.seats import can_place, places_of
from workshops.queries.titles import named_field
from workshops.tasks import PLACE, TRY
from workshops.views.desk import field_choices
from workshops.views.door import year_or_404

PER_PAGE = 20
UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


def office_unit(request):
    """The unit for which the user builds and places: the highest office held."""
    unit = places_of(request.user)
    if unit is None:
        raise PermissionDenied
    return unit


@login_required
@require_http_methods(["GET", "POST"])
def build(request):
    """Workshops for all stages and subjects of the year, and for topics."""
    unit, programme = office_unit(request), year_or_404()
    form = BuildForm(rule_pack_of(programme), request.POST or None)
    below = [choice for choice in form.fields["levels"].choices if choice[0] >= unit.level]
    form.fields["levels"].choices = below
    if request.method == "POST" and form.is_valid():
        built = build_workshops(programme, unit, by=request.user, **form.cleaned_data)
        sentence = ngettext("%(built)s workshop is new.", "%(built)s workshops are new.", built)
        messages.success(request, sentence % {"built": built})
        return redirect("workshops:desk")
    return render(request, "workshops/build.html", {"form": form, "unit": unit})


@login_required
@require_http_methods(["GET", "POST"])
def placements(request):
    """Ask for a placement; those of before below."""
    unit, programme = office_unit(request), year_or_404()
    form = PlacementForm(field_choices(rule_pack_of(programme)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = ask_placement(programme, unit, by=request.user, **form.cleaned_data)
        start_job(TRY, {"placement": asked.pk}, by=request.user, key=f"{TRY}:{asked.pk}")
        return redirect("workshops:placement", pk=asked.pk)
    listed = Placement.objects.visible_to(request.user).filter(programme=programme)
    listed = listed.select_related("organisation", "asked_by").order_by("-pk")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "unit": unit,
        "page": page,
        "lines": [(one, named_field(programme, one.field)) for one in page],
    }
    return render(request, "workshops/placements.html", context)


@login_required
@require_GET
def placement(request, pk):
    """What would come out, and the button that does it."""
    found = office_placement(request, pk)
    programme = found.programme
    shown = found.preview.get("split_schools", [])
    schools = Organisation.objects.in_bulk([key for _field, key in shown])
    context = {
        "placement": found,
        "field": named_field(programme, found.field),
        "preview": found.preview,
        "lines": [
            line | {"title": named_field(programme, line["field"])}
            for line in found.preview.get("fields", [])
        ],
        "split": [(named_field(programme, field), schools.get(key)) for field, key in shown],
        "job": latest_job(found, request.user),
    }
    return render(request, "workshops/placement.html", context)


@login_required
@require_POST
def placement_run(request, pk):
    """Carry out what was shown, in the background."""
    found = office_placement(request, pk)
    running = jobs_of(found).filter(kind=PLACE, state__in=UNFINISHED).exists()
    if not running:
        start_job(PLACE, {"placement": found.pk}, by=request.user)
    return redirect("workshops:placement", pk=pk)


def office_placement(request, pk):
    rows = Placement.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("organisation", "programme"), pk=pk)
    if not can_place(request.user, found.organisation):
        raise PermissionDenied
    return found


def jobs_of(found):
    return Job.objects.filter(kind__in=(TRY, PLACE), arguments__placement=found.pk)


def latest_job(found, user):
    """The work under way or refused, shown to the one who asked for it."""
    job = jobs_of(found).order_by("-pk").first()
    mine = job is not None and job.created_by_id == user.pk
    return job if mine and (job.kind == PLACE or job.state != JobState.DONE) else None
