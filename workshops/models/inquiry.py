from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from workshops.enums.talk import Share
from workshops.models.post import Post
from workshops.models.thread import Thread


class Contribution(models.Model):
    """What a post brings to a joint inquiry: a proposal, or how a proposal went in class.

    The problem is the thread's first post. ``adopted_at`` stands on adopted proposals and on
    the evidence for them: their authors are credited with the result.

    Source: R32.
    """

    post = models.OneToOneField(Post, models.PROTECT, primary_key=True, related_name="contribution")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="contributions")
    role = models.CharField(max_length=10, choices=Share)
    proposal = models.ForeignKey("self", models.PROTECT, null=True, related_name="evidence")
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contribution_evidence_names_its_proposal",
                condition=Q(role=Share.PROPOSAL, proposal=None)
                | Q(role=Share.EVIDENCE, proposal__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.role} {self.post_id}"


class Result(models.Model):
    """What came out of a joint inquiry and goes into the classroom. One per inquiry."""

    thread = models.OneToOneField(Thread, models.PROTECT, primary_key=True, related_name="result")
    text = models.TextField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    adopted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="result_in_words", condition=~Q(text=""))]

    def __str__(self):
        return f"{self.thread_id}"
