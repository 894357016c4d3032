"""What must always hold, said in SQL over the whole database.

Every app lists its own in ``<app>/invariants.py`` as ``INVARIANTS``; ``manage.py verify``
runs them all. An invariant's statement returns the rows that break it, so an empty answer
is the good one.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection

SHOWN = 5


@dataclass(frozen=True)
class Invariant:
    """``sql`` returns the rows that break ``sentence``; its first columns name the row.

    A rule that needs more than one statement (files on disk, say) gives ``find`` instead,
    which returns such rows itself. ``reads_files``: it reads whole files and runs on demand.
    """

    name: str
    sentence: str
    sql: str = ""
    find: Callable[[], list[tuple]] | None = None
    reads_files: bool = False


@dataclass(frozen=True)
class Finding:
    """The outcome of one invariant: how many rows break it, and the first of them."""

    app: str
    invariant: Invariant
    broken: int
    rows: list[dict] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        return self.broken == 0


def all_invariants() -> Iterator[tuple[str, Invariant]]:
    """Every app's invariants with the app's label, in the order of the floors."""
    for config in apps.get_app_configs():
        module = f"{config.name}.invariants"
        if find_spec(module) is not None:
            for invariant in import_module(module).INVARIANTS:
                yield config.label, invariant


def check_invariants(*, files: bool = False) -> Iterator[Finding]:
    """Check one invariant after the other; each reads the database once.

    ``files``: also those that read every stored file.
    """
    for app, invariant in all_invariants():
        if invariant.reads_files and not files:
            continue
        broken, rows = _find(invariant) if invariant.find else _ask(invariant.sql)
        yield Finding(app, invariant, broken, rows)


def _ask(sql: str) -> tuple[int, list[dict]]:
    with connection.cursor() as cursor:
        # The database counts; only the first rows travel.
        cursor.execute(
            f"WITH broken AS ({sql}) SELECT (SELECT count(*) FROM broken), "  # noqa: S608
            f"(SELECT jsonb_agg(to_jsonb(few)) FROM (SELECT * FROM broken LIMIT {SHOWN}) few)"
        )
        count, rows = cursor.fetchone()
    return count, _parsed(rows)


def _parsed(rows) -> list[dict]:
    return json.loads(rows) if isinstance(rows, str) else (rows or [])


def _find(invariant: Invariant) -> tuple[int, list[dict]]:
    rows = invariant.find() if invariant.find else []
    return len(rows), [{"row": [str(value) for value in row]} for row in rows[:SHOWN]]


INVARIANTS = [
    Invariant(
        "job_ends_once",
        "A job has a time of ending exactly when it has ended.",
        """SELECT id, kind, state, finished_at FROM core_job
            WHERE (state IN ('done', 'failed', 'parked')) <> (finished_at IS NOT NULL)""",
    ),
]
