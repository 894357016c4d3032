"""Who may watch a lesson: named persons, the school, everybody; each ended at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from lessons import permissions
from lessons.domain import releases
from lessons.domain.audience import end_viewing, name_viewer, show_in_school
from lessons.enums import LessonState
from lessons.forms.release import ConsentForm
from lessons.models import LessonViewer, PublicRelease
from lessons.models.lesson import UNSEEN_STATES
from lessons.queries.people import colleagues
from lessons.views.door import kept_lesson, visible_lesson
from lessons.views.files import served
from lessons.views.team import colleague_or_404


@login_required
@require_safe
def audience(request, pk):
    """All who may watch, in words, with the button that ends it."""
    return show(request, answering_lesson(request, pk))


def answering_lesson(request, pk):
    """A lesson for whose audience the user answers: its keepers and the level above."""
    lesson = visible_lesson(request, pk)
    user = request.user
    if not (permissions.can_keep(user, lesson) or permissions.can_approve_release(user, lesson)):
        raise PermissionDenied
    return lesson


def show(request, lesson, form=None, status=200):
    user = request.user
    viewers = lesson.viewers.select_related("user", "organisation", "named_by").order_by("-pk")
    standing = [viewer for viewer in viewers if viewer.ended_at is None]
    release = lesson.releases.filter(withdrawn_at=None).select_related(*BY).first()
    name = request.GET.get("who", "").strip()[:40]
    context = {
        "lesson": lesson,
        "closed": lesson.state in UNSEEN_STATES or lesson.barred_at,
        "persons": [viewer for viewer in standing if viewer.user_id],
        "schools": [viewer for viewer in standing if viewer.organisation_id],
        "ended": [viewer for viewer in viewers if viewer.ended_at][:20],
        "own_school": any(v.organisation_id == lesson.school_id for v in standing),
        "release": release,
        "former": lesson.releases.exclude(withdrawn_at=None).select_related(*BY).order_by("-pk"),
        "keeps": permissions.can_keep(user, lesson),
        "may_file": permissions.can_file_consent(user, lesson),
        "may_approve": release is not None
        and release.approved_at is None
        and release.consented_by_id != user.pk
        and permissions.can_approve_release(user, lesson),
        "may_withdraw": permissions.can_withdraw_release(user, lesson),
        "releasable": lesson.state in releases.RELEASABLE and not lesson.barred_at,
        "form": form or ConsentForm(),
        "who": name,
        "found": colleagues(lesson.school, name),
    }
    return render(request, "lessons/audience.html", context, status=status)


@login_required
@require_POST
def viewer_add(request, pk):
    """Name a person of the school, or the whole school."""
    lesson = kept_lesson(request, pk)
    if lesson.state == LessonState.DRAFT or lesson.state == LessonState.WITHDRAWN:
        messages.error(request, _("Show the lesson first; a draft has no audience."))
    elif request.POST.get("school"):
        show_in_school(lesson, by=request.user)
        messages.success(request, _("Everybody of the school may watch."))
    else:
        person = colleague_or_404(request, lesson.school)
        name_viewer(lesson, person, by=request.user)
        messages.success(request, _("%(name)s may watch.") % {"name": person.real_name})
    return redirect("lessons:audience", pk=pk)


@login_required
@require_POST
def viewer_end(request, pk):
    viewer = get_object_or_404(LessonViewer.objects.select_related("lesson"), pk=pk)
    kept_lesson(request, viewer.lesson_id)
    end_viewing(viewer, by=request.user)
    messages.success(request, _("Ended: from now on the recording does not open for them."))
    return redirect("lessons:audience", pk=viewer.lesson_id)


@login_required
@require_POST
def consent_file(request, pk):
    """The school puts the consent of the pupils shown on record."""
    lesson = visible_lesson(request, pk)
    if not permissions.can_file_consent(request.user, lesson):
        raise PermissionDenied
    form = ConsentForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            releases.file_consent(
                lesson,
                given["file"],
                statement=given["statement"],
                pupils=given["pupils"],
                by=request.user,
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("On record. The level above is asked to approve."))
            return redirect("lessons:audience", pk=pk)
    return show(request, lesson, form, status=422)


@login_required
@require_safe
def consent(request, pk):
    """The papers with the guardians' names: for the school and the level that decides only."""
    release = get_object_or_404(PublicRelease.objects.select_related("lesson__school"), pk=pk)
    user, lesson = request.user, release.lesson
    if not (
        permissions.can_file_consent(user, lesson) or permissions.can_approve_release(user, lesson)
    ):
        raise Http404
    ending = release.consent.name.rpartition(".")[2]
    return served(release.consent, f"{_('Consent record')}-{lesson.pk}.{ending}")


@login_required
@require_POST
def release_approve(request, pk):
    release = answered_release(request, pk, permissions.can_approve_release)
    acted(request, _("The lesson is open to the public."), releases.approve_release, release)
    return redirect("lessons:audience", pk=release.lesson_id)


@login_required
@require_POST
def release_withdraw(request, pk):
    release = answered_release(request, pk, permissions.can_withdraw_release)
    why = request.POST.get("why", "")
    closed = _("Closed: from now on nobody else sees it.")
    acted(request, closed, releases.withdraw_release, release, why=why)
    return redirect("lessons:audience", pk=release.lesson_id)


def answered_release(request, pk, right):
    release = get_object_or_404(PublicRelease.objects.select_related("lesson__school"), pk=pk)
    if not right(request.user, release.lesson):
        raise PermissionDenied
    return release


def acted(request, done, verb, *args, **kwargs):
    try:
        verb(*args, by=request.user, **kwargs)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


BY = ("consented_by", "approved_by", "withdrawn_by")
