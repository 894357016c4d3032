"""Posts in which the word list noticed something: held for a host, or pointed out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.domain.rules.judging import Entry, rules_with
from workshops.enums.moderation import Verdict
from workshops.models import Host, Post, Thread, WordHit

if TYPE_CHECKING:
    from accounts.models import User


def holds(hits: Sequence[Entry], *, as_host: bool) -> bool:
    """Whether a host has to look first; what hosts write themselves is only pointed out."""
    return not as_host and any(one.verdict == Verdict.HOLD for one in hits)


def note_hits(post: Post, hits: Sequence[Entry], *, rules: UUID | None) -> None:
    """Keep with the post what was noticed; hold it when a word says so, and tell the hosts."""
    if not hits or rules is None:
        return
    held = holds(hits, as_host=post.as_host)
    if held and post.hidden_at is None:
        post.hidden_at = post.held_at = timezone.now()
        show(post)
    WordHit.objects.bulk_create(
        [
            WordHit(post=post, rules_id=rules_with(rules).pk, word=one.word, verdict=one.verdict)
            for one in hits
        ],
        ignore_conflicts=True,
    )
    if held:
        record_act("workshops.hold", post, by=None, to_state="held", why=hits[0].word)
    _tell_hosts(post, held=held)


def show(post: Post) -> None:
    """Write ``hidden_at`` and ``held_at`` of the post; post 1 takes its thread along."""
    Post.objects.filter(pk=post.pk).update(hidden_at=post.hidden_at, held_at=post.held_at)
    if post.number == 1:
        Thread.objects.filter(pk=post.thread_id).update(hidden_at=post.hidden_at)


def settle_hits(post: Post, *, by: User) -> int:
    """A host has looked. Safe to repeat. Returns: how many hits waited."""
    waiting = WordHit.objects.filter(post=post, settled_at=None)
    return waiting.update(settled_at=timezone.now(), settled_by=by)


def _tell_hosts(post: Post, *, held: bool) -> None:
    workshop = post.thread.workshop
    here = {workshop.pk, workshop.main_id}
    hosts = Host.objects.current().filter(workshop__in=here).exclude(user=post.author_id)
    notify(
        hosts.values_list("user", flat=True),
        "workshops.held" if held else "workshops.noticed",
        {"title": post.thread.title},
        reverse("workshops:moderation", args=[workshop.pk]),
        key=f"workshops.noticed:{post.pk}:{post.edits}",
    )
