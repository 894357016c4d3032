"""What waits for a host, and what waits for the level above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from workshops.models import Hiding, Post, Report, Sanction, WordHit

if TYPE_CHECKING:
    from accounts.models import User
    from workshops.models import Workshop

MOST = 50


def reported_posts(workshop: Workshop, reader: User) -> list[Post]:
    """Posts with open reports, the oldest first, each with ``open_reports``. Two queries.

    Nobody learns here who reported the own posts.
    """
    open_ = Report.objects.filter(settled_at=None).select_related("reporter").order_by("pk")
    rows = Post.objects.filter(
        Exists(open_.filter(post=OuterRef("pk")).order_by()), thread__workshop=workshop
    )
    rows = rows.exclude(author=reader).select_related("author", "thread").order_by("pk")
    return list(rows.prefetch_related(Prefetch("reports", open_, to_attr="open_reports"))[:MOST])


def noticed_posts(workshop: Workshop) -> list[Post]:
    """What the word list holds or points out, the oldest first, with ``open_hits``. Two queries."""
    open_ = WordHit.objects.filter(settled_at=None).order_by("pk")
    rows = Post.objects.filter(
        Exists(open_.filter(post=OuterRef("pk")).order_by()), thread__workshop=workshop
    )
    rows = rows.select_related("author", "thread").order_by("pk")
    return list(rows.prefetch_related(Prefetch("word_hits", open_, to_attr="open_hits"))[:MOST])


def hidden_here(workshop: Workshop) -> QuerySet[Hiding]:
    """What is hidden today, the newest first."""
    rows = Hiding.objects.standing().filter(post__thread__workshop=workshop)
    return rows.select_related("post__author", "post__thread", "hidden_by").order_by("-pk")[:MOST]


def sanctions_here(workshop: Workshop) -> QuerySet[Sanction]:
    """Who may only read today."""
    rows = Sanction.objects.filter(workshop=workshop, until__gt=timezone.now(), lifted_at=None)
    return rows.select_related("user", "spoken_by").order_by("until")


def own_cases(user: User) -> QuerySet[Post]:
    """The user's own posts that are hidden or held today, the newest first, with ``standing``."""
    place = [f"thread__workshop__{one}" for one in ("organisation", "programme")]
    rows = Post.objects.filter(author=user, hidden_at__isnull=False)
    rows = rows.select_related(*place, "thread__workshop__parent__organisation")
    rows = rows.defer("thread__workshop__programme__rule_pack").order_by("-hidden_at", "-pk")
    standing = Hiding.objects.standing().select_related("hidden_by")
    return rows.prefetch_related(Prefetch("hidings", standing, to_attr="standing"))


def with_case(hidings: QuerySet[Hiding]) -> QuerySet[Hiding]:
    """Joined with the post, its thread, its workshop's place and the people of the case."""
    rows = hidings.select_related(
        "post__author",
        "post__thread__workshop__organisation__parent",
        "post__thread__workshop__programme",
        "post__thread__workshop__parent__organisation",
        "hidden_by",
    )
    return rows.defer("post__thread__workshop__programme__rule_pack").order_by("appealed_at")
