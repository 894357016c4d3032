"""Threads and posts: starting, replying, editing. Whoever sends twice writes once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from courses.domain.homework import clean_text, written_characters
from workshops.domain.drafts import drop_draft
from workshops.domain.news import tell_mentioned, tell_of_reply, tell_of_thread
from workshops.domain.post_files import attach, checked_files
from workshops.domain.rate import require_voice
from workshops.domain.reading import read_on
from workshops.enums import ThreadKind, WorkshopState
from workshops.errors import ChangedMeanwhile, TextMissing, ThreadClosed, TitleMissing
from workshops.models import Post, PostVersion, Thread, Workshop
from workshops.policy import TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User

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

    def write() -> Post:
        _require_open(workshop)
        thread = Thread(workshop=workshop, kind=kind, title=title, author=by)
        thread.save(force_insert=True)
        post = _add(thread, 1, text, writing, by)
        drop_draft(by, workshop, str(kind))
        tell_of_thread(thread, post, by=by)
        return post

    return _once(write, writing, workshop, by).thread


def reply(thread: Thread, writing: Writing, *, by: User) -> Post:
    """Write the next post of a thread; from now on its author follows it.

    Safe to repeat: the same form sent twice is one post.

    Raises: TextMissing; Muted; ThreadClosed; TooManyPosts; TooManyFiles, FileRefused.
    Source: R31.
    """
    text = _required_text(writing)

    def write() -> Post:
        post = _add(thread, _next_number(thread), text, writing, by)
        drop_draft(by, thread.workshop, f"thread:{thread.pk}")
        tell_of_reply(post, by=by)
        return post

    return _once(write, writing, thread.workshop, by)


@transaction.atomic
def edit_post(post: Post, text: str, *, edits: int, by: User) -> Post:
    """Replace one's own text; what it said before stays readable. Safe to repeat.

    ``edits``: how often the text had been edited when the form was made.

    Raises: TextMissing; ThreadClosed; ChangedMeanwhile when it was edited elsewhere.
    """
    cleaned = clean_text(text)
    if not written_characters(cleaned):
        raise TextMissing
    rows = Post.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("thread__workshop").get(pk=post.pk)
    if held.text == cleaned:
        return held
    if held.edits != edits:
        raise ChangedMeanwhile
    if held.thread.closed_at or not held.thread.workshop.is_open or held.hidden_at:
        raise ThreadClosed
    require_voice(by, held.thread.workshop, uuid4())
    PostVersion.objects.create(post=held, number=held.edits + 1, text=held.text)
    held.text, held.edits, held.edited_at = cleaned, held.edits + 1, timezone.now()
    held.save(update_fields=["text", "edits", "edited_at"])
    tell_mentioned(held, by=by)
    return held


def _once(write: Callable[[], Post], writing: Writing, workshop: Workshop, by: User) -> Post:
    """What ``write`` makes, or what the same form made before."""
    try:
        with transaction.atomic():
            if known := require_voice(by, workshop, writing.token):
                return _sent(by, writing.token, pk=known)
            return write()
    except IntegrityError:
        return _sent(by, writing.token)


def _sent(by: User, token: UUID, **which: int) -> Post:
    rows = Post.objects.select_related("thread__workshop")
    found = rows.filter(author=by, token=token, **which).first()
    if found is None:
        raise ChangedMeanwhile
    return found


def _add(thread: Thread, number: int, text: str, writing: Writing, by: User) -> Post:
    quoted = writing.quotes
    post = Post(
        thread=thread,
        kind=thread.kind,
        number=number,
        author=by,
        as_host=writing.as_host,
        text=text,
        quotes=quoted if quoted is not None and quoted.thread_id == thread.pk else None,
        token=writing.token,
    )
    post.save(force_insert=True)
    attach(post, writing.files)
    read_on(thread, by, number, follow=True)
    return post


def _required_text(writing: Writing) -> str:
    cleaned = clean_text(writing.text)
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
