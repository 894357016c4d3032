from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.permissions import can_see_supply
from courses.queries.offer import short_courses, supply
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import current_programme


@login_required
@require_GET
def supply_desk(request):
    """What is on offer per stage and topic beside what the year promises (R14, R15)."""
    if not can_see_supply(request.user):
        raise PermissionDenied
    programme = current_programme()
    if programme is None:
        raise Http404
    pack = rule_pack_of(programme)
    stages = supply(pack)
    context = {
        "programme": programme,
        "stages": stages,
        "topics": [(topic, [stage.offer_of(topic) for stage in stages]) for topic in pack.topics],
        "short": [stage for stage in stages if stage.missing],
        "thin": short_courses(pack),
    }
    return render(request, "courses/supply.html", context)
