"""Ends of all chains, written outside the database so that nobody can rewrite both.

Every file holds the heads that moved since the file before and names that file's SHA-256, so
the files form a chain of their own. A file is created once, read-only, and never reopened
for writing. Copy the folder to a place that database administrators cannot reach.
"""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from credits.models import LedgerEntry, LedgerHead, LedgerHeadExport

STILL_OPEN = timedelta(days=1)  # a transaction may commit lines stamped this long ago
NO_FILE = "0" * 64


def export_folder() -> Path:
    """The folder of this database's files; a rehearsal's database has one of its own."""
    return Path(settings.LEDGER_HEADS_DIR) / connection.settings_dict["NAME"]


@transaction.atomic
def export_heads() -> LedgerHeadExport | None:
    """Write the heads that moved since the last export to a new file.

    Safe to repeat, also at once: exports wait for each other.

    Returns: the export; None when no line was posted since.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE credits_ledgerheadexport IN SHARE ROW EXCLUSIVE MODE")
    last = LedgerHeadExport.objects.order_by("pk").last()
    heads = _moved_since(last)
    if not heads.exists():
        return None
    name = f"heads-{timezone.localtime():%Y-%m-%d-%H%M%S-%f}.csv"
    lines, digest = _write(export_folder() / name, heads, last.sha256 if last else NO_FILE)
    return LedgerHeadExport.objects.create(file_name=name, lines=lines, sha256=digest)


def _moved_since(last: LedgerHeadExport | None) -> QuerySet[LedgerHead]:
    heads = LedgerHead.objects.order_by("user_id")
    if last is None:
        return heads
    lines = LedgerEntry.objects.filter(posted_at__gte=last.exported_at - STILL_OPEN)
    return heads.filter(user_id__in=lines.values("user_id"))


def _write(path: Path, heads: QuerySet[LedgerHead], previous: str) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    day, count, digest = timezone.localdate(), 0, hashlib.sha256()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    with os.fdopen(handle, "wb") as file:

        def put(text: str) -> None:
            line = f"{text}\n".encode()
            digest.update(line)
            file.write(line)

        put(f"previous,{previous}")
        put("date,user,seq,hash")
        for user_id, seq, line_hash in heads.values_list("user_id", "seq", "hash").iterator():
            put(f"{day},{user_id},{seq},{line_hash}")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count, digest.hexdigest()
