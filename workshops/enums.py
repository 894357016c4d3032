from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkshopKind(models.TextChoices):
    """For required courses by stage and subject; for electives by topic (R29)."""

    SUBJECT = "subject", _("subject workshop")
    TOPIC = "topic", _("topic workshop")


class WorkshopState(models.TextChoices):
    """An open workshop stays open after its year (R21); a closed one is read only."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


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


class Sanctioned(models.TextChoices):
    """What a host can do about a person: say so, or let them only read for a time."""

    WARNED = "warned", _("warned")
    MUTED = "muted", _("may only read")


class Way(models.TextChoices):
    """How somebody came to a seat."""

    PAGE = "page", _("joined")
    INVITATION = "invitation", _("invited")
    PLACEMENT = "placement", _("placed")
    IMPORT = "import", _("entered by the office")
    MOVE = "move", _("moved")


class Leaving(models.TextChoices):
    """Why a seat was given up."""

    LEFT = "left", _("left")
    MOVED = "moved", _("moved")
    HOST = "host", _("became host")
    WITHDRAWN = "withdrawn", _("no longer enrolled")


class Qualification(models.TextChoices):
    """From whom the office chooses its hosts (R33)."""

    RESEARCHER = "researcher", _("backbone of teaching research")
    EXPERT = "expert", _("university expert")
    MASTER = "master", _("Qilu master teacher or candidate")
    SPECIAL_GRADE = "special_grade", _("special-grade teacher")
    OTHER = "other", _("other")


class PlacementState(models.TextChoices):
    """A placement is tried first and carried out exactly as it was shown."""

    ASKED = "asked", _("being tried")
    READY = "ready", _("ready to be carried out")
    DONE = "done", _("carried out")


NEXT_STATES = {
    PlacementState.ASKED: {PlacementState.READY},
    PlacementState.READY: {PlacementState.READY, PlacementState.DONE},
    PlacementState.DONE: set(),
}


class Verdict(models.TextChoices):
    """What the word list does with a text that has the word."""

    REFUSE = "refuse", _("refuse the text")
    HOLD = "hold", _("hold it until a host has looked")
    REPORT = "report", _("point it out to the hosts")


class LinkRule(models.TextChoices):
    """What becomes of addresses outside the hosts that are allowed."""

    LEAVING = "leaving", _("shown, with a page that says where one goes")
    REFUSED = "refused", _("refused when written")


class SwapState(models.TextChoices):
    """How an offered shift stands; an offer that nobody answered in time has expired."""

    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


class ShiftState(models.TextChoices):
    """How a shift stands at a moment; computed from the clock and the check-in."""

    OPEN = "open", _("open, nobody serves")
    AHEAD = "ahead", _("to come")
    DUE = "due", _("waiting for check-in")
    THERE = "there", _("on duty")
    SERVED = "served", _("served")
    LATE = "late", _("served, late")
    MISSED = "missed", _("missed")


class ApplicationState(models.TextChoices):
    """Volunteer, unit, province: each step is signed (R34)."""

    VOLUNTEERED = "volunteered", _("waits for the school's word")
    RECOMMENDED = "recommended", _("recommended, waits for the province")
    SELECTED = "selected", _("selected")
    NOT_RECOMMENDED = "not_recommended", _("not recommended by the school")
    NOT_SELECTED = "not_selected", _("not selected")
    WITHDRAWN = "withdrawn", _("withdrawn")


APPLICATION_ACTS = {
    ApplicationState.VOLUNTEERED: _("Volunteers"),
    ApplicationState.RECOMMENDED: _("Recommends"),
    ApplicationState.SELECTED: _("Selects"),
    ApplicationState.NOT_RECOMMENDED: _("Does not recommend"),
    ApplicationState.NOT_SELECTED: _("Does not select"),
    ApplicationState.WITHDRAWN: _("Withdraws"),
}
NEXT_APPLICATION_STATES: dict[str, set[ApplicationState]] = {
    "": {ApplicationState.VOLUNTEERED},
    ApplicationState.VOLUNTEERED: {
        ApplicationState.RECOMMENDED,
        ApplicationState.NOT_RECOMMENDED,
        ApplicationState.WITHDRAWN,
    },
    ApplicationState.RECOMMENDED: {
        ApplicationState.SELECTED,
        ApplicationState.NOT_SELECTED,
        ApplicationState.WITHDRAWN,
    },
    ApplicationState.NOT_RECOMMENDED: {ApplicationState.VOLUNTEERED},
    ApplicationState.WITHDRAWN: {ApplicationState.VOLUNTEERED},
    ApplicationState.SELECTED: set(),
    ApplicationState.NOT_SELECTED: set(),
}


class ListState(models.TextChoices):
    """Where a version of a unit's list of hosts is on its way to the province (R35)."""

    SENT = "sent", _("waits for the unit above")
    FORWARDED = "forwarded", _("passed on, waits for the province")
    FILED = "filed", _("filed by the province")
    RETURNED = "returned", _("returned")
    TAKEN_BACK = "taken_back", _("taken back")


LIST_ACTS = {
    ListState.SENT: _("Sends the list"),
    ListState.FORWARDED: _("Passes it on"),
    ListState.FILED: _("Files it"),
    ListState.RETURNED: _("Returns it"),
    ListState.TAKEN_BACK: _("Takes it back"),
}
OPEN_LIST_STATES = (ListState.SENT, ListState.FORWARDED)
NEXT_LIST_STATES: dict[str, set[ListState]] = {
    "": {ListState.SENT},
    ListState.SENT: {
        ListState.FORWARDED,
        ListState.FILED,
        ListState.RETURNED,
        ListState.TAKEN_BACK,
    },
    ListState.FORWARDED: {ListState.FILED, ListState.RETURNED},
    ListState.FILED: set(),
    ListState.RETURNED: set(),
    ListState.TAKEN_BACK: set(),
}


class ActivityMode(models.TextChoices):
    """How an activity of the guidance plan is held (R38: regular online and offline guidance)."""

    ONLINE = "online", _("online")
    OFFLINE = "offline", _("offline")


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


NEXT_ASSESSMENT_STATES = {
    AssessmentState.SHOWN: {AssessmentState.CONFIRMED},
    AssessmentState.CONFIRMED: set(),
}


class Plea(models.TextChoices):
    """Before the results are confirmed a host asks the office, afterwards the level above."""

    CORRECTION = "correction", _("correction")
    APPEAL = "appeal", _("appeal")


class Consequence(models.TextChoices):
    """What follows from a result (R39)."""

    STAYS = "stays", _("stays")
    WARNED = "warned", _("is warned")
    RENEWED = "renewed", _("term renewed")
    ENDED = "ended", _("term ended")
