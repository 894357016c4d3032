"""Words of trainings, seminars and calls on lessons."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonCallState(models.TextChoices):
    """How far a school's call for guidance has come (R40)."""

    ASKED = "asked", _("waits for a host")
    ACCEPTED = "accepted", _("taken on by a host")
    DONE = "done", _("guided")
    WITHDRAWN = "withdrawn", _("withdrawn by the school")


NEXT_LESSON_CALL_STATES = {
    LessonCallState.ASKED: {LessonCallState.ACCEPTED, LessonCallState.WITHDRAWN},
    LessonCallState.ACCEPTED: {
        LessonCallState.ASKED,
        LessonCallState.DONE,
        LessonCallState.WITHDRAWN,
    },
    LessonCallState.DONE: set(),
    LessonCallState.WITHDRAWN: set(),
}


class GatheringKind(models.TextChoices):
    """A training of hosts (R37) or a workshop's offline seminar (R37, R38)."""

    TRAINING = "training", _("training of hosts")
    SEMINAR = "seminar", _("offline seminar")


class GatheringState(models.TextChoices):
    """What was called off stays on record, with the reason."""

    ANNOUNCED = "announced", _("announced")
    CANCELLED = "cancelled", _("called off")


class Answer(models.TextChoices):
    """What somebody said to an invitation."""

    INVITED = "invited", _("no answer yet")
    COMING = "coming", _("coming")
    WAITING = "waiting", _("on the waiting list")
    DECLINED = "declined", _("not coming")


class Presence(models.TextChoices):
    """Present at a meeting, or absent for one of these reasons."""

    PRESENT = "present", _("present")
    LEAVE = "leave", _("absent: on leave")
    DUTY = "duty", _("absent: other duty")
    ILL = "ill", _("absent: ill")
    ABSENT = "absent", _("absent without notice")


class SignInWay(models.TextChoices):
    """By the code shown on the spot, or by whoever keeps the list."""

    CODE = "code", _("by code")
    LIST = "list", _("by list")
