"""Who brought which row in: one audit record per person or school that an import touched."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from bureau.models import ImportBatch
from core.actor import current_address
from core.models import AuditRecord


def record_rows(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Write the audit records of a whole import in one statement, in the caller's transaction.

    They name the changed columns, never their contents.
    """
    cursor.execute(
        f"""INSERT INTO {AuditRecord._meta.db_table}
              (at, by_id, address, verb, object_label, object_key, from_state, to_state, why)
            SELECT now(), %(by)s, %(address)s, %(verb)s || outcome, %(label)s, target::text, '',
                   coalesce((SELECT string_agg(column_key, ', ')
                             FROM jsonb_array_elements_text(changes) column_key), ''),
                   %(why)s
            FROM incoming WHERE outcome IN ('added', 'changed') ORDER BY line""",  # noqa: S608
        {
            "by": batch.uploaded_by_id,
            "address": current_address(),
            "verb": f"import.{batch.kind}_",
            "label": RECORDED_AS[batch.kind],
            "why": f"bureau.importbatch {batch.pk}",
        },
    )


RECORDED_AS = {
    "people": "accounts.user",
    "schools": "organisations.organisation",
    "curriculum": "lessons.curriculumnode",
    "national_lessons": "lessons.nationallesson",
    "pushed_lessons": "lessons.outstandinglesson",
    "seats": "workshops.membership",
}
