"""The overview of research lessons: who has given one, who has not (R4)."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from lessons.domain.research import school_year_of
from lessons.models.lesson import DESK_READERS
from lessons.permissions import can_begin_for, can_open_desk
from lessons.queries.research import people_of, sums_by_school
from lessons.views.door import year_or_404
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of

PER_PAGE = 50
YEARS_BACK = 3


@login_required
@require_GET
def research_desk(request):
    """The schools in one's scope with how many have given one; those behind first."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    programme, year = year_or_404(), asked_year(request)
    sums = sums_by_school(programme, year, request.user.scope("school", *DESK_READERS))
    if request.GET.get("show") == "missing":
        sums = [one for one in sums if one.missing]
    context = {
        "programme": programme,
        "year": year,
        "years": year_choices(),
        "page": Paginator(sums, PER_PAGE).get_page(request.GET.get("page")),
        "owing": sum(one.owing for one in sums),
        "given": sum(one.given for one in sums),
        "shown": request.GET.get("show", ""),
        "gate": rule_pack_of(programme).research_lesson_needed,
    }
    return render(request, "lessons/research_desk.html", context)


@login_required
@require_GET
def research_school(request, pk):
    """The people of one school: who has given one, how many each observed."""
    schools = Organisation.objects.filter(level=Level.SCHOOL)
    school = get_object_or_404(schools, pk=pk)
    if not request.user.serves(DESK_READERS, school):
        raise Http404
    programme, year = year_or_404(), asked_year(request)
    shown = request.GET.get("show", "")
    people = people_of(programme, year, school, shown=shown)
    own = next(iter(sums_by_school(programme, year, Q(school=school))), None)
    context = {
        "school": school,
        "sum": own,
        "year": year,
        "years": year_choices(),
        "shown": shown,
        "page": Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
        "may_note": can_begin_for(request.user, school),
    }
    return render(request, "lessons/research_school.html", context)


def asked_year(request):
    """The school year of the address, else the present one."""
    text = request.GET.get("year", "")
    return int(text) if text in dict(year_choices()) else school_year_of(timezone.localdate())


def year_choices():
    """The present school year and some before: ("2016", "2016–2017")."""
    now = school_year_of(timezone.localdate())
    return [(str(year), f"{year}–{year + 1}") for year in range(now, now - YEARS_BACK - 1, -1)]
