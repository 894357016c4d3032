from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models.guards import append_only
from workshops.enums.moderation import LinkRule, Verdict
from workshops.models.post import Post
from workshops.policy import REASON_LENGTH


def _person():
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )


class TalkRules(models.Model):
    """A version of the platform's word list and link rules. Append-only: a change is a new one.

    ``words``: pairs of a word as the office wrote it and its ``Verdict``. ``hosts``: the
    hosts whose addresses are shown as links; ``links`` says what becomes of the others. ``key``
    names the version in a process's memory of it.
    """

    key = models.UUIDField(default=uuid4, unique=True)
    words = models.JSONField(default=list)
    hosts = models.JSONField(default=list)
    links = models.CharField(max_length=8, choices=LinkRule, default=LinkRule.LEAVING)
    why = models.CharField(max_length=REASON_LENGTH)
    made_by = _person()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="talk_rules_for_a_reason", condition=~Q(why=""))]
        triggers = append_only("talk_rules")

    def __str__(self):
        return f"v{self.pk}"


class RulesTrial(models.Model):
    """What a version would have done to the posts of the last ``days``. Append-only.

    ``found``: lines of kind, word or host, verdict, posts and the key of one of them.
    """

    rules = models.ForeignKey(TalkRules, models.PROTECT, related_name="trials")
    days = models.PositiveSmallIntegerField()
    posts = models.PositiveIntegerField()
    found = models.JSONField(default=list)
    tried_by = _person()
    tried_at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers = append_only("rules_trial")

    def __str__(self):
        return f"{self.rules_id} {self.tried_at}"


class RulesInForce(models.Model):
    """Which version holds from when on: the newest row. Append-only."""

    rules = models.ForeignKey(TalkRules, models.PROTECT, related_name="switched_on")
    since = models.DateTimeField(default=timezone.now)
    switched_by = _person()
    why = models.CharField(max_length=REASON_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(name="rules_in_force_for_a_reason", condition=~Q(why=""))
        ]
        triggers = append_only("rules_in_force")

    def __str__(self):
        return f"{self.rules_id} {self.since}"


class WordHit(models.Model):
    """The word list noticed a post: it is held for a host to look at, or only pointed out."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="word_hits", db_index=False)
    rules = models.ForeignKey(TalkRules, models.PROTECT, related_name="+", db_index=False)
    word = models.CharField(max_length=40)
    verdict = models.CharField(max_length=8, choices=Verdict)
    noticed_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="word_hit_once", fields=["post", "word"], condition=Q(settled_at=None)
            ),
            models.CheckConstraint(
                name="word_hit_never_of_a_refused_post", condition=~Q(verdict=Verdict.REFUSE)
            ),
        ]
        indexes = [models.Index(fields=["post"], name="word_hit_of_post")]

    def __str__(self):
        return f"{self.word} {self.post_id}"
