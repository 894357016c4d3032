from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseState(models.TextChoices):
    """Where a teacher stands in a course; each leads to one next step."""

    NOT_OPEN = "not_open", _("not open yet")
    CLOSED = "closed", _("withdrawn for now")
    NEW = "new", _("not started")
    STUDYING = "studying", _("under way")
    TEST = "test", _("test to pass")
    NO_ATTEMPT_LEFT = "no_attempt_left", _("test not passed")
    HOMEWORK = "homework", _("homework to write")
    RETURNED = "returned", _("homework returned")
    WAITING = "waiting", _("homework with the marker")
    LATE = "late", _("finished too late")
    EARNED = "earned", _("hours earned")

    @property
    def is_done(self) -> bool:
        """Whether nothing is left for the teacher to do."""
        return self in (CourseState.EARNED, CourseState.LATE, CourseState.WAITING)
