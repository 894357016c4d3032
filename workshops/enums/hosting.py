"""The words of calls, applications, terms and lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Qualification(models.TextChoices):
    """From whom the office chooses its hosts (R33)."""

    RESEARCHER = "researcher", _("backbone of teaching research")
    EXPERT = "expert", _("university expert")
    MASTER = "master", _("Qilu master teacher or candidate")
    SPECIAL_GRADE = "special_grade", _("special-grade teacher")
    OTHER = "other", _("other")


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
