"""Brings in a curriculum that ships as a file, by the same statements as an officer's list."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from django.db import connection, transaction

from lessons.domain import curriculum_import

CURRICULUM = Path(__file__).resolve().parent.parent / "fixtures" / "curriculum.csv"


@transaction.atomic
def load_curriculum(path: Path = CURRICULUM) -> int:
    """Add the lessons of ``path`` that are missing. Safe to repeat. Returns: lessons added."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    typed = ", ".join(f"{name} {kind}" for name, kind in curriculum_import.COLUMNS.items())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming")
        cursor.execute(
            f"""CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
                SELECT row_number() OVER () AS id, row_number() OVER () AS line,
                       '[]'::jsonb AS reasons, '[]'::jsonb AS changes, ''::text AS outcome,
                       NULL::bigint AS target, given.*
                FROM jsonb_to_recordset(%s::jsonb) AS given ({typed})""",  # noqa: S608 - own names
            [json.dumps(rows)],
        )
        curriculum_import.match_nodes(cursor)
        cursor.execute("UPDATE incoming SET outcome = 'added' WHERE target IS NULL")
        added = cursor.rowcount
        curriculum_import.add_nodes(cursor)
    return added
