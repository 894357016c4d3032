"""National lessons: what the project office offers, and a teacher's reflection on one (R8)."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from core.domain.audit import record_act
from courses.domain.homework import clean_text, written_characters
from courses.domain.reading import reading_seconds
from lessons.errors import (
    CommentaryMissing,
    NationalLessonDoubled,
    NationalLessonWithdrawn,
    NotPushedToYou,
    ReflectionSent,
    ReflectionTooShort,
    VideoNotFree,
)
from lessons.models import NationalLesson, NationalStudy
from lessons.queries.national import national_lines
from lessons.signals import reflection_sent
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from programmes.queries import enrolment_of
from videos.domain.units import reading_unit
from videos.models import Video

CONTENT = (
    "title",
    "grade",
    "edition",
    "teacher_name",
    "school_name",
    "commentator",
)


@transaction.atomic
def add_national_lesson(
    programme: Programme, stage: str, subject: str, content: dict[str, Any], *, by: User
) -> NationalLesson:
    """Offer a national lesson to a stage and subject, behind those it has already.

    Raises: NationalLessonDoubled, CommentaryMissing, VideoNotFree. Source: R8.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    there = NationalLesson.objects.filter(programme=programme, stage=stage, subject=subject)
    last = there.aggregate(last=Max("position"))["last"] or 0
    lesson = NationalLesson(
        programme=programme, stage=stage, subject=subject, position=last + 1, added_by=by
    )
    _fill(lesson, content)
    record_act("national_lesson.add", lesson, by=by, to_state=f"{stage}/{subject}")
    return lesson


@transaction.atomic
def change_national_lesson(
    lesson: NationalLesson, content: dict[str, Any], *, by: User
) -> NationalLesson:
    """Correct a lesson's particulars, commentary or recording. What was studied stays.

    Raises: NationalLessonWithdrawn, NationalLessonDoubled, CommentaryMissing, VideoNotFree.
    """
    lesson = _offered(lesson)
    _fill(lesson, content)
    record_act("national_lesson.change", lesson, by=by, to_state=lesson.title)
    return lesson


@transaction.atomic
def withdraw_national_lesson(lesson: NationalLesson, *, by: User, why: str) -> NationalLesson:
    """Offer it no longer; the next in order moves up. Whoever has begun may finish.

    Raises: NationalLessonWithdrawn when somebody was faster.
    """
    lesson = _offered(lesson)
    lesson.withdrawn_at = timezone.now()
    lesson.save(update_fields=["withdrawn_at"])
    record_act("national_lesson.withdraw", lesson, by=by, why=why.strip())
    return lesson


def _offered(lesson: NationalLesson) -> NationalLesson:
    lesson = NationalLesson.objects.select_for_update(no_key=True).get(pk=lesson.pk)
    if lesson.withdrawn_at is not None:
        raise NationalLessonWithdrawn
    return lesson


def _fill(lesson: NationalLesson, content: dict[str, Any]) -> None:
    for name in CONTENT:
        setattr(lesson, name, content.get(name, "").strip())
    lesson.commentary = clean_text(content["commentary"])
    if not written_characters(lesson.commentary):
        raise CommentaryMissing
    lesson.commentary_unit = reading_unit(
        lesson.title, reading_seconds(lesson.commentary), lesson.commentary_unit
    )
    lesson.video = _free_video(content.get("video"), lesson)
    try:
        with transaction.atomic():
            lesson.save()
    except IntegrityError as doubled:
        raise NationalLessonDoubled(title=lesson.title, teacher=lesson.teacher_name) from doubled


def _free_video(video: Video | None, lesson: NationalLesson) -> Video | None:
    if video is None or video.pk == lesson.video_id:
        return video
    taken = NationalLesson.objects.filter(video=video).exists()
    if taken or hasattr(video, "lesson_recording"):
        raise VideoNotFree
    return video


def study_of(lesson_id: int, *, user: User, programme: Programme) -> NationalStudy:
    """The teacher's work on a lesson, begun if there is none yet. Safe to repeat.

    Raises: NotPushedToYou.
    """
    enrolment = enrolment_of(user, programme)
    mine = national_lines(user, enrolment, programme) if enrolment else []
    if all(line.id != lesson_id for line in mine):
        raise NotPushedToYou
    study, _begun = NationalStudy.objects.get_or_create(
        lesson_id=lesson_id, user=user, defaults={"programme": programme}
    )
    return study


@transaction.atomic
def save_reflection(study: NationalStudy, text: str) -> NationalStudy:
    """Keep the draft. Safe to repeat. Raises: ReflectionSent."""
    study = NationalStudy.objects.select_for_update(no_key=True).get(pk=study.pk)
    if study.sent_at is not None:
        raise ReflectionSent
    study.reflection = clean_text(text)
    study.save(update_fields=["reflection", "saved_at"])
    return study


@transaction.atomic
def send_reflection(study: NationalStudy, text: str) -> NationalStudy:
    """Send what is written; with recording and commentary studied the hours come at once.

    Safe to repeat: what was sent stays as it was sent.

    Raises: ReflectionTooShort; the draft must then be kept by ``save_reflection``.
    Source: R8.
    """
    study = NationalStudy.objects.select_for_update(no_key=True, of=("self",)).get(pk=study.pk)
    if study.sent_at is not None:
        return study
    study.reflection = clean_text(text)
    needed = rule_pack_of(study.programme).national_lessons.reflection_minimum_characters
    if (written := written_characters(study.reflection)) < needed:
        raise ReflectionTooShort(needed=needed, written=written)
    study.sent_at = timezone.now()
    study.save(update_fields=["reflection", "saved_at", "sent_at"])
    reflection_sent.send(NationalStudy, study=study)
    return study
