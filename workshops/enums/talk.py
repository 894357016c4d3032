"""The words of posts, threads and inquiries."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThreadKind(models.TextChoices):
    """What a thread is for. Guide, announcement and bulletin are the hosts' alone."""

    QUESTION = "question", _("question")
    TOPIC = "topic", _("discussion topic")
    RESOURCE = "resource", _("resource")
    GUIDE = "guide", _("learning guide")
    ANNOUNCEMENT = "announcement", _("announcement")
    BULLETIN = "bulletin", _("bulletin")
    INQUIRY = "inquiry", _("joint inquiry")


HOST_KINDS = (ThreadKind.GUIDE, ThreadKind.ANNOUNCEMENT, ThreadKind.BULLETIN)


class Act(models.TextChoices):
    """The six things that hosts do in a workshop, each counted (R31)."""

    GUIDE = "guide", _("learning guides")
    BULLETIN = "bulletin", _("bulletins")
    RESOURCE = "resource", _("resources")
    ANSWER = "answer", _("answers to questions")
    TOPIC = "topic", _("topics started")
    DISCUSSION = "discussion", _("contributions to discussions")


class Share(models.TextChoices):
    """What a post brings to a joint inquiry (R32); any other is talk about it."""

    PROPOSAL = "proposal", _("proposal")
    EVIDENCE = "evidence", _("tried in class")


class Outcome(models.TextChoices):
    """What became of a report."""

    HIDDEN = "hidden", _("post hidden")
    KEPT = "kept", _("post stays")
