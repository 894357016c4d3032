"""Threads and posts: starting, replying, editing. Whoever sends twice writes once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from courses.domain.homework import written_characters
from workshops.domain.drafts import drop_draft
from workshops.domain.news import name_mentioned, tell_mentioned, tell_of_reply, tell_of_thread
from workshops.domain.post_files import attach, checked_files
from workshops.domain.rate import require_voice
from workshops.domain.reading import read_on
from workshops.domain.rules.judging import Entry, judge
from workshops.domain.rules.noticing import holds, note_hits
from workshops.domain.talk_text import clean_talk
from workshops.enums.seats import WorkshopState
from workshops.enums.talk import ThreadKind
from workshops.errors.talk import ChangedMeanwhile, TextMissing, ThreadClosed, TitleMissing
from workshops.models import Post, PostVersion, Thread, Workshop
from workshops.policy import TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User
    from workshops.queries.mentions import Named

# Takes the next number under the thread's row lock; nothing when it or its workshop is closed.
NEXT_NUMBER = """
UPDATE workshops_thread thread SET posts_count = posts_count + 1, last_post_at = %s
  FROM workshops_workshop workshop
 WHERE thread.id = %s AND thread.closed_at IS NULL
   AND workshop.id = thread.workshop_id AND workshop.state = 'open'
RETURNING thread.posts_count
"""


@dataclass(frozen=True)
class Writing:
    """What somebody sends: the text, what goes with it, and the form's own token."""

    text: str
    token: UUID
    as_host: bool = False
    quotes: Post | None = None
    files: Sequence[UploadedFile] = field(default_factory=tuple)


def start_thread(
    workshop: Workshop, writing: Writing, *, kind: ThreadKind, title: str, by: User
) -> Thread:
    """Open a thread with its first post; its author follows it.

    Safe to repeat: the same form sent twice is one thread.

    Raises: TitleMissing, TextMissing; Muted; ThreadClosed when the workshop is; TooManyPosts;
    TooManyFiles, FileRefused.
    Source: R31.
    """
    title = title.replace("\x00", "").strip()
    if not title or len(title) > TITLE_LENGTH:
        raise TitleMissing(length=TITLE_LENGTH)
    text = _required_text(writing)

    def write(hits: list[Entry]) -> Post:
        _require_open(workshop)
        held = holds(hits, as_host=writing.as_host)
        thread = Thread(workshop=workshop, kind=kind, title=title, author=by)
        thread.hidden_at = timezone.now() if held else None
        thread.save(force_insert=True)
        post, named = _add(thread, 1, text, writing, by, hits)
        drop_draft(by, workshop, str(kind))
        if not held:
            tell_of_thread(thread, post, named, by=by)
        return post

    return _once(write, Sent(writing, text, title), workshop, by).thread


def reply(thread: Thread, writing: Writing, *, by: User) -> Post:
    """Write the next post of a thread; from now on its author follows it.

    Safe to repeat: the same form sent twice is one post.

    Raises: TextMissing; Muted; ThreadClosed; TooManyPosts; TooManyFiles, FileRefused.
    Source: R31.
    """
    text = _required_text(writing)

    def write(hits: list[Entry]) -> Post:
        post, named = _add(thread, _next_number(thread), text, writing, by, hits)
        drop_draft(by, thread.workshop, f"thread:{thread.pk}")
        if post.held_at is None:
            tell_of_reply(post, named, by=by)
        return post

    return _once(write, Sent(writing, text), thread.workshop, by)


@transaction.atomic
def edit_post(post: Post, text: str, *, edits: int, by: User) -> Post:
    """Replace one's own text; what it said before stays readable. Safe to repeat.

    ``edits``: how often the text had been edited when the form was made.

    Raises: TextMissing; ThreadClosed; ChangedMeanwhile when it was edited elsewhere.
    """
    cleaned = clean_talk(text)
    if not written_characters(cleaned):
        raise TextMissing
    rows = Post.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("thread__workshop").get(pk=post.pk)
    if held.text == cleaned:
        return held
    if held.edits != edits:
        raise ChangedMeanwhile
    hidden = held.hidden_at and not held.held_at
    if held.thread.closed_at or not held.thread.workshop.is_open or hidden:
        raise ThreadClosed
    voice = require_voice(by, held.thread.workshop, uuid4())
    hits = judge(voice.rules, cleaned)
    PostVersion.objects.create(post=held, number=held.edits + 1, text=held.text)
    held.text, held.edits, held.edited_at = cleaned, held.edits + 1, timezone.now()
    named = name_mentioned(held)
    held.save(update_fields=["text", "edits", "edited_at", "mentions"])
    note_hits(held, hits, rules=voice.rules)
    if held.held_at is None:
        tell_mentioned(held, named, by=by)
    return held


@dataclass(frozen=True)
class Sent:
    """A form as it is judged: the cleaned text, and the title of a new thread."""

    writing: Writing
    cleaned: str
    title: str = ""

    def judged(self, rules: UUID | None) -> list[Entry]:
        names = [one.name or "" for one in self.writing.files]
        return judge(rules, self.cleaned, [one for one in (self.title, *names) if one])


def _once(write: Callable[[list], Post], sent: Sent, workshop: Workshop, by: User) -> Post:
    """What ``write`` makes, or what the same form made before.

    Raises: WordRefused, LinkRefused; what ``write`` raises.
    """
    token = sent.writing.token
    try:
        with transaction.atomic():
            voice = require_voice(by, workshop, token)
            if voice.known:
                return _sent(by, token, pk=voice.known)
            hits = sent.judged(voice.rules)
            post = write(hits)
            note_hits(post, hits, rules=voice.rules)
            return post
    except IntegrityError:
        return _sent(by, token)


def _sent(by: User, token: UUID, **which: int) -> Post:
    rows = Post.objects.select_related("thread__workshop")
    found = rows.filter(author=by, token=token, **which).first()
    if found is None:
        raise ChangedMeanwhile
    return found


def _add(
    thread: Thread, number: int, text: str, writing: Writing, by: User, hits: list[Entry]
) -> tuple[Post, dict[int, Named]]:
    quoted = writing.quotes
    held_at = timezone.now() if holds(hits, as_host=writing.as_host) else None
    post = Post(
        thread=thread,
        kind=thread.kind,
        number=number,
        author=by,
        as_host=writing.as_host,
        text=text,
        quotes=quoted if quoted is not None and quoted.thread_id == thread.pk else None,
        token=writing.token,
        hidden_at=held_at,
        held_at=held_at,
    )
    named = name_mentioned(post)
    post.save(force_insert=True)
    attach(post, writing.files)
    read_on(thread, by, number, follow=True)
    return post, named


def _required_text(writing: Writing) -> str:
    cleaned = clean_talk(writing.text)
    checked_files(writing.files)
    if not written_characters(cleaned) and not writing.files:
        raise TextMissing
    return cleaned


def _next_number(thread: Thread) -> int:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [timezone.now(), thread.pk])
        row = cursor.fetchone()
    if row is None:
        raise ThreadClosed
    return row[0]


def _require_open(workshop: Workshop) -> None:
    rows = Workshop.objects.select_for_update(no_key=True)
    if rows.filter(pk=workshop.pk, state=WorkshopState.OPEN).values("pk").first() is None:
        raise ThreadClosed
