from django.db import models
from django.utils.translation import gettext_lazy as _


class NodeKind(models.TextChoices):
    """The floors of the curriculum tree below a stage and subject, in their order."""

    GRADE = "grade", _("grade")
    EDITION = "edition", _("textbook edition")
    VOLUME = "volume", _("volume")
    UNIT = "unit", _("unit")
    LESSON = "lesson", _("lesson")


PARENT_KIND = {
    NodeKind.GRADE: None,
    NodeKind.EDITION: NodeKind.GRADE,
    NodeKind.VOLUME: NodeKind.EDITION,
    NodeKind.UNIT: NodeKind.VOLUME,
    NodeKind.LESSON: NodeKind.UNIT,
}


class Curriculum(models.TextChoices):
    """Local and school-based lessons join shows only, never the pool of the draw (R53)."""

    NATIONAL = "national", _("national curriculum")
    LOCAL = "local", _("local curriculum")
    SCHOOL_BASED = "school_based", _("school-based curriculum")


class LessonState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SHOWN = "shown", _("shown in school")
    PROPOSED = "proposed", _("proposed to the school")
    CHOSEN = "chosen", _("chosen by the school")
    WITHDRAWN = "withdrawn", _("withdrawn")


# A lesson is revised while it is shown; the school may give a proposed one back. A chosen
# lesson holds the teacher's one place of the year (R51), so it is only withdrawn.
NEXT_STATES = {
    LessonState.DRAFT: {LessonState.SHOWN, LessonState.WITHDRAWN},
    LessonState.SHOWN: {LessonState.PROPOSED, LessonState.WITHDRAWN},
    LessonState.PROPOSED: {LessonState.SHOWN, LessonState.CHOSEN, LessonState.WITHDRAWN},
    LessonState.CHOSEN: {LessonState.WITHDRAWN},
    LessonState.WITHDRAWN: {LessonState.DRAFT},
}


class TeamRole(models.TextChoices):
    CO_TEACHER = "co_teacher", _("co-teacher")
    COACH = "coach", _("coach")
    TECHNICIAN = "technician", _("recording and editing")


class ObservationMode(models.TextChoices):
    ONLINE = "online", _("online")
    OFFLINE = "offline", _("in the classroom")


class ReviewState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")


class ReportKind(models.TextChoices):
    """What R56 forbids."""

    PERFORMANCE = "performance", _("performed for the camera")
    REHEARSAL = "rehearsal", _("rehearsed with the class beforehand")
    REPEAT = "repeat", _("recorded or used before")
    FRAUD = "fraud", _("fraud or naked self-interest")


class ReportState(models.TextChoices):
    FILED = "filed", _("filed")
    UPHELD = "upheld", _("upheld")
    DISMISSED = "dismissed", _("dismissed")


class HintKind(models.TextChoices):
    RECORDING = "recording", _("recording")
    PLAN = "plan", _("lesson plan")
    REVIEW = "review", _("review")


class HintState(models.TextChoices):
    OPEN = "open", _("to be looked at")
    CONFIRMED = "confirmed", _("confirmed as a copy")
    DISMISSED = "dismissed", _("not a copy")


class DrawState(models.TextChoices):
    """A draw is announced before its seed exists, and dealt by the seed."""

    PREPARED = "prepared", _("being prepared")
    COMMITTED = "committed", _("announced")
    DRAWN = "drawn", _("drawn")


DRAW_NEXT_STATES = {
    DrawState.PREPARED: {DrawState.COMMITTED},
    DrawState.COMMITTED: {DrawState.DRAWN},
    DrawState.DRAWN: set(),
}


class Rung(models.TextChoices):
    """Where a drawn lesson came from: this year's own pool, or a step of the ladder (A4)."""

    CITY = "city", _("this year's city-level lessons")
    EARLIER_YEARS = "earlier_years", _("city-level lessons of earlier years")
    NEXT_STAGE = "next_stage", _("the same subject in another stage")
    NOMINATED = "nominated", _("nominated by the project office")


class Replaced(models.TextChoices):
    """Why a drawn lesson was replaced by another; a reviewed one never is."""

    WITHDRAWN = "withdrawn", _("the lesson was withdrawn from the pool")
    REGISTRATION = "registration", _("the registration was corrected")
    EXCLUDED = "excluded", _("the lesson is closer to the teacher than was known")
