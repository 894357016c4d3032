from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import Role
from core.errors import DomainError
from courses.domain.topics import choose_topics
from courses.permissions import can_choose_topics
from courses.queries.offer import (
    offers_by_topic,
    schools_with_topics,
    stages_of_school,
    topics_of_school,
)
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.phases import phase_window
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey
from programmes.queries import current_programme

PER_PAGE = 50


@login_required
@require_GET
def topics(request):
    """The schools in one's scope and what they chose; a principal's one school at once."""
    programme = programme_or_404()
    roles = (Role.PRINCIPAL, Role.ADMINISTRATOR)
    if not request.user.appointed_paths(*roles):
        raise PermissionDenied
    schools = schools_with_topics(request.user.scope("", *roles), programme)
    page = Paginator(schools, PER_PAGE).get_page(request.GET.get("page"))
    if page.paginator.count == 1:
        return redirect("courses:topics_of", pk=page[0].pk)
    context = {
        "programme": programme,
        "page": page,
        "window": phase_window(programme, PhaseKey.TOPIC_SELECTION),
    }
    return render(request, "courses/topics.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def topics_of(request, pk):
    """One school's topics: what is on offer in each, and which are chosen."""
    programme = programme_or_404()
    school = get_object_or_404(Organisation, pk=pk, level=Level.SCHOOL)
    if not can_choose_topics(request.user, school):
        raise PermissionDenied
    wanted = None
    if request.method == "POST":
        wanted = set(request.POST.getlist("topic"))
        try:
            choose_topics(programme, school, wanted, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The topics are chosen; your teachers see their courses."))
            return redirect("courses:topics_of", pk=pk)
    return render(request, "courses/topics_of.html", topics_context(programme, school, wanted))


def topics_context(programme, school, wanted):
    """The table of topics by the school's stages; ``wanted`` keeps what was just ticked."""
    pack = rule_pack_of(programme)
    stages = stages_of_school(school, programme)
    offers = {stage: {o.topic.key: o for o in offers_by_topic(stage, pack)} for stage in stages}
    chosen = {choice.topic for choice in topics_of_school(school.pk, programme)}
    ticked = chosen if wanted is None else wanted
    rows = [
        (topic, [offers[stage].get(topic.key) for stage in stages], topic.key in ticked)
        for topic in pack.topics
        if any(topic.key in offers[stage] for stage in stages)
    ]
    window = phase_window(programme, PhaseKey.TOPIC_SELECTION, school)
    sums = [
        (stage, sum(offers[stage][key].class_hours for key in ticked if key in offers[stage]))
        for stage in stages
    ]
    return {
        "programme": programme,
        "school": school,
        "stages": stages,
        "rows": rows,
        "sums": sums,
        "chosen": chosen,
        "needed": pack.elective_minimum_hours,
        "window": window,
        "is_open": window.contains(timezone.now()),
    }


def programme_or_404():
    programme = current_programme()
    if programme is None:
        raise Http404
    return programme
