"""The lessons that the draw gave one, and how far each review has come (R9)."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lessons.models import Draw
from lessons.queries.cases import case_lines
from lessons.views.national import place_of, window_of
from programmes.domain.rulepacks import rule_pack_of


@login_required
@require_GET
def cases(request):
    """One's drawn lessons in their order, the next step as the one warm button."""
    programme, enrolment = place_of(request)
    lines = case_lines(request.user, programme)
    rules = rule_pack_of(programme).draw
    context = {
        "programme": programme,
        "enrolment": enrolment,
        "lines": lines,
        "rules": rules,
        "draw": Draw.objects.filter(programme=programme).first(),
        "first": next((line for line in lines if line.step not in ("wait", "done")), None),
        "missing": max(0, rules.lessons - sum(line.is_finished for line in lines)),
        **window_of(programme, enrolment),
    }
    return render(request, "lessons/review/cases.html", context)
