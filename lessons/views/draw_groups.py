"""The pools behind a draw: what each stage and subject has, and the acts that change it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from core.errors import DomainError
from lessons.domain.dealing.shapes import FIRST_RUNG, Group
from lessons.domain.drawing.inputs import pool_values
from lessons.domain.pool.entering import nominate_lessons
from lessons.domain.pool.leaving import declare_exclusion, lift_exclusion, withdraw_outstanding
from lessons.enums import DrawState, Rung
from lessons.forms.draw import ExclusionForm
from lessons.forms.lesson import stage_subject_choices
from lessons.forms.national import WhyForm
from lessons.models import CaseExclusion, OutstandingLesson
from lessons.policy import lesson_code
from lessons.queries.draw_desk import group_counts, pool_of_group
from lessons.queries.pool_candidates import nominable
from lessons.views.draw_words import line_of, title_of
from lessons.views.national_desk import office_year
from lessons.views.push import tell_entered, ticked
from programmes.domain.rulepacks import rule_pack_of

PER_PAGE = 50


def desk_lines(programme, draw):
    """Every stage and subject with people: lessons by rung, and what a trial found."""
    pack = rule_pack_of(programme)
    groups = [
        Group(stage, subject.key)
        for stage, subjects in pack.stage_subjects.items()
        for subject in subjects
    ]
    counts = group_counts(pool_values(programme, groups))
    tried = {
        (group["stage"], group["subject"]): line_of(group, pack)
        for group in (draw.statistics or {}).get("groups", [])
    }
    lines = [
        {
            "group": group,
            "title": title_of(pack, *group),
            "people": counts[group].people,
            "own": counts[group].rungs.get(FIRST_RUNG, 0),
            "more": sum(counts[group].rungs.values()) - counts[group].rungs.get(FIRST_RUNG, 0),
            "tried": tried.get(group),
            "few": counts[group].people
            and counts[group].rungs.get(FIRST_RUNG, 0) < pack.draw.lessons,
        }
        for group in groups
        if group in counts
    ]
    return {
        "lines": lines,
        "people": sum(line["people"] for line in lines),
        "lessons_own": sum(line["own"] for line in lines),
        "few": sum(bool(line["few"]) for line in lines),
        "problems": [line for line in lines if line["tried"] and line["tried"]["climbed"]],
    }


@login_required
@require_GET
def group(request, stage, subject):
    """One group's pool, and lessons that could be nominated for it."""
    programme = office_year(request)
    pack = rule_pack_of(programme)
    if pack.subject(stage, subject) is None:
        raise Http404
    pool = pool_of_group(pool_values(programme, [Group(stage, subject)]))
    wanted = request.GET.get("from", f"{stage}:{subject}")
    text = request.GET.get("q", "").strip()[:40]
    candidates = nominable(programme, stage, subject, wanted=wanted, text=text)
    context = {
        "programme": programme,
        "stage": stage,
        "subject": subject,
        "title": title_of(pack, stage, subject),
        "pool": [(one, Rung(one.rung).label, lesson_code(one.lesson_id)) for one in pool],
        "needed": pack.draw.lessons,
        "own": sum(one.rung == FIRST_RUNG for one in pool),
        "page": Paginator(candidates, PER_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "text": text,
        "subjects": stage_subject_choices(pack),
    }
    return render(request, "lessons/draw/group.html", context)


@login_required
@require_POST
def nominate(request, stage, subject):
    programme = office_year(request)
    try:
        entered = nominate_lessons(programme, stage, subject, ticked(request), by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("lessons:draw_desk")
    done = ngettext(
        "%(count)s lesson is nominated.", "%(count)s lessons are nominated.", entered.new
    )
    tell_entered(request, entered, done)
    return redirect("lessons:draw_group", stage=stage, subject=subject)


@login_required
def withdraw(request, pk):
    """Take a lesson out of the pool, with a reason."""
    programme = office_year(request)
    related = OutstandingLesson.objects.select_related("lesson__teacher", "city", "programme")
    lesson = get_object_or_404(related, pk=pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_outstanding(pk, why=form.cleaned_data["why"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The lesson is out of the pool; the reason is on record."))
            return redirect("lessons:draw_group", stage=lesson.stage, subject=lesson.subject)
    drawn = programme.draw.state == DrawState.DRAWN if hasattr(programme, "draw") else False
    context = {"lesson": lesson, "form": form, "drawn": drawn}
    return render(request, "lessons/draw/withdraw.html", context)


@login_required
def exclusions(request):
    """Who must not review which lesson, and the form for a further one."""
    programme = office_year(request)
    form = ExclusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _declare(request, form, programme):
        messages.success(request, _("The exclusion is on record."))
        return redirect("lessons:draw_exclusions")
    found = CaseExclusion.objects.filter(lesson__programme=programme).order_by("-pk")
    related = ("user__school", "lesson__lesson__teacher", "declared_by")
    page = Paginator(found.select_related(*related), PER_PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": form, "page": page}
    return render(request, "lessons/draw/exclusions.html", context)


def _declare(request, form, programme):
    data = form.cleaned_data
    people = User.objects.filter(username__iexact=data["person"])
    person = (people | User.objects.filter(teacher_number=data["person"])).first()
    number = data["lesson"].strip().upper().removeprefix("L")
    lesson = None
    if number.isdecimal():
        pool = OutstandingLesson.objects.filter(programme=programme, withdrawn_at=None)
        lesson = pool.filter(lesson_id=int(number)).order_by("pk").first()
    if person is None:
        form.add_error("person", _("Nobody has this account name or teacher number."))
    if lesson is None:
        form.add_error("lesson", _("No lesson of this year's pool has this code."))
    if form.errors:
        return False
    declare_exclusion(lesson, person, reason=data["reason"], by=request.user)
    return True


@login_required
@require_POST
def lift(request, pk):
    office_year(request)
    try:
        lift_exclusion(pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The exclusion is lifted."))
    return redirect("lessons:draw_exclusions")
