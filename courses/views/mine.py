from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.enums import CourseState
from courses.queries.lines import course_lines
from courses.queries.steps import next_step
from courses.queries.windows import study_windows
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Category
from programmes.queries import current_place

FIRST_WANTED = [
    CourseState.RETURNED,
    CourseState.TEST,
    CourseState.HOMEWORK,
    CourseState.STUDYING,
    CourseState.NEW,
]


@login_required
@require_GET
def mine(request):
    """The courses of the person: what is next in each, and until when."""
    programme, enrolment = current_place(request.user)
    if enrolment is None:
        return render(request, "courses/mine.html", {"programme": programme})
    windows = study_windows(programme, enrolment.school)
    lines = course_lines(request.user, programme, enrolment=enrolment, windows=windows)
    pack = rule_pack_of(programme)
    chosen = sum((line.class_hours for line in lines if not line.is_required), Decimal(0))
    context = {
        "programme": programme,
        "enrolment": enrolment,
        "groups": [
            (category, windows[category], with_steps(lines, category)) for category in Category
        ],
        "first": first_to_do(lines),
        "chosen_hours": chosen,
        "elective_hours": pack.elective_minimum_hours,
        "all_done": bool(lines) and all(line.state.is_done for line in lines),
    }
    return render(request, "courses/mine.html", context)


def with_steps(lines, category):
    return [(line, next_step(line)) for line in lines if line.category == category]


def first_to_do(lines):
    """The course whose button is the warm one: the nearest to its hours, required first."""
    open_lines = [line for line in lines if line.state in FIRST_WANTED]
    ranked = sorted(open_lines, key=lambda line: (not line.counts, FIRST_WANTED.index(line.state)))
    return ranked[0] if ranked else None
