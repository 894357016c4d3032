from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import permissions
from accounts.domain.activation import issue_code, issue_codes
from accounts.errors import NotYourself, PersonInactive
from accounts.queries import people_waiting_for_a_slip
from accounts.views.people import changeable_person
from organisations.models import Organisation

AT_ONCE = 500


@login_required
@require_POST
@never_cache
def one(request, pk):
    """A slip for one person; the code is on this page and nowhere else."""
    person = changeable_person(request.user, pk)
    try:
        slips = [issue_code(person, by=request.user)]
    except (NotYourself, PersonInactive) as refusal:
        return render(request, "accounts/slips_refused.html", {"refusal": refusal}, status=409)
    return render(request, "accounts/slips.html", {"slips": slips, "unit": person.school})


@login_required
@never_cache
def school(request, school):
    """Slips for everybody of a unit who has no password yet."""
    unit = get_object_or_404(Organisation.objects.visible_to(request.user), pk=school)
    if not permissions.can_manage_people(request.user, unit):
        raise PermissionDenied
    waiting = [
        person
        for person in people_waiting_for_a_slip(unit.pk)[:AT_ONCE]
        if permissions.can_change_person(request.user, person)
    ]
    if request.method == "POST":
        slips = issue_codes(waiting, by=request.user)
        return render(request, "accounts/slips.html", {"slips": slips, "unit": unit})
    return render(request, "accounts/slips_ask.html", {"waiting": waiting, "unit": unit})
