"""The words of seats and places."""

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
