"""The offices' view: the levels of the tree, who sits where, which workshops are full."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Stage
from workshops.permissions.moderation import can_keep_rules
from workshops.permissions.seats import can_open_desk, places_of
from workshops.queries.desk import desk_sums, desk_workshops
from workshops.queries.titles import title_of
from workshops.views.door import year_or_404
from workshops.views.recommending import hosting_doors

PER_PAGE = 50


@login_required
@require_GET
def desk(request):
    """The workshops in one's reach with their seats and hosts; full ones and those without."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    programme = year_or_404()
    wanted = asked_for(request)
    rows = desk_workshops(request.user, programme, wanted)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "lines": [(one, title_of(one)) for one in page],
        "sums": desk_sums(request.user, programme),
        "unit": places_of(request.user),
        "keeps_rules": can_keep_rules(request.user),
        "wanted": wanted,
        "hosting": hosting_doors(request.user, programme),
        "fields": field_choices(rule_pack_of(programme)),
    }
    return render(request, "workshops/desk.html", context)


def asked_for(request):
    given = {key: request.GET.get(key, "") for key in ("field", "level", "show")}
    return given | {"q": request.GET.get("q", "").strip()[:40]}


def field_choices(pack):
    """Every stage × subject and every topic of the year, for a select."""
    groups = [
        (Stage(stage).label, [(f"subject:{stage}:{one.key}", one.title) for one in subjects])
        for stage, subjects in pack.stage_subjects.items()
    ]
    return groups, [(f"topic:{one.key}", one.title) for one in pack.topics]
