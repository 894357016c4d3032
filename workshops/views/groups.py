"""Study groups of a school: opening, choosing the people, taking the lead (R21)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workshops.domain.groups import choose_people, lead_group, open_group, roster_of
from workshops.forms.group import GroupForm, PeopleForm
from workshops.models import Membership, Workshop
from workshops.permissions.groups import can_choose_people, can_take_lead, grouping_school
from workshops.permissions.seats import hosts
from workshops.queries.groups import groups_for
from workshops.queries.lists import hosts_of
from workshops.views.door import year_or_404
from workshops.views.gathering_office import settled

PER_PAGE = 30


@login_required
@require_GET
def groups(request):
    """The groups that one belongs to, heads or oversees."""
    page = Paginator(groups_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "school": grouping_school(request.user)}
    return render(request, "workshops/groups/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def group_new(request):
    """Open a group with its plan; then its people are chosen."""
    school = grouping_school(request.user)
    if school is None:
        raise PermissionDenied
    programme = year_or_404()
    form = GroupForm(request.POST or None)

    def act():
        return open_group(programme, school, by=request.user, **form.cleaned_data)

    if made := settled(request, form, act):
        return redirect("workshops:group_people", pk=made.pk)
    return render(request, "workshops/groups/new.html", {"form": form, "school": school})


def any_group(pk):
    return get_object_or_404(Workshop.objects.with_place().groups(), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def group_people(request, pk):
    """Who belongs to the group: people of the school's roster of the year."""
    group = any_group(pk)
    if not can_choose_people(request.user, group):
        raise Http404
    leaders = {one.user_id for one in hosts_of(group)}
    roster = roster_of(group).select_related("user").order_by("user__real_name", "user_id")
    choices = [(one.user_id, one.user.real_name) for one in roster if one.user_id not in leaders]
    seated = Membership.objects.current().filter(workshop=group)
    initial = {"people": list(seated.values_list("teacher", flat=True))}
    sent = request.POST if request.method == "POST" else None  # nobody chosen is a choice, too
    form = PeopleForm(choices, sent, initial=initial)

    def act():
        return choose_people(group, form.cleaned_data["people"], by=request.user)

    if done := settled(request, form, act):
        came, left = done
        words = {"came": came, "left": left}
        messages.success(request, _("Saved: %(came)s came, %(left)s left.") % words)
        return redirect("workshops:group_people", pk=pk)
    context = {
        "group": group,
        "form": form,
        "leaders": hosts_of(group),
        "leads": hosts(request.user, group),
        "may_lead": can_take_lead(request.user, group),
    }
    return render(request, "workshops/groups/people.html", context)


@login_required
@require_POST
def group_lead(request, pk):
    """Whoever heads the school leads the group, too."""
    group = any_group(pk)
    if not can_take_lead(request.user, group):
        raise Http404
    lead_group(group, by=request.user)
    messages.success(request, _("You lead this group now."))
    return redirect("workshops:workshop", pk=pk)
