"""What the pages of an import say, made from codes and counts."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bureau.domain.workbook.returned import reason_sentences
from bureau.enums import BatchState, RowOutcome

TAGS = {
    RowOutcome.ADDED: "ok",
    RowOutcome.CHANGED: "",
    RowOutcome.LEFT: "quiet",
    RowOutcome.REFUSED: "stop",
}
STATE_TAGS = {
    BatchState.CHECKED: "next",
    BatchState.IMPORTED: "ok",
    BatchState.DISCARDED: "quiet",
}
STEP_OF = {
    BatchState.CHECKING: 1,
    BatchState.CHECKED: 2,
    BatchState.IMPORTING: 2,
    BatchState.IMPORTED: 3,
    BatchState.DISCARDED: 3,
}
SHOWN_COLUMNS = 4


def batch_headline(batch):
    """The page's answer: what this file does."""
    if batch.state == BatchState.CHECKING:
        return _("The file is being checked; nothing is imported yet")
    if batch.state == BatchState.IMPORTING:
        return _("The good rows are being imported")
    if batch.state == BatchState.DISCARDED:
        return _("This file was deleted without being imported")
    if batch.state == BatchState.IMPORTED:
        return ngettext(
            "%(count)s row was imported", "%(count)s rows were imported", batch.importable
        ) % {"count": batch.importable}
    if not batch.importable:
        return (
            _("No row of this file can be imported")
            if batch.refused
            else _("The file changes nothing: all of it is on record already")
        )
    good = ngettext(
        "%(count)s row can be imported", "%(count)s rows can be imported", batch.importable
    ) % {"count": batch.importable}
    if not batch.refused:
        return good
    return ngettext(
        "%(good)s, %(count)s comes back with its reason",
        "%(good)s, %(count)s come back with their reasons",
        batch.refused,
    ) % {"good": good, "count": batch.refused}


def trail(here):
    """The way from the list of imports to ``here``."""
    return [(_("Imports"), reverse("bureau:imports")), (here, "")]


def steps(now):
    """Template, check, import: where this file stands."""
    labels = [_("Fill in the template"), _("Check without effect"), _("Import the good rows")]
    states = ["was"] * now + ["now"] + [""] * (len(labels) - now - 1)
    return list(zip(labels, states[: len(labels)], strict=True))


def outcome_labels(batch):
    """ "to add" before the import, "added" after it."""
    if not batch.imported_at:
        return RowOutcome.choices
    return [
        (RowOutcome.ADDED, _("Added")),
        (RowOutcome.CHANGED, _("Changed")),
        (RowOutcome.LEFT, _("Left as is")),
        (RowOutcome.REFUSED, _("Refused")),
    ]


def shown_columns(kind):
    """What fits beside the reasons: enough to recognise the row by."""
    return kind.columns[:SHOWN_COLUMNS]


def row_lines(kind, rows, *, done):
    """Each staged row as the table shows it: line, first cells, outcome, reasons or changes."""
    return [
        {
            "line": row.line,
            "cells": [
                (column.header, row.cells.get(column.key, "")) for column in shown_columns(kind)
            ],
            "label": RowOutcome(row.outcome).label if row.outcome else "",
            "tag": TAGS.get(row.outcome, "quiet"),
            "reasons": reason_sentences(kind, row.reasons),
            "changes": [] if done else [change_label(kind, key) for key in row.changes],
        }
        for row in rows
    ]


def change_label(kind, key):
    """The header of a changed column; a new enrolment has no column of its own."""
    if key == "enrolment":
        return _("enrolment")
    return kind.column(key).header
