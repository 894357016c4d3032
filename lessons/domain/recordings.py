"""A lesson's recording, in versions: the newest counts, all are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from core.domain.audit import record_act
from lessons.domain.lessons import locked_open_lesson
from lessons.models import Lesson, LessonRecording
from videos.domain.checking import hold_against
from videos.domain.uploads_taking import take_upload
from videos.domain.versions import replace_video
from videos.domain.videos import add_video

if TYPE_CHECKING:
    from accounts.models import User
    from videos.models import Upload, Video

RECORDING = "lessons.recording"


def add_recording(lesson: Lesson, file: File, *, by: User) -> LessonRecording:
    """Keep ``file`` as the lesson's newest recording and start preparing it.

    Raises: LessonLocked, LessonBarred; FileEmpty, FileTooLarge of the videos.
    Source: R42, R43.
    """
    with transaction.atomic():
        locked_open_lesson(lesson)
    return set_recording(lesson, add_video(file, recording_title(lesson), by), by=by)


@transaction.atomic
def take_recording(lesson: Lesson, upload: Upload, *, by: User) -> LessonRecording:
    """Make a finished upload the lesson's newest recording. Safe to repeat.

    Raises: LessonLocked, LessonBarred; what ``take_upload`` raises.
    """
    locked_open_lesson(lesson)
    video = take_upload(
        upload, title=recording_title(lesson), by=by, purpose=RECORDING, context=str(lesson.pk)
    )
    return set_recording(lesson, video, by=by)


@transaction.atomic
def set_recording(lesson: Lesson, video: Video, *, by: User) -> LessonRecording:
    """Make ``video`` the lesson's newest recording. Safe to repeat with the same video.

    Raises: LessonLocked, LessonBarred.
    """
    lesson = locked_open_lesson(lesson)
    if known := lesson.recordings.filter(video=video).first():
        return known
    former = lesson.recordings.select_related("video").first()
    number = former.number + 1 if former else 1
    recording = LessonRecording.objects.create(
        lesson=lesson, number=number, video=video, added_by=by
    )
    hold_against(video, lesson.programme, by=by)
    if former is not None:
        replace_video(former.video, video, by=by)
    record_act("lesson.recording", lesson, by=by, to_state=str(recording.number), why=video.sha256)
    return recording


def recording_title(lesson: Lesson) -> str:
    """What the video is called: the lesson alone, for reviewers may not be told who gave it."""
    return (lesson.title or str(lesson.pk))[:200]
