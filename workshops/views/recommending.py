"""The school's side: who of us volunteers, and our word about them (R34)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from workshops.domain.hosting.applications import decline_to_recommend, recommend
from workshops.enums.hosting import ApplicationState
from workshops.forms.hosting import RecommendForm
from workshops.permissions.hosting import calling_office, can_recommend, has_a_say, overseen_unit
from workshops.queries.host_lists import waiting_for
from workshops.queries.hosting import (
    school_counts,
    school_desk,
    waiting_for_office,
    waiting_for_school,
)
from workshops.views.door import year_or_404
from workshops.views.hosting import about, titled, visible_application

PER_PAGE = 50


def hosting_doors(user, programme):
    """Which doors to calls and lists the user has, and how much waits behind each."""
    says, calls = has_a_say(user), calling_office(user)
    above = overseen_unit(user)
    return {
        "says": says,
        "waiting": waiting_for_school(user, programme) if says and programme else 0,
        "calls": calls is not None,
        "to_select": waiting_for_office(programme) if calls and programme else 0,
        "to_review": len(waiting_for(above, programme)) if above and programme else 0,
    }


@login_required
@require_GET
def to_recommend(request):
    """Volunteers of the user's schools with counts per state; those that wait come first."""
    if not has_a_say(request.user):
        raise PermissionDenied
    programme = year_or_404()
    counts = school_counts(request.user, programme)
    shown = request.GET.get("state", ApplicationState.VOLUNTEERED)
    if shown not in ApplicationState.values:
        shown = ""
    rows = school_desk(request.user, programme, shown)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "today": timezone.localdate(),
        "shown": shown,
        "waiting": counts.get(ApplicationState.VOLUNTEERED, 0),
        "total": sum(counts.values()),
        "states": [(state, counts.get(state, 0)) for state in ApplicationState],
        "page": page,
        "lines": titled(page),
    }
    return render(request, "workshops/hosting/to_recommend.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def recommendation(request, pk):
    """Recommend in one's own words, or decline with the reason."""
    found = visible_application(request, pk)
    if not can_recommend(request.user, found):
        raise Http404
    form = RecommendForm(request.POST or None, initial={"edits": found.edits})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = recommend if given.pop("decision") == "yes" else decline_to_recommend
        try:
            act(found, by=request.user, **given)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Signed with your name; the volunteer has been told."))
            return redirect("workshops:to_recommend")
    status = 422 if form.errors else 200
    context = about(found) | {"form": form}
    return render(request, "workshops/hosting/recommend.html", context, status=status)
