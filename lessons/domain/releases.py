"""Opening a lesson to everybody: the school's consent, the level's approval, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.domain.audit import record_act
from lessons.domain.file_checks import checked_digest
from lessons.enums import LessonState
from lessons.errors import (
    ConsentIncomplete,
    LessonBarred,
    ReleaseNeedsAnother,
    ReleaseNotPossible,
    ReleaseStands,
    WhyMissing,
)
from lessons.models import Lesson, PublicRelease
from lessons.policy import CONSENT_FORMATS, CONSENT_MEGABYTES, SHORTEST_REASON
from lessons.queries.people import officers_over
from notifications.domain.notify import notify
from organisations.enums import Level
from organisations.queries import county_of

if TYPE_CHECKING:
    from accounts.models import User

RELEASABLE = (LessonState.SHOWN, LessonState.PROPOSED, LessonState.CHOSEN)


def file_consent(
    lesson: Lesson, file: File, *, statement: str, pupils: int, by: User
) -> PublicRelease:
    """Put the school's consent for the pupils shown on record; the lesson stays closed for now.

    Raises: FileRefused; ConsentIncomplete; ReleaseNotPossible for drafts and withdrawn lessons;
    ReleaseStands while an earlier one is open; LessonBarred.
    Source: R57, requirements 4.1 (children below 14).
    """
    if pupils < 1 or not statement.strip():
        raise ConsentIncomplete
    digest = checked_digest(file, CONSENT_FORMATS, maximum_megabytes=CONSENT_MEGABYTES)
    release = PublicRelease(
        statement=statement.strip(), pupils=pupils, consented_by=by, consent_sha256=digest
    )
    try:
        with transaction.atomic():
            release.lesson = _releasable(lesson)
            if PublicRelease.objects.filter(lesson=lesson, withdrawn_at=None).exists():
                raise ReleaseStands
            ending = (file.name or "").rpartition(".")[2].lower()
            release.consent.save(f"consent.{ending}", file, save=False)
            release.save()
            record_act("release.consent", lesson, by=by, to_state=str(pupils), why=digest)
            _ask_above(release)
    except BaseException:
        if release.consent:
            release.consent.delete(save=False)
        raise
    return release


@transaction.atomic
def approve_release(release: PublicRelease, *, by: User) -> PublicRelease:
    """Open the lesson to everybody. Safe to repeat.

    Raises: ReleaseNeedsAnother when ``by`` filed the consent; ReleaseNotPossible when it was
    withdrawn meanwhile.
    """
    release = _held(release)
    if release.withdrawn_at:
        raise ReleaseNotPossible
    _releasable(release.lesson)
    if release.consented_by_id == by.pk:
        raise ReleaseNeedsAnother
    if release.approved_at is None:
        release.approved_by, release.approved_at = by, timezone.now()
        release.save(update_fields=["approved_by", "approved_at"])
        record_act("release.approve", release.lesson, by=by)
        _tell(release, "lessons.released", by=by)
    return release


@transaction.atomic
def withdraw_release(release: PublicRelease, *, by: User, why: str) -> PublicRelease:
    """Close the lesson to the public at this moment; nobody else is needed. Safe to repeat.

    Raises: WhyMissing.
    """
    if len(why.strip()) < SHORTEST_REASON:
        raise WhyMissing
    release = _held(release)
    if release.withdrawn_at is None:
        _close(release, by=by, why=why)
        _tell(release, "lessons.release_withdrawn", by=by)
    return release


def close_release(lesson: Lesson, *, by: User | None, why: str = "") -> None:
    """Close the lesson to the public together with what ended it otherwise."""
    release = lesson.releases.select_for_update(no_key=True).filter(withdrawn_at=None).first()
    if release is not None:
        _close(release, by=by, why=why or str(_("The lesson was withdrawn.")))


def _close(release: PublicRelease, *, by: User | None, why: str) -> None:
    release.withdrawn_by, release.withdrawn_at = by, timezone.now()
    release.why_withdrawn = why.strip()[:200]
    release.save(update_fields=["withdrawn_by", "withdrawn_at", "why_withdrawn"])
    record_act("release.withdraw", release.lesson, by=by, why=release.why_withdrawn)


def _held(release: PublicRelease) -> PublicRelease:
    """The release, held; its lesson first, as ``move_lesson`` does."""
    lesson = Lesson.objects.select_for_update(no_key=True).get(pk=release.lesson_id)
    release = PublicRelease.objects.select_for_update(no_key=True).get(pk=release.pk)
    release.lesson = lesson
    return release


def _releasable(lesson: Lesson) -> Lesson:
    lesson = Lesson.objects.select_for_update(no_key=True).get(pk=lesson.pk)
    if lesson.barred_at:
        raise LessonBarred
    if lesson.state not in RELEASABLE:
        raise ReleaseNotPossible
    return lesson


def _ask_above(release: PublicRelease) -> None:
    """The unit that does a county's work for the school learns that it is asked."""
    lesson = release.lesson
    county = county_of(lesson.school)
    notify(
        officers_over(lesson.school, county.level if county else Level.PROVINCE),
        "lessons.release_asked",
        {"title": lesson.title, "school": lesson.school.name},
        reverse("lessons:audience", args=[lesson.pk]),
        key=f"lessons.release_asked:{release.pk}",
    )


def _tell(release: PublicRelease, kind: str, *, by: User) -> None:
    concerned = {release.lesson.teacher_id, release.consented_by_id} - {by.pk}
    notify(
        concerned,
        kind,
        {"title": release.lesson.title, "by": by.real_name, "why": release.why_withdrawn},
        reverse("lessons:lesson", args=[release.lesson_id]),
        key=f"{kind}:{release.pk}",
    )
