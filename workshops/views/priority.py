"""The priority list for the national training: the order of today, and frozen versions (R37)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from organisations.enums import Level
from workshops.domain.gatherings.priority import candidates_of, issue_list
from workshops.forms.gathering import QuotaForm
from workshops.models import PriorityList
from workshops.permissions.gatherings import can_read_priority
from workshops.permissions.seats import places_of
from workshops.views.door import year_or_404

PER_PAGE = 50


@login_required
@require_http_methods(["GET", "POST"])
def priority(request):
    """The order as it stands today; the province's officers issue it as a version."""
    if not can_read_priority(request.user):
        raise PermissionDenied
    programme, unit = year_or_404(), places_of(request.user)
    may_issue = unit is not None and unit.level == Level.PROVINCE
    lists = PriorityList.objects.visible_to(request.user).filter(programme=programme)
    form = QuotaForm(request.POST or None)
    if request.method == "POST":
        if not may_issue:
            raise PermissionDenied
        if form.is_valid():
            try:
                quota = form.cleaned_data["quota"]
                issued = issue_list(programme, unit, quota=quota, by=request.user)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("Version %(version)s is issued and frozen.") % {"version": issued.version},
                )
                return redirect("workshops:priority_version", pk=issued.pk)
    place = next(
        one.organisation
        for one in request.user.current_appointments
        if one.organisation.level == Level.PROVINCE
    )
    rows = candidates_of(programme, place)
    context = {
        "programme": programme,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "levels": dict(Level.choices),
        "lists": lists.select_related("issued_by").order_by("-version"),
        "form": form if may_issue else None,
    }
    return render(request, "workshops/gatherings/priority.html", context)


@login_required
@require_GET
def version(request, pk):
    """A frozen version."""
    lists = PriorityList.objects.visible_to(request.user).select_related("programme", "issued_by")
    found = get_object_or_404(lists, pk=pk)
    context = {
        "listing": found,
        "page": Paginator(found.lines.all(), PER_PAGE).get_page(request.GET.get("page")),
        "levels": dict(Level.choices),
    }
    return render(request, "workshops/gatherings/priority_version.html", context)
