"""Lists of threads, and the pages of one: every page costs the same, whatever lies before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Count, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from workshops.models import Draft, Post, PostFile, Reading, Thread
from workshops.policy import ANSWER_HOURS, POSTS_A_PAGE

if TYPE_CHECKING:
    from accounts.models import User
    from workshops.models import Workshop

# What a page shows of a post: fifty of them with all columns cost more than their template.
SHOWN = (
    *("thread", "kind", "number", "as_host", "text", "mentions", "created_at", "edits"),
    *("hidden_at", "held_at"),
    *("author__real_name", "author__school__name"),
    *("quotes__text", "quotes__hidden_at", "quotes__author__real_name"),
)
LINE = (
    *("workshop", "kind", "title", "created_at", "last_post_at", "posts_count"),
    *("pinned_at", "closed_at", "answered_at", "author__real_name"),
)
PER_PAGE = 30
MOST_PINNED = 10


@dataclass(frozen=True)
class ThreadLine:
    """A thread in a list with what the reader has not read of it."""

    thread: Thread
    unread: int

    @property
    def hours(self) -> int:
        """How long a question has been open. Units: whole hours."""
        return (timezone.now() - self.thread.created_at) // timedelta(hours=1)

    @property
    def overdue(self) -> bool:
        return self.thread.waits and self.hours >= ANSWER_HOURS


@dataclass(frozen=True)
class ThreadPage:
    """One page of a list; ``before`` leads to the next."""

    pinned: list[ThreadLine]
    lines: list[ThreadLine]
    before: str


def thread_page(
    workshop: Workshop, user: User, *, kind: str = "", waiting: bool = False, before: str = ""
) -> ThreadPage:
    """The pinned threads, then the newest activity first; from ``before`` on. Two queries."""
    chosen = Thread.objects.filter(workshop=workshop)
    if kind:
        chosen = chosen.filter(kind=kind)
    rows = lines_of(chosen.unanswered() if waiting else chosen, user)
    pinned: list[ThreadLine] = []
    if not before:
        pinned = _lines(rows.filter(pinned_at__isnull=False).order_by("-pinned_at")[:MOST_PINNED])
    rest = rows.filter(pinned_at=None).order_by("-last_post_at", "-pk")
    if place := _parsed(before):
        at, key = place
        rest = rest.filter(Q(last_post_at__lt=at) | Q(last_post_at=at, pk__lt=key))
    found = _lines(rest[: PER_PAGE + 1])
    more = len(found) > PER_PAGE
    found = found[:PER_PAGE]
    return ThreadPage(pinned, found, _place(found[-1].thread) if more else "")


def newest_lines(workshop: Workshop, user: User, most: int) -> list[ThreadLine]:
    """Unanswered questions first, then what was said last. One query."""
    rows = lines_of(Thread.objects.filter(workshop=workshop), user)
    first = Case(When(kind="question", answered_at=None, then=0), default=1)
    return _lines(rows.order_by(first, "-last_post_at", "-pk")[:most])


def lines_of(rows: QuerySet[Thread], user: User) -> QuerySet:
    """Shown threads with their authors and ``read_to``, the last post that the user has read."""
    reading = Reading.objects.filter(thread=OuterRef("pk"), user=user)
    shown = rows.filter(hidden_at=None).select_related("author").only(*LINE)
    return shown.annotate(read_to=Subquery(reading.values("read_to")))


def _lines(rows: QuerySet) -> list[ThreadLine]:
    return [ThreadLine(one, max(0, one.posts_count - (one.read_to or 0))) for one in rows]


def _place(thread: Thread) -> str:
    return f"{thread.last_post_at.isoformat()}_{thread.pk}"


def _parsed(before: str) -> tuple[datetime, int] | None:
    moment, _sign, key = before.rpartition("_")
    try:
        at = parse_datetime(moment.replace(" ", "+"))
        return (at, int(key)) if at else None
    except ValueError:
        return None


def posts_of(thread: Thread, page: int) -> list[Post]:
    """The posts of a page with authors, schools, quoted posts and files. Two queries."""
    first = (page - 1) * POSTS_A_PAGE
    return posts_between(thread, first, first + POSTS_A_PAGE)


def posts_between(thread: Thread, after: int, to: int) -> list[Post]:
    """Posts numbered above ``after``, up to and with ``to``."""
    rows = Post.objects.filter(thread=thread, number__gt=after, number__lte=to)
    rows = rows.select_related("author__school", "quotes__author").only(*SHOWN).order_by("number")
    newest = PostFile.objects.filter(replaced_at=None).order_by("pk")
    return list(rows.prefetch_related(Prefetch("files", newest, to_attr="held_files")))


def page_with(number: int) -> int:
    """The page on which the post with this number stands."""
    return max(0, number - 1) // POSTS_A_PAGE + 1


def own_place(thread: Thread, user: User) -> tuple[Reading, Draft | None]:
    """How far the user has read, and what the user began to write. Two queries."""
    reading = Reading.objects.filter(thread=thread, user=user).first()
    draft = Draft.objects.filter(
        user=user, workshop=thread.workshop_id, place=f"thread:{thread.pk}"
    ).first()
    return reading or Reading(thread=thread, user=user), draft


def waiting_counts(workshop: Workshop) -> dict[str, int]:
    """Open questions, and those of them that are overdue. One query."""
    late = timezone.now() - timedelta(hours=ANSWER_HOURS)
    rows = Thread.objects.filter(workshop=workshop).unanswered()
    return rows.aggregate(waiting=Count("pk"), overdue=Count("pk", filter=Q(created_at__lte=late)))


def versions_of(file: PostFile) -> list[PostFile]:
    """Every version of a file, the newest first, with who added it. One query."""
    first = file.first_id or file.pk
    rows = PostFile.objects.filter(Q(pk=first) | Q(first=first), post=file.post_id)
    return list(rows.select_related("added_by").order_by("-version"))
