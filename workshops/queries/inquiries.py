"""How far a joint inquiry has come, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workshops.enums.talk import Share, ThreadKind
from workshops.models import Contribution, Result

if TYPE_CHECKING:
    from workshops.models import Post, Thread


@dataclass
class Proposal:
    """A proposal by its number in the inquiry, with the evidence for it."""

    number: int
    pk: int
    post: Post
    adopted: bool
    evidence: list[Contribution] = field(default_factory=list)


@dataclass
class Inquiry:
    """The proposals in their order, the result if there is one, who is credited."""

    thread: Thread
    proposals: list[Proposal]
    shares: dict[int, Contribution]
    result: Result | None
    people: list[str]

    @property
    def tried(self) -> list[Proposal]:
        return [one for one in self.proposals if one.evidence]


def inquiry_of(thread: Thread) -> Inquiry | None:
    """None for any other thread, and then no query; else two."""
    if thread.kind != ThreadKind.INQUIRY:
        return None
    rows = Contribution.objects.filter(thread=thread, post__hidden_at=None)
    shares = list(rows.select_related("post__author").order_by("post__number"))
    for one in shares:
        one.post.thread = thread
    proposals: dict[int, Proposal] = {}
    for one in shares:
        if one.role == Share.PROPOSAL:
            number = len(proposals) + 1
            proposals[one.pk] = Proposal(number, one.pk, one.post, one.adopted_at is not None)
        elif one.proposal_id in proposals:
            proposals[one.proposal_id].evidence.append(one)
    names = dict.fromkeys(one.post.author.real_name for one in shares if one.adopted_at)
    result = Result.objects.filter(thread=thread).select_related("adopted_by").first()
    by_post = {one.pk: one for one in shares}
    return Inquiry(thread, list(proposals.values()), by_post, result, list(names))


def posts_with_shares(posts: list[Post], inquiry: Inquiry | None) -> list[Post]:
    """The same posts; those of an inquiry know what they bring to it."""
    if inquiry is not None:
        for post in posts:
            post.share = inquiry.shares.get(post.pk)
    return posts
