"""The city's desk: push outstanding lessons of its schools to the province (R46, R47, R53)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError
from lessons.domain.pool.entering import push_lessons
from lessons.forms.lesson import stage_subject_choices
from lessons.models import OutstandingLesson
from lessons.permissions import can_push, can_push_any, can_push_by_list
from lessons.queries.pool_candidates import pushable
from lessons.views.door import year_or_404
from lessons.views.words import stage_subject_title
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.phases import phase_window
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey

PER_PAGE = 50
ALL = "all"
VERDICTS = {
    "fit": gettext_lazy("can be pushed"),
    "not_national": gettext_lazy("local or school-based: for the show only"),
    "barred": gettext_lazy("barred after a report"),
    "not_chosen": gettext_lazy("not chosen by its school"),
    "no_place": gettext_lazy("has no place in the textbook yet"),
    "no_recording": gettext_lazy("has no recording that is ready to play"),
}


@login_required
@require_GET
def push(request):
    """The chosen lessons of one city's schools: pushed, ready to be pushed, or why not."""
    if not can_push_any(request.user):
        raise PermissionDenied
    programme = year_or_404()
    cities = cities_of(request.user)
    city = _chosen_city(request, cities)
    pack = rule_pack_of(programme)
    wanted, text = asked_for(request.GET)
    lessons = pushable(programme, city, wanted=wanted, text=text)
    pushed = OutstandingLesson.objects.filter(
        programme=programme, city=city, nominated=False, withdrawn_at=None
    )
    page = Paginator(lessons, PER_PAGE).get_page(request.GET.get("page"))
    window = phase_window(programme, PhaseKey.CITY_PUSH, city)
    context = {
        "programme": programme,
        "city": city,
        "cities": cities,
        "window": window,
        "open": window.contains(timezone.now()),
        "lists": can_push_by_list(request.user, city),
        "over": window.is_over(timezone.now()),
        "page": page,
        "lines": [line_of(lesson, pack) for lesson in page],
        "pushed": pushed.count(),
        "ready": lessons.filter(verdict="fit", pushed=False, withdrawn=False).count(),
        "wanted": wanted,
        "text": text,
        "subjects": stage_subject_choices(pack),
    }
    return render(request, "lessons/push.html", context)


@login_required
@require_POST
def push_chosen(request, pk):
    """Push what is ticked, or all that the filter shows."""
    city = get_object_or_404(Organisation, pk=pk, level=Level.CITY)
    if not can_push(request.user, city):
        raise PermissionDenied
    programme = year_or_404()
    try:
        entered = push_lessons(
            programme, city, asked_lessons(request, programme, city), by=request.user
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        done = ngettext(
            "%(count)s lesson is pushed to the province.",
            "%(count)s lessons are pushed to the province.",
            entered.new,
        )
        tell_entered(request, entered, done)
    return redirect(f"{reverse('lessons:push')}?city={city.pk}")


def fit_unpushed(lesson):
    return lesson.verdict == "fit" and not lesson.pushed and not lesson.withdrawn


def asked_lessons(request, programme, city):
    """Ids of the ticked lessons, or of all that are ready under the filter."""
    if request.POST.get("which") != ALL:
        return ticked(request)
    wanted, text = asked_for(request.POST)
    lessons = pushable(programme, city, wanted=wanted, text=text)
    ready = lessons.filter(verdict="fit", pushed=False, withdrawn=False)
    return list(ready.values_list("pk", flat=True))


def asked_for(values):
    return values.get("subject", ""), values.get("q", "").strip()[:40]


def ticked(request):
    return [int(value) for value in request.POST.getlist("lesson") if value.isdecimal()]


def tell_entered(request, entered, done):
    """What came of it, in one or two sentences."""
    if entered.new:
        messages.success(request, done % {"count": entered.new})
    if entered.already:
        text = ngettext(
            "%(count)s lesson was there before.",
            "%(count)s lessons were there before.",
            entered.already,
        )
        messages.info(request, text % {"count": entered.already})
    for verdict, count in entered.refused.items():
        text = ngettext(
            "%(count)s lesson stays out: %(why)s.", "%(count)s lessons stay out: %(why)s.", count
        )
        messages.warning(request, text % {"count": count, "why": VERDICTS[verdict]})
    if not (entered.new or entered.already or entered.refused):
        messages.error(request, _("Nothing was ticked; tick the lessons first."))


def cities_of(user):
    """The cities for which the user pushes."""
    served = Organisation.objects.filter(level=Level.CITY, valid_to=None).order_by("code")
    return [city for city in served if can_push(user, city)]


def _chosen_city(request, cities):
    wanted = request.GET.get("city", "")
    found = next((city for city in cities if str(city.pk) == wanted), None)
    if wanted and found is None or not cities:
        raise PermissionDenied
    return found or cities[0]


def line_of(lesson, pack):
    fit = fit_unpushed(lesson)
    return {
        "lesson": lesson,
        "field": stage_subject_title(lesson, pack),
        "verdict": VERDICTS[lesson.verdict],
        "tickable": fit,
    }
