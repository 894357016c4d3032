"""The words of the assessment of hosts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counted(models.TextChoices):
    """What counts for a host: the six acts (R31), answers in time, duty (R38), meetings (R37)."""

    GUIDE = "guide", _("learning guides")
    BULLETIN = "bulletin", _("bulletins")
    RESOURCE = "resource", _("resources")
    ANSWER = "answer", _("answers to questions")
    PROMPT = "prompt", _("first answers within 48 hours")
    TOPIC = "topic", _("topics started")
    DISCUSSION = "discussion", _("contributions to discussions")
    DUTY = "duty", _("shifts of duty served")
    TRAINING = "training", _("trainings attended")
    SEMINAR = "seminar", _("offline seminars")


class Grade(models.TextChoices):
    """How an assessment ends; the published formula says from how many points."""

    EXCELLENT = "excellent", _("excellent")
    GOOD = "good", _("good")
    PASSED = "passed", _("pass")
    FAILED = "failed", _("fail")


class AssessmentState(models.TextChoices):
    """Results are shown first, corrected where they are wrong, and then stand for good."""

    SHOWN = "shown", _("shown for correction")
    CONFIRMED = "confirmed", _("confirmed")


class Plea(models.TextChoices):
    """Before the results are confirmed a host asks the office, afterwards the level above."""

    CORRECTION = "correction", _("correction")
    APPEAL = "appeal", _("appeal")


class Fault(models.TextChoices):
    """What a host says of one counted act."""

    NOT_MINE = "not_mine", _("It is not mine: somebody else did it")
    WRONG = "wrong", _("It is mine, but should not count here")
    MISSING = "missing", _("It is missing under another kind")


class Consequence(models.TextChoices):
    """What follows from a result (R39)."""

    STAYS = "stays", _("stays")
    WARNED = "warned", _("is warned")
    RENEWED = "renewed", _("term renewed")
    ENDED = "ended", _("term ended")
