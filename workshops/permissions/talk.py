"""Who may read and write the talk."""

from __future__ import annotations

from accounts.models import User
from workshops.enums.talk import HOST_KINDS, ThreadKind
from workshops.models import Post, Thread, Workshop
from workshops.models.workshop import READERS
from workshops.queries.standing import Standing


def can_read_talk(user: User, workshop: Workshop, standing: Standing) -> bool:
    """``can_open`` for who has asked for the standing already: no further query."""
    return standing.member or standing.host or user.serves(READERS, workshop.organisation)


def can_write(workshop: Workshop, standing: Standing) -> bool:
    """Start threads and reply: the people of an open workshop."""
    return workshop.is_open and (standing.member or standing.host)


def can_start(workshop: Workshop, standing: Standing, kind: str) -> bool:
    """Members ask, start topics and share; guides, announcements and bulletins are the hosts'."""
    return can_write(workshop, standing) and (standing.host or kind not in HOST_KINDS)


def can_mark_answered(user: User, thread: Thread, standing: Standing) -> bool:
    """The asker or a host says that a question is answered."""
    return can_write(thread.workshop, standing) and (standing.host or thread.author_id == user.pk)


def can_adopt(user: User, thread: Thread, standing: Standing) -> bool:
    """Who began a joint inquiry, or a host, says what came out of it."""
    return thread.kind == ThreadKind.INQUIRY and can_mark_answered(user, thread, standing)


def can_edit(user: User, post: Post, standing: Standing) -> bool:
    """One's own posts alone; a host hides, and never rewrites."""
    return post.author_id == user.pk and can_write(post.thread.workshop, standing)
