from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone

from core.models.guards import append_only
from workshops.enums.talk import Act, ThreadKind
from workshops.models.thread import Thread
from workshops.models.workshop import Workshop
from workshops.policy import REASON_LENGTH, TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User

STARTED = [
    (ThreadKind.GUIDE, Act.GUIDE),
    (ThreadKind.BULLETIN, Act.BULLETIN),
    (ThreadKind.RESOURCE, Act.RESOURCE),
    (ThreadKind.TOPIC, Act.TOPIC),
]
"""What it counts as to start such a thread; an announcement and a question are none of the six."""


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User) -> PostQuerySet:
        """Those of every workshop that the user may open; hidden ones only the user's own."""
        visible = Workshop.objects.visible_to(user)
        return self.filter(Q(hidden_at=None) | Q(author=user), thread__workshop__in=visible)


class Post(models.Model):
    """One post of a thread. ``text`` is HTML, cleaned when written and once more when read.

    ``kind`` repeats the thread's (a composite foreign key holds it to it), so that the
    database itself knows which of the six acts a host's post is. ``token`` is made with the form:
    a form that is sent twice is one post. ``held_at``: hidden because the word list holds it for a
    host to look at. ``mentions``: names behind an @ that meant somebody of the workshop, and
    whether that is a host.

    Source: R31.
    """

    thread = models.ForeignKey(
        Thread, models.PROTECT, related_name="posts", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=12, choices=ThreadKind)
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", db_index=False
    )
    as_host = models.BooleanField(default=False)
    act = models.GeneratedField(
        expression=Case(
            *(When(kind=kind, number=1, then=Value(act)) for kind, act in STARTED),
            When(number=1, then=Value("")),
            When(kind=ThreadKind.QUESTION, then=Value(Act.ANSWER)),
            default=Value(Act.DISCUSSION),
        ),
        output_field=models.CharField(max_length=12),
        db_persist=True,
    )
    text = models.TextField()
    quotes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    token = models.UUIDField(default=uuid4)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    edits = models.PositiveSmallIntegerField(default=0)
    hidden_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    mentions = models.JSONField(null=True)

    objects = PostQuerySet.as_manager()
    share: Any = None
    """What the post brings to an inquiry; set by the pages of one."""

    class Meta:
        constraints = [
            models.UniqueConstraint(name="post_number_once", fields=["thread", "number"]),
            models.UniqueConstraint(name="post_sent_once", fields=["author", "token"]),
            models.CheckConstraint(name="post_numbered_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="post_held_is_hidden", condition=Q(held_at=None) | Q(hidden_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["author", "created_at"], name="post_of_author"),
            BrinIndex(fields=["created_at"], name="post_of_a_time"),  # they come in that order
        ]

    def __str__(self):
        return f"{self.thread_id}.{self.number}"


class PostVersion(models.Model):
    """What a post said before an edit. Append-only."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="post_version_once", fields=["post", "number"])]
        triggers = append_only("post_version")

    def __str__(self):
        return f"{self.post_id} v{self.number}"


class PostFile(models.Model):
    """A picture or document that a post carries, in one of its versions.

    A new version does not replace the row: ``first`` is the file's first version, and the post
    shows the one that has no ``replaced_at``.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="files")
    file = models.FileField(upload_to="workshops/%Y/%m/", max_length=200)
    name = models.CharField(max_length=150)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", db_index=False
    )
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    added_at = models.DateTimeField(default=timezone.now, db_default=Now())
    why = models.CharField(max_length=REASON_LENGTH, blank=True, db_default="")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="post_file_once", fields=["post", "sha256"]),
            models.CheckConstraint(
                name="post_file_later_versions_for_a_reason",
                condition=Q(first=None, version=1)
                | Q(first__isnull=False, version__gt=1) & ~Q(why=""),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.name.lower().endswith((".png", ".jpg", ".jpeg"))

    @property
    def is_pdf(self) -> bool:
        return self.name.lower().endswith(".pdf")


class Draft(models.Model):
    """What a person began to write and has not sent. ``place``: "thread:12" or a kind to start."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    place = models.CharField(max_length=40)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="draft_once", fields=["user", "workshop", "place"])
        ]

    def __str__(self):
        return f"{self.user_id} {self.place}"
