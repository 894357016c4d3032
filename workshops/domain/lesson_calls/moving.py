"""What both sides of a call share: its states, its words, its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from courses.domain.homework_files import checked_digest
from notifications.domain.notify import notify
from workshops.enums.gatherings import NEXT_LESSON_CALL_STATES, LessonCallState
from workshops.errors.gatherings import LessonCallMoved
from workshops.errors.talk import TextMissing, TooManyFiles
from workshops.models import LessonCall, LessonCallFile, LessonCallWord
from workshops.policy import FILES_A_POST

if TYPE_CHECKING:
    from accounts.models import User


def lock_call(call: LessonCall) -> LessonCall:
    rows = LessonCall.objects.select_for_update(no_key=True, of=("self",)).select_related("school")
    return rows.get(pk=call.pk)


def move_call(call: LessonCall, to: LessonCallState, *, by: User) -> LessonCall:
    """Lock the call and move it on; the caller saves what goes with it.

    Raises: LessonCallMoved when its state does not lead there (any more).
    """
    held = lock_call(call)
    if to not in NEXT_LESSON_CALL_STATES[LessonCallState(held.state)]:
        raise LessonCallMoved
    record_act("workshops.move_call", held, by=by, from_state=held.state, to_state=to)
    held.state, held.moved_at = to, timezone.now()
    return held


@transaction.atomic
def write_word(
    call: LessonCall, text: str, token: UUID, *, by: User, files: Sequence[UploadedFile] = ()
) -> LessonCallWord:
    """Write under an open call; the other side is told. Safe to repeat with the same ``token``.

    Raises: LessonCallMoved when it is over; TextMissing; TooManyFiles; FileRefused.
    """
    held = lock_call(call)
    if known := LessonCallWord.objects.filter(author=by, token=token).first():
        return known
    if not held.is_open:
        raise LessonCallMoved
    if not text.strip():
        raise TextMissing
    word = held.words.create(author=by, text=text.strip(), token=token)
    keep_files(held, files, by=by)
    record_act("workshops.write_in_call", held, by=by)
    notify(
        {held.asked_by_id, held.host_id} - {by.pk},
        "workshops.lesson_call_word",
        {"name": by.real_name, "title": held.title},
        reverse("workshops:lesson_call", args=[held.pk]),
        key=f"workshops.lesson_call_word:{word.pk}",
    )
    return word


def keep_files(call: LessonCall, files: Sequence[UploadedFile], *, by: User) -> None:
    """Raises: TooManyFiles; FileRefused when one is not what its name says."""
    if len(files) > FILES_A_POST:
        raise TooManyFiles(files=FILES_A_POST)
    for one in files:
        LessonCallFile.objects.get_or_create(
            call=call,
            sha256=checked_digest(one),
            defaults={
                "file": one,
                "name": PurePath(one.name or "").name[-150:],
                "size_bytes": one.size,
                "added_by": by,
            },
        )
