"""The workbook that goes back: the refused rows as the officer typed them, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau.domain.kinds import ImportKind, reads_chinese
from bureau.domain.workbook.reading import read_rows
from bureau.domain.workbook.writing import table_workbook
from bureau.enums import RowOutcome
from bureau.models import ImportBatch, StagedRow
from core.wording import sentences

UNNAMED = gettext_lazy("This row cannot be imported; compare it with the notes.")


def reason_sentences(kind: ImportKind, reasons: list) -> list[str]:
    """The reasons of a row in the reader's language."""
    return [str(kind.reasons.get(code, UNNAMED)) % parameters for code, parameters in reasons]


def returned_workbook(batch: ImportBatch, kind: ImportKind, content: bytes) -> bytes:
    """Refused rows under the template's headers, so that the corrected file can be uploaded.

    It is read from the officer's own upload, which is the only copy of what was typed.
    """
    refused = StagedRow.objects.filter(batch=batch, outcome=RowOutcome.REFUSED)
    reasons = dict(refused.values_list("line", "reasons"))
    headers = [column.header for column in kind.columns]
    extra = ["原行号", "原因"] if reads_chinese() else ["Original row", "Reason"]

    def rows() -> Iterator[list[str]]:
        left = len(reasons)
        for row in read_rows(content, kind):
            if row.line in reasons:
                cells = [str(row.cells.get(column.key, "")) for column in kind.columns]
                why = sentences(*reason_sentences(kind, reasons[row.line]))
                yield [*cells, str(row.line), why]
                left -= 1
            if not left:
                return

    widths = [column.width for column in kind.columns] + [10, 90]
    return table_workbook(_("Refused rows"), headers + extra, widths, rows())[0]


def returned_name(batch: ImportBatch) -> str:
    """A name that tells the officer which upload it answers."""
    stem = batch.file_name.rsplit(".", 1)[0][:80]
    what = _("refused rows")
    return f"{stem}-{what}.xlsx"
