"""The form of a lesson, its autosave, and the lists from which its place is chosen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from lessons.domain.completeness import blocking, missing_of
from lessons.domain.lessons import OPEN_STATES, has_stated, save_lesson
from lessons.domain.moving import move_lesson
from lessons.domain.recordings import RECORDING
from lessons.domain.timetable import slot_warnings
from lessons.enums import LessonState, TeamRole
from lessons.errors import LessonChangedElsewhere
from lessons.forms.lesson import LessonForm
from lessons.forms.place import PlacePicker
from lessons.queries.people import colleagues
from lessons.views.door import kept_lesson
from lessons.views.words import differences, next_step
from programmes.domain.rulepacks import rule_pack_of
from videos.domain.checking import findings_of
from videos.domain.uploads_box import upload_box
from videos.forms import UploadFields

DONE = {
    LessonState.SHOWN: gettext_lazy("Shown in school: your colleagues can watch and comment."),
    LessonState.PROPOSED: gettext_lazy("Proposed: the school decides, and you will be told."),
}


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Everything about a lesson on one page; a proposed one is read on its own page."""
    lesson = kept_lesson(request, pk)
    if lesson.state not in OPEN_STATES or lesson.barred_at:
        return redirect("lessons:lesson", pk=pk)
    pack = rule_pack_of(lesson.programme)
    if request.method == "POST":
        return handle_form(request, lesson, pack)
    form = LessonForm(pack, initial=LessonForm.initial_of(lesson))
    place = PlacePicker.of_node(lesson.stage, lesson.subject, lesson.node)
    return show_form(request, lesson, pack, form, place)


def handle_form(request, lesson, pack):
    """Save, or save and take the next step. What was typed stays on every refusal."""
    form = LessonForm(pack, request.POST)
    if not form.is_valid():
        return show_form(request, lesson, pack, form, typed_place(request, {}), status=422)
    values = form.values()
    place = typed_place(request, values)
    try:
        saved = save_lesson(
            lesson,
            values | {"node": place.node},
            revision=form.cleaned_data["revision"],
            by=request.user,
        )
        if step := request.POST.get("then", ""):
            return taken(request, saved, step)
    except LessonChangedElsewhere as refusal:
        return show_conflict(request, lesson, pack, form, place, refusal)
    except DomainError as refusal:
        return show_form(request, lesson, pack, form, place, refusal=str(refusal), status=422)
    if "pick" in request.POST:
        renewed = LessonForm(pack, initial=LessonForm.initial_of(saved))
        return show_form(request, saved, pack, renewed, place)
    messages.success(request, _("Saved."))
    return redirect("lessons:edit", pk=lesson.pk)


def taken(request, lesson, step):
    """The step that the button names; saved is what was typed in any case."""
    try:
        move_lesson(lesson, step, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("lessons:edit", pk=lesson.pk)
    messages.success(request, DONE[step])
    return redirect("lessons:lesson", pk=lesson.pk)


def show_conflict(request, lesson, pack, form, place, refusal):
    """Both versions side by side; saving once more keeps what is typed here."""
    lesson.refresh_from_db()
    both = differences(lesson, form, place)
    data = request.POST.copy()
    data["revision"] = lesson.revision
    renewed = LessonForm(pack, data)
    renewed.is_valid()
    return show_form(
        request, lesson, pack, renewed, place, refusal=str(refusal), both=both, status=409
    )


def show_form(request, lesson, pack, form, place, *, refusal="", both=(), status=200):
    name = request.GET.get("who", "").strip()[:40]
    recordings = list(lesson.recordings.select_related("video__preparing", "added_by"))
    context = aside_of(request, lesson, pack) | {
        "lesson": lesson,
        "form": form.as_asked(),
        "place": place,
        "refusal": refusal,
        "both": both,
        "warnings": slot_warnings(lesson.taught_on),
        "recordings": recordings,
        "box": upload_box(request.user, RECORDING, str(lesson.pk)),
        "upload_form": UploadFields(auto_id="recording-%s"),
        "findings": findings_of(recordings[0].video) if recordings else [],
        "materials": material_lines(lesson, pack),
        "members": lesson.members.select_related("user").order_by("role", "pk"),
        "roles": TeamRole.choices,
        "who": name,
        "found": colleagues(lesson.school, name),
    }
    return render(request, "lessons/edit.html", context, status=status)


def aside_of(request, lesson, pack, missing=None):
    """What is still missing, and the step that comes next."""
    missing = missing_of(lesson, pack) if missing is None else missing
    step = next_step(lesson)
    return {
        "lesson": lesson,
        "missing": missing,
        "step": step,
        "lacking": blocking(missing, step.state) if step else [],
        "stated": has_stated(lesson),
    }


def material_lines(lesson, pack):
    """Each kind of file with what is there now and what was there before."""
    held = list(lesson.materials.select_related("added_by").order_by("-added_at", "-pk"))
    return [
        {
            "rules": rules,
            "now": next((m for m in held if m.kind == rules.key and not m.replaced_at), None),
            "before": [m for m in held if m.kind == rules.key and m.replaced_at],
            "accept": ",".join(f".{ending}" for ending in rules.formats),
            "formats": ", ".join(ending.upper() for ending in rules.formats),
        }
        for rules in pack.materials
    ]


def typed_place(request, values):
    stage, _colon, subject = request.POST.get("stage", "").partition(":")
    return PlacePicker.of_data(
        values.get("stage", stage), values.get("subject", subject), request.POST
    )


@login_required
@require_POST
def draft(request, pk):
    """Autosave: the new revision and what is still missing, or why nothing was saved."""
    lesson = kept_lesson(request, pk)
    pack = rule_pack_of(lesson.programme)
    form = LessonForm(pack, request.POST)
    if not form.is_valid():
        faults = "; ".join(error for errors in form.errors.values() for error in errors)
        return JsonResponse({"refusal": faults}, status=422)
    values = form.values()
    place = typed_place(request, values)
    try:
        saved = save_lesson(
            lesson,
            values | {"node": place.node},
            revision=form.cleaned_data["revision"],
            by=request.user,
        )
    except DomainError as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=409)
    aside = render_to_string("lessons/_next.html", aside_of(request, saved, pack), request)
    return JsonResponse({"revision": saved.revision, "title": saved.title, "aside": aside})


@login_required
@require_GET
def place(request):
    """The lists again, after a choice in one of them. The curriculum is no secret."""
    stage, _colon, subject = request.GET.get("stage", "").partition(":")
    picker = PlacePicker.of_data(stage, subject, request.GET)
    return render(request, "lessons/_place.html", {"place": picker})
