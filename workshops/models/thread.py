from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from workshops.enums.talk import ThreadKind
from workshops.models.workshop import Workshop
from workshops.policy import TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: User) -> ThreadQuerySet:
        """Those of every workshop that the user may open; hidden ones only the author's own."""
        visible = Workshop.objects.visible_to(user)
        return self.filter(Q(hidden_at=None) | Q(author=user), workshop__in=visible)

    def shown(self) -> ThreadQuerySet:
        return self.filter(hidden_at=None)

    def unanswered(self) -> ThreadQuerySet:
        """Questions that still wait, whatever became of the discussion below them."""
        return self.filter(kind=ThreadKind.QUESTION, answered_at=None, hidden_at=None)


class Thread(models.Model):
    """Something said in a workshop with what was said to it, post by post.

    The row is locked while a post gets its number, so posts are numbered 1, 2, 3 …
    without a gap; post 1 is the thread's own text. ``posts_count`` is the last number given: a
    page of a thread is a range of numbers, as cheap at post 1,500 as at post 50.

    A question is answered once its asker or a host says so; ``answer`` is the post that did it.

    Source: R31.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="threads", db_index=False)
    kind = models.CharField(max_length=12, choices=ThreadKind)
    title = models.CharField(max_length=TITLE_LENGTH)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    posts_count = models.PositiveIntegerField(default=1)
    pinned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(
        "workshops.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="thread_with_its_kind", fields=["id", "kind"]),
            models.CheckConstraint(name="thread_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="thread_only_questions_are_answered",
                condition=Q(answered_at=None, answer=None) | Q(kind=ThreadKind.QUESTION),
            ),
        ]
        indexes = [
            models.Index(
                F("workshop"), F("last_post_at").desc(), F("id").desc(), name="thread_newest"
            ),
            models.Index(
                fields=["workshop", "created_at"],
                name="thread_unanswered",
                condition=Q(kind=ThreadKind.QUESTION, answered_at=None, hidden_at=None),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def waits(self) -> bool:
        """A question without an answer."""
        return self.kind == ThreadKind.QUESTION and self.answered_at is None


class Reading(models.Model):
    """How far a person has read a thread, and whether the person follows it."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_to = models.PositiveIntegerField(default=0)
    follows = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="reading_once", fields=["thread", "user"])]

    def __str__(self):
        return f"{self.thread_id} {self.user_id} {self.read_to}"
