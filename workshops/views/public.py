"""The public list: which workshops there are, who hosts them, how many learn there."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programmes.domain.rulepacks import rule_pack_of
from workshops.queries.lists import public_workshops
from workshops.queries.titles import title_of
from workshops.views.desk import field_choices
from workshops.views.door import year_or_404

PER_PAGE = 50


@require_GET
def listed(request):
    """Every open main workshop of the year; nothing of what is said there."""
    programme = year_or_404()
    wanted = {"field": request.GET.get("field", ""), "q": request.GET.get("q", "").strip()[:40]}
    page = Paginator(public_workshops(programme, **wanted), PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "lines": [(one, title_of(one)) for one in page],
        "wanted": wanted,
        "fields": field_choices(rule_pack_of(programme)),
    }
    return render(request, "workshops/list.html", context)
