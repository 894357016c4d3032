"""The page of one lesson, and its steps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.models import AuditRecord
from lessons import permissions
from lessons.domain.completeness import missing_parts
from lessons.domain.lessons import OPEN_STATES
from lessons.domain.moving import move_lesson
from lessons.domain.reviews import OBSERVED_STATES
from lessons.enums import NEXT_STATES, Curriculum, LessonState, ReviewState
from lessons.models import Lesson
from lessons.models.lesson import UNSEEN_STATES
from lessons.permissions import audience_of
from lessons.queries.place import place_titles
from lessons.queries.reviews import open_comments
from lessons.views.door import visible_lesson
from lessons.views.edit import aside_of, material_lines
from lessons.views.words import TAGS, stage_subject_title
from programmes.domain.rulepacks import rule_pack_of
from videos.domain.checking import findings_of
from videos.domain.viewings import viewing_for

MOVED = {
    LessonState.SHOWN: gettext_lazy("The lesson is shown in school."),
    LessonState.PROPOSED: gettext_lazy("The lesson is proposed to the school."),
    LessonState.CHOSEN: gettext_lazy("Chosen: this is now the teacher's one lesson of the year."),
    LessonState.WITHDRAWN: gettext_lazy("The lesson is withdrawn; nobody else sees it any more."),
    LessonState.DRAFT: gettext_lazy("The lesson is a draft again."),
}


@require_safe
def lesson(request, pk):
    """What the reader may see of a lesson: the recording, the facts, the files, its life."""
    shown = visible_lesson(request, pk)
    pack = rule_pack_of(shown.programme)
    keeps = request.user.is_authenticated and permissions.can_keep(request.user, shown)
    recordings = list(
        shown.recordings.select_related("video", "added_by").prefetch_related("video__renditions")
    )
    materials = [line for line in material_lines(shown, pack) if line["now"]]
    context = {
        "lesson": shown,
        "field": stage_subject_title(shown, pack),
        "place": place_titles(shown.node),
        "tag": TAGS[LessonState(shown.state)],
        "show_only": shown.curriculum != Curriculum.NATIONAL,
        "keeps": keeps,
        "recordings": recordings,
        "viewing": viewing_of(shown, recordings, request.user),
        "materials": materials,
        "members": shown.members.select_related("user").order_by("role", "pk"),
        "may_edit": keeps and shown.state in OPEN_STATES and not shown.barred_at,
        "acts": acts_of(shown) if keeps else [],
        "may_report": permissions.can_report(request.user, shown) and not shown.barred_at,
    }
    if request.user.is_authenticated:
        context |= talk_of(shown, request.user)
    context["answers"] = keeps or (
        request.user.is_authenticated and permissions.can_approve_release(request.user, shown)
    )
    if context["answers"]:
        context["seen_by"] = seen_by(shown)
    if keeps:
        context["findings"] = findings_of(recordings[0].video) if recordings else []
        missing = missing_parts(
            shown,
            pack,
            kinds=[line["rules"].key for line in materials],
            recording=recordings[0] if recordings else None,
        )
        context |= aside_of(request, shown, pack, missing) | {
            "steps": steps_for(request.user, shown)
        }
    return render(request, "lessons/lesson.html", context)


def talk_of(lesson, user):
    """What colleagues say of the lesson, and what this reader may add (R41)."""
    may_comment = permissions.can_comment(user, lesson)
    return {
        "comments": open_comments(lesson) if may_comment else [],
        "may_comment": may_comment and lesson.recordings.exists(),
        "may_observe": may_comment
        and lesson.state in OBSERVED_STATES
        and lesson.teacher_id != user.pk,
        "reviews": lesson.reviews.filter(state=ReviewState.SENT).count()
        if permissions.can_read_reviews(user, lesson)
        else None,
    }


def viewing_of(lesson, recordings, user):
    """The newest recording for this reader, asked for again at every request of a file."""
    if not recordings:
        return None
    return viewing_for(user, recordings[0].video, audience_of(lesson.pk))


def seen_by(lesson):
    """In one sentence who watches beside the lesson's own people and the desks."""
    if lesson.state in UNSEEN_STATES or lesson.barred_at:
        return _("Its own people and the desks, nobody else.")
    release = lesson.releases.filter(withdrawn_at=None).first()
    if release is not None and release.approved_at:
        return _("Everybody: it is open to the public.")
    standing = list(lesson.viewers.filter(ended_at=None).values_list("organisation", flat=True))
    persons = sum(1 for school in standing if school is None)
    words = _("The whole school.") if len(standing) > persons else ""
    if persons:
        named = ngettext("%(people)s named person.", "%(people)s named persons.", persons)
        words = f"{words} {named % {'people': persons}}".strip()
    if release is not None:
        words = f"{words} {_('The opening to the public waits for approval.')}".strip()
    return words or _("Its own people and the desks, nobody else.")


def steps_for(user, lesson):
    """The states to which this reader may take the lesson now."""
    return {
        state: permissions.can_move(user, lesson, state)
        for state in NEXT_STATES[LessonState(lesson.state)]
    }


def acts_of(lesson):
    """What happened to the lesson, the youngest first."""
    acts = AuditRecord.objects.filter(
        object_label=Lesson._meta.label_lower, object_key=str(lesson.pk), verb="lesson.move"
    )
    states = dict(LessonState.choices)
    return [
        {"at": act.at, "by": act.by, "state": states.get(act.to_state, ""), "why": act.why}
        for act in acts.select_related("by").order_by("-at", "-pk")[:30]
    ]


@login_required
@require_POST
def move(request, pk):
    """One step of the school life."""
    lesson = visible_lesson(request, pk)
    state = request.POST.get("state", "")
    if state not in LessonState.values:
        raise Http404
    if not permissions.can_move(request.user, lesson, state):
        raise PermissionDenied
    try:
        move_lesson(lesson, state, by=request.user, why=request.POST.get("why", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, MOVED[LessonState(state)])
    return redirect("lessons:lesson", pk=pk)
