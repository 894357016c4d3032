"""The teacher's receipt: where my lessons came from, and how to check that."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lessons.enums import DrawState
from lessons.models import Draw, RosterLine
from lessons.queries.anonymity import name_titles
from lessons.queries.receipt import own_cases
from lessons.views.door import year_or_404
from programmes.domain.rulepacks import rule_pack_of


@login_required
@require_GET
def receipt(request):
    """One's code, one's lessons by code, what was replaced, and why some may be missing."""
    programme = year_or_404()
    draw = Draw.objects.filter(programme=programme, state=DrawState.DRAWN).first()
    cases = own_cases(request.user, draw) if draw else []
    titles = name_titles(cases, programme)
    for case in cases:
        case.title = titles[case.pk]
    lines = RosterLine.objects.visible_to(request.user).filter(draw=draw)
    context = {
        "programme": programme,
        "draw": draw,
        "rules": rule_pack_of(programme).draw,
        "line": lines.first() if draw else None,
        "cases": [case for case in cases if case.replaced_at is None],
        "replaced": [case for case in cases if case.replaced_at is not None],
    }
    return render(request, "lessons/draw/receipt.html", context)
