"""Recordings that share stretches with those of other lessons, noted as hints (R56)."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from lessons.enums import HintKind, HintState
from lessons.models import CopyHint, LessonRecording
from lessons.policy import HINTS_PER_PLAN
from videos.domain.repeats import Repeat, find_repeats

FIND = "lessons.find_repeats"
STRETCHES = 12  # shown per pair, longest first


def note_recording_copies(video_id: int) -> int:
    """Note the lessons whose recordings share stretches with this one. Safe to repeat.

    Returns: lessons found alike; 0 for a video that is no lesson's recording.
    """
    recording = (
        LessonRecording.objects.select_related("video", "lesson").filter(video=video_id).first()
    )
    if recording is None:
        return 0
    shared: dict[int, list[Repeat]] = defaultdict(list)
    for repeat in find_repeats(recording.video):
        shared[repeat.other_id].append(repeat)
    others = LessonRecording.objects.filter(video__in=shared).exclude(lesson=recording.lesson_id)
    alike = list(others.select_related("video", "lesson")[:HINTS_PER_PLAN])
    with transaction.atomic():
        for other in alike:
            _note(recording, other, shared[other.video_id])
    return len(alike)


def _note(recording: LessonRecording, other: LessonRecording, repeats: list[Repeat]) -> None:
    here = [_stretch(repeat.here, repeat) for repeat in repeats[:STRETCHES]]
    there = [_stretch(repeat.there, repeat) for repeat in repeats[:STRETCHES]]
    lesson, other_lesson = recording.lesson, other.lesson
    if lesson.pk < other_lesson.pk:  # the later lesson is the one to look at
        lesson, other_lesson, here, there = other_lesson, lesson, there, here
    shorter = min(recording.video.duration_seconds or 1, other.video.duration_seconds or 1)
    percent = min(100, round(100 * sum(repeat.seconds for repeat in repeats) / shorter))
    values = {"percent": percent, "here": here, "there": there}
    hint, new = CopyHint.objects.get_or_create(
        kind=HintKind.RECORDING,
        lesson=lesson,
        other_lesson=other_lesson,
        review=None,
        other_review=None,
        defaults=values,
    )
    if not new and hint.state == HintState.OPEN:
        CopyHint.objects.filter(pk=hint.pk, state=HintState.OPEN).update(**values)


def _stretch(at: float, repeat: Repeat) -> dict:
    return {
        "at": round(at),
        "until": round(at + repeat.seconds),
        "in_picture": repeat.in_picture,
        "in_sound": repeat.in_sound,
    }
