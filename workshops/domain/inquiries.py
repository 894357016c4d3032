"""智慧众筹: a problem, proposals, how they went in class, the result with everybody's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from courses.domain.homework import written_characters
from notifications.domain.notify import notify
from workshops.domain.posts import Writing, reply
from workshops.domain.rate import require_voice
from workshops.domain.rules.judging import require_spotless
from workshops.domain.talk_text import clean_talk
from workshops.enums.talk import Share, ThreadKind
from workshops.errors.talk import NotTriedYet, ProposalUnknown, TextMissing
from workshops.models import Contribution, Post, Result, Thread

if TYPE_CHECKING:
    from accounts.models import User


def contribute(thread: Thread, writing: Writing, share: str, *, by: User) -> Post:
    """Reply; in an inquiry as a proposal, or as evidence for the proposal with the key ``share``.

    Safe to repeat. Raises: ProposalUnknown, and what ``reply`` raises.
    Source: R32.
    """
    if thread.kind != ThreadKind.INQUIRY or not share:
        return reply(thread, writing, by=by)
    return _share(thread, writing, share, by=by)


@transaction.atomic
def _share(thread: Thread, writing: Writing, share: str, *, by: User) -> Post:
    values: dict = {"thread": thread, "role": Share.PROPOSAL}
    if share != Share.PROPOSAL:
        values |= {"role": Share.EVIDENCE, "proposal": _proposal(thread, share)}
    post = reply(thread, writing, by=by)
    Contribution.objects.get_or_create(post=post, defaults=values)
    return post


@transaction.atomic
def adopt(thread: Thread, proposals: Iterable[int], *, text: str, by: User) -> Result:
    """Say what came out of the inquiry, and on which proposals it stands.

    Their authors, and those who tried them, are credited and told. Safe to repeat: the first
    result stands.

    Raises: TextMissing; Muted, WordRefused, LinkRefused; NotTriedYet unless each proposal has
    evidence that is not hidden.
    Source: R32.
    """
    cleaned = clean_talk(text)
    if not written_characters(cleaned):
        raise TextMissing
    held = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    _require_plain(thread, cleaned, by)
    if known := Result.objects.filter(thread=held).first():
        return known
    shown = Contribution.objects.filter(thread=held, post__hidden_at=None)
    chosen = set(
        shown.filter(pk__in=list(proposals), role=Share.PROPOSAL).values_list("pk", flat=True)
    )
    evidence = shown.filter(proposal__in=chosen)
    if not chosen or chosen != set(evidence.values_list("proposal", flat=True)):
        raise NotTriedYet
    keys = chosen | set(evidence.values_list("pk", flat=True))
    now = timezone.now()
    Contribution.objects.filter(pk__in=keys).update(adopted_at=now)
    result = Result.objects.create(thread=held, text=cleaned, adopted_by=by, adopted_at=now)
    record_act("workshops.adopt", held, by=by, to_state=str(len(chosen)))
    people = set(Post.objects.filter(pk__in=keys).values_list("author", flat=True)) - {by.pk}
    url = reverse("workshops:thread", args=[held.pk])
    key = f"workshops.adopted:{held.pk}"
    notify(people, "workshops.adopted", {"title": held.title}, url, key=key)
    return result


def _require_plain(thread: Thread, cleaned: str, by: User) -> None:
    """A result speaks for the workshop: what would be held in a post is refused in it."""
    require_spotless(require_voice(by, thread.workshop, uuid4()).rules, cleaned)


def _proposal(thread: Thread, key: str) -> Contribution:
    rows = Contribution.objects.filter(thread=thread, role=Share.PROPOSAL, post__hidden_at=None)
    found = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
    if found is None:
        raise ProposalUnknown
    return found
