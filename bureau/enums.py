from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, nothing imported yet")
    IMPORTING = "importing", _("being imported")
    IMPORTED = "imported", _("imported")
    DISCARDED = "discarded", _("discarded")


NEXT_STATES: dict[str, set[BatchState]] = {
    BatchState.CHECKING: {BatchState.CHECKED, BatchState.DISCARDED},
    BatchState.CHECKED: {BatchState.IMPORTING, BatchState.DISCARDED},
    BatchState.IMPORTING: {BatchState.IMPORTED, BatchState.CHECKED},
    BatchState.IMPORTED: set(),
    BatchState.DISCARDED: set(),
}


class RowOutcome(models.TextChoices):
    """What an import does, or did, with one row."""

    ADDED = "added", _("to add")
    CHANGED = "changed", _("to change")
    LEFT = "left", _("left as is")
    REFUSED = "refused", _("refused")


class ExportState(models.TextChoices):
    MAKING = "making", _("being made")
    READY = "ready", _("ready")
    EXPIRED = "expired", _("expired")
