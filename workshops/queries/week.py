"""What happened in a workshop in a week: the facts of its bulletin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from workshops.enums.talk import ThreadKind
from workshops.models import Post, Thread

if TYPE_CHECKING:
    from workshops.models import Workshop

DAYS = 7
BEST = 3


@dataclass(frozen=True)
class Week:
    """Counts of shown posts and threads from ``since`` to ``until``, and the best of them.

    ``best``: the threads in which most different people wrote, the liveliest first.
    """

    since: datetime
    until: datetime
    people: int
    posts: int
    asked: int
    answered: int
    waiting: int
    best: list[tuple[str, int]]


def week_of(workshop: Workshop, until: datetime) -> Week:
    """The seven days before ``until``. Three queries."""
    since = until - timedelta(days=DAYS)
    threads = Thread.objects.shown().filter(workshop=workshop)
    said = Post.objects.filter(
        thread__in=threads, hidden_at=None, created_at__gte=since, created_at__lt=until
    )
    question = Q(kind=ThreadKind.QUESTION)
    sums = threads.aggregate(
        asked=Count("pk", filter=question & Q(created_at__gte=since, created_at__lt=until)),
        answered=Count("pk", filter=Q(answered_at__gte=since, answered_at__lt=until)),
        waiting=Count("pk", filter=question & Q(answered_at=None)),
    )
    sums |= said.aggregate(people=Count("author", distinct=True), posts=Count("pk"))
    told = said.exclude(kind__in=(ThreadKind.ANNOUNCEMENT, ThreadKind.BULLETIN))
    best = told.values_list("thread__title").annotate(people=Count("author", distinct=True))
    best = best.order_by("-people", "-thread__last_post_at")[:BEST]
    return Week(since, until, best=list(best), **sums)
