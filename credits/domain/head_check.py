"""Holds today's chains against the files of exported heads."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from django.db import connection

from credits.domain.head_export import NO_FILE, export_folder
from credits.models import LedgerHeadExport

Row = tuple[str, ...]

HEAD = re.compile(r"[0-9-]{10},([0-9]+),([0-9]+),([0-9a-f]{64})")
GONE = """
    SELECT exported.file, exported.user_id, exported.seq FROM exported_head exported
    WHERE NOT EXISTS (
        SELECT FROM credits_ledgerentry line
        WHERE line.user_id = exported.user_id AND line.seq = exported.seq
          AND line.hash = exported.hash)
    ORDER BY exported.user_id, exported.seq
"""


def broken_exports() -> list[Row]:
    """What the exported files say and the ledger no longer does.

    A file that the database does not know was left by an export that did not commit: its
    heads were true when it was written, so they are held against the chains all the same.

    Returns: a row per file that is missing or changed, and per person whose chain no longer
    contains the exported line (edited and chained anew, or cut off at the end).
    """
    found = _broken_files()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE exported_head (file text, user_id bigint, seq int, hash text)"
        )
        try:
            for path in sorted(export_folder().glob("heads-*.csv")):
                _load(cursor, path)
            cursor.execute(GONE)
            found += [(file, f"user {user}", f"line {seq}") for file, user, seq in cursor]
        finally:
            cursor.execute("DROP TABLE exported_head")
    return found


def _broken_files() -> list[Row]:
    found: list[Row] = []
    previous = NO_FILE
    files = {path.name: path for path in export_folder().glob("heads-*.csv")}
    for export in LedgerHeadExport.objects.order_by("pk"):
        path = files.get(export.file_name)
        if path is None:
            found.append((export.file_name, "is missing"))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != export.sha256:
            found.append((export.file_name, "was changed"))
        elif not path.read_bytes().startswith(f"previous,{previous}\n".encode()):
            found.append((export.file_name, "does not follow the file before it"))
        previous = export.sha256
    return found


def _load(cursor, path: Path) -> None:
    with cursor.copy("COPY exported_head FROM STDIN") as copy:
        for line in path.read_text().splitlines()[2:]:
            if head := HEAD.fullmatch(line):
                copy.write_row((path.name, int(head[1]), int(head[2]), head[3]))
