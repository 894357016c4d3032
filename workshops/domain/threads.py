"""What becomes of a thread: pinned, closed, moved, answered. The thread's row is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.errors.talk import NotAnAnswer, ThreadClosed
from workshops.models import Post, Thread, Workshop

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def pin_thread(thread: Thread, *, pinned: bool, by: User) -> None:
    """Keep the thread at the top of the list, or no longer. Safe to repeat."""
    held = _locked(thread)
    if (held.pinned_at is not None) != pinned:
        _mark(held, "pinned_at", pinned, "workshops.pin" if pinned else "workshops.unpin", by)


@transaction.atomic
def close_thread(thread: Thread, *, closed: bool, by: User) -> None:
    """Let nobody write here any more, or let them again. Safe to repeat."""
    held = _locked(thread)
    if (held.closed_at is not None) != closed:
        _mark(held, "closed_at", closed, "workshops.close" if closed else "workshops.reopen", by)


@transaction.atomic
def move_thread(thread: Thread, target: Workshop, *, by: User) -> None:
    """Take the thread to another workshop; who cannot open that one loses sight of it.

    Safe to repeat. Raises: ThreadClosed when the target is closed.
    """
    held = _locked(thread)
    if held.workshop_id == target.pk:
        return
    rows = Workshop.objects.select_for_update(no_key=True).open()
    if rows.filter(pk=target.pk).values("pk").first() is None:
        raise ThreadClosed
    record_act(
        "workshops.move_thread",
        held,
        by=by,
        from_state=str(held.workshop_id),
        to_state=str(target.pk),
    )
    held.workshop, held.pinned_at = target, None
    held.save(update_fields=["workshop", "pinned_at"])


@transaction.atomic
def mark_answered(thread: Thread, answer: Post | None, *, by: User) -> None:
    """The question is answered, by ``answer`` if that is known; or open again when None.

    Safe to repeat. Raises: NotAnAnswer.
    """
    held = _locked(thread)
    if answer is None:
        _reopen(held, by)
        return
    fits = answer.thread_id == held.pk and answer.number > 1 and answer.hidden_at is None
    if not held.waits or not fits:
        if held.answer_id == answer.pk:
            return
        raise NotAnAnswer
    held.answer, held.answered_at = answer, timezone.now()
    held.save(update_fields=["answer", "answered_at"])
    record_act("workshops.answered", held, by=by, to_state=str(answer.pk))
    told = {held.author_id} - {by.pk, answer.author_id}
    url = reverse("workshops:post", args=[answer.pk])
    key = f"workshops.answered:{held.pk}:{answer.pk}"
    notify(told, "workshops.answered", {"title": held.title}, url, key=key)


def _reopen(held: Thread, by: User) -> None:
    if held.answered_at is None:
        return
    record_act("workshops.unanswered", held, by=by, from_state=str(held.answer_id))
    held.answer = held.answered_at = None
    held.save(update_fields=["answer", "answered_at"])


def _mark(held: Thread, name: str, on: bool, verb: str, by: User) -> None:
    setattr(held, name, timezone.now() if on else None)
    held.save(update_fields=[name])
    record_act(verb, held, by=by)


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
