"""The rows of a batch in the database: put there by one COPY, judged by set-based SQL."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_noop

from bureau import policy
from bureau.domain.kinds import ImportKind
from bureau.domain.workbook.reading import FilledRow, read_rows
from bureau.models import ImportBatch, StagedRow

Report = Callable[[int, int, str], None]
READING = gettext_noop("reading rows")
COPY = "COPY bureau_stagedrow (batch_id, line, cells, data, outcome) FROM STDIN"


def stage_rows(batch: ImportBatch, kind: ImportKind, content: bytes, report: Report) -> int:
    """Stream the workbook's rows into the staging table; what was staged before is replaced.

    Holds one row in memory. Returns: rows staged.
    Raises: WorkbookRefused when the file is not a filled-in template after all.
    """
    StagedRow.objects.filter(batch=batch)._raw_delete("default")
    clean = kind.clean(batch)
    secret = {column.key for column in kind.columns if column.secret}
    staged = 0
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in read_rows(content, kind):
            copy.write_row(_staged(batch.pk, row, clean, secret))
            staged += 1
            if staged % policy.PROGRESS_EVERY == 0:
                report(staged, max(staged, batch.rows), READING)
    return staged


def _staged(batch_id: int, row: FilledRow, clean: Callable, secret: set[str]) -> tuple:
    checked = clean(row.cells)
    cells = {
        key: (masked(value) if key in secret else value)[:80] for key, value in row.cells.items()
    }
    data = {**checked.data, "faults": checked.reasons}
    return batch_id, row.line, _json(cells), _json(data), ""


def _json(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\\u0000", "")


def masked(value: str) -> str:
    """Enough of a secret cell to find the row by, never enough to know it."""
    return f"{value[:4]}{'*' * min(len(value) - 6, 12)}{value[-2:]}" if len(value) > 8 else "****"


def load_incoming(cursor: CursorWrapper, batch: ImportBatch, columns: dict[str, str]) -> None:
    """Make the temporary table ``incoming``: the batch's rows with ``columns`` typed.

    It lives until the transaction ends. ``reasons`` start with the faults that a row shows by
    itself; the checks of a kind append theirs.
    """
    typed = ", ".join(f"(data->>'{name}')::{kind} AS {name}" for name, kind in columns.items())
    cursor.execute("DROP TABLE IF EXISTS incoming")
    cursor.execute(
        f"""CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
        SELECT id, line, data->'faults' AS reasons, '[]'::jsonb AS changes, ''::text AS outcome,
               NULL::bigint AS target, {typed}
        FROM bureau_stagedrow WHERE batch_id = %s ORDER BY line""",  # noqa: S608 - own names
        [batch.pk],
    )
    cursor.execute("CREATE UNIQUE INDEX ON incoming (id)")
    cursor.execute("ANALYZE incoming")


def settle_outcomes(cursor: CursorWrapper) -> None:
    """Say of each incoming row what becomes of it, from its reasons, target and changes."""
    cursor.execute(
        """UPDATE incoming SET outcome = CASE
             WHEN reasons <> '[]'::jsonb THEN 'refused'
             WHEN target IS NULL THEN 'added'
             WHEN changes <> '[]'::jsonb THEN 'changed'
             ELSE 'left' END"""
    )
    cursor.execute("ANALYZE incoming")  # the writing steps that follow filter by outcome


def store_outcomes(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Write the outcomes back to the staged rows and count them on the batch (unsaved)."""
    cursor.execute(
        """UPDATE bureau_stagedrow s
           SET outcome = i.outcome, reasons = i.reasons, changes = i.changes
           FROM incoming i
           WHERE s.id = i.id AND (s.outcome, s.reasons, s.changes)
                 IS DISTINCT FROM (i.outcome, i.reasons, i.changes)"""
    )
    cursor.execute("SELECT outcome, count(*) FROM incoming GROUP BY outcome")
    counts = dict(cursor.fetchall())
    for outcome in ("added", "changed", "left", "refused"):
        setattr(batch, outcome, counts.get(outcome, 0))
    batch.rows = sum(counts.values())


def forget_settled_rows(batch: ImportBatch) -> None:
    """After the import: drop what was taken over, keep the refused with what explains them."""
    staged = StagedRow.objects.filter(batch=batch)
    staged.exclude(outcome="refused")._raw_delete("default")
    staged.update(data={})
