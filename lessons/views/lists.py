"""The teacher's own lessons and the desk of schools and of the units above."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lessons.domain.completeness import blocking, missing_parts
from lessons.enums import Curriculum, LessonState
from lessons.forms.lesson import stage_subject_choices
from lessons.permissions import can_open_desk
from lessons.queries.desk import (
    counts_by_state,
    desk_lessons,
    own_lessons,
    sorted_by,
    with_parts,
)
from lessons.views.begin import schools_of
from lessons.views.door import year_or_404
from lessons.views.words import TAGS, next_step, stage_subject_title
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of

PER_PAGE = 50


@login_required
@require_GET
def home(request):
    """Where the lessons begin: the desk for an office, one's own for everybody else."""
    return redirect("lessons:desk" if can_open_desk(request.user) else "lessons:mine")


@login_required
@require_GET
def mine(request):
    """The lessons that one gave or helped with, each with its next step."""
    programme = year_or_404()
    pack = rule_pack_of(programme)
    lines = [line_of(lesson, pack) for lesson in own_lessons(request.user, programme)]
    return render(request, "lessons/mine.html", {"lines": lines, "programme": programme})


@login_required
@require_GET
def desk(request):
    """All lessons of the schools in one's reach: by state, subject, school, name."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    programme = year_or_404()
    pack = rule_pack_of(programme)
    unit = chosen_unit(request)
    wanted = asked_for(request, unit)
    lessons = desk_lessons(request.user, programme, wanted)
    counts = counts_by_state(lessons)
    state = request.GET.get("state", "")
    if state in LessonState.values:
        lessons = lessons.filter(state=state)
    shown = counts.get(state, 0) if state else sum(counts.values())
    ordered = sorted_by(with_parts(lessons), request.GET.get("sort", ""))
    page = CountedPaginator(ordered, PER_PAGE, shown).get_page(request.GET.get("page"))
    labels = {value: str(label) for value, label in LessonState.choices}
    lines = [line_of(lesson, pack) | {"state": labels[lesson.state]} for lesson in page]
    context = {
        "programme": programme,
        "page": page,
        "lines": lines,
        "counts": counts,
        "total": sum(counts.values()),
        "waiting": counts.get(LessonState.PROPOSED, 0),
        "state": state,
        "states": [(value, label, counts.get(value, 0)) for value, label in LessonState.choices],
        "wanted": wanted,
        "unit": unit,
        "subjects": stage_subject_choices(pack),
        "curricula": Curriculum.choices,
        "may_begin": bool(schools_of(request.user)),
        "one_school": all_of_one_school(request.user),
    }
    return render(request, "lessons/desk.html", context)


class CountedPaginator(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows, per_page, count):
        super().__init__(rows, per_page)
        self.count = count


def asked_for(request, unit):
    stage, _colon, subject = request.GET.get("subject", "").partition(":")
    curriculum = request.GET.get("curriculum", "")
    return {
        "pair": request.GET.get("subject", ""),
        "stage": stage,
        "subject": subject,
        "curriculum": curriculum if curriculum in Curriculum.values else "",
        "unit": unit.path if unit else "",
        "q": request.GET.get("q", "").strip()[:40],
    }


def chosen_unit(request):
    """The unit that the list is narrowed to, if the reader may see it."""
    pk = request.GET.get("unit", "")
    if not pk.isdecimal():
        return None
    return Organisation.objects.visible_to(request.user).filter(pk=pk).first()


def all_of_one_school(user):
    """Whether every line would name the same school."""
    return all(one.organisation.level == 4 for one in user.current_appointments) and (
        len({one.organisation_id for one in user.current_appointments}) == 1
    )


def line_of(lesson, pack):
    """One line of a list, from what was read with it."""
    recording = lesson.newest[0] if lesson.newest else None
    kinds = [material.kind for material in lesson.present]
    missing = missing_parts(lesson, pack, kinds=kinds, recording=recording)
    step = next_step(lesson)
    return {
        "lesson": lesson,
        "field": stage_subject_title(lesson, pack),
        "tag": TAGS[LessonState(lesson.state)],
        "recording": recording,
        "step": step,
        "lacking": blocking(missing, step.state) if step else [],
    }
