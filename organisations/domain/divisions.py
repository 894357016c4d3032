"""Loads the official divisions of a province, with what they were called before.

Units are added, never changed: what officers have renamed, moved or closed since stays as
they left it. One statement per level and step, whatever the number of rows.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from organisations.enums import Level

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
DIVISIONS = FIXTURES / "shandong-divisions.csv"
HISTORY = FIXTURES / "shandong-history.csv"

INSERT_LEVEL = """
INSERT INTO organisations_organisation
    (level, code, name, kind, licence_number, parent_id, path, valid_from, valid_to)
SELECT %(level)s, row.code, row.name, '', '', parent.id, '',
       coalesce(row.valid_from, DATE '2000-01-01'), row.valid_to
FROM jsonb_to_recordset(%(rows)s)
     AS row(code text, name text, parent_code text, valid_from date, valid_to date)
LEFT JOIN organisations_organisation parent ON parent.code = row.parent_code
ON CONFLICT (code) DO NOTHING
RETURNING id
"""

INSERT_FORMER_PERIODS = """
INSERT INTO organisations_organisationperiod
    (organisation_id, name, parent_id, path, valid_from, valid_to, reason)
SELECT org.id, row.name, parent.id, parent.path || org.id || '/',
       row.valid_from, row.valid_to, row.reason
FROM jsonb_to_recordset(%(rows)s)
     AS row(code text, name text, parent_code text, valid_from date, valid_to date, reason text)
JOIN organisations_organisation org ON org.code = row.code AND org.id = ANY(%(added)s)
JOIN organisations_organisation parent ON parent.code = row.parent_code
"""

INSERT_PRESENT_PERIODS = """
INSERT INTO organisations_organisationperiod
    (organisation_id, name, parent_id, path, valid_from, valid_to, reason)
SELECT org.id, org.name, org.parent_id, org.path,
       coalesce(former.last + 1, org.valid_from), org.valid_to, ''
FROM organisations_organisation org
LEFT JOIN LATERAL (
    SELECT max(valid_to) AS last FROM organisations_organisationperiod
    WHERE organisation_id = org.id
) former ON true
WHERE org.id = ANY(%(added)s)
"""

NAME_SUCCESSORS = """
UPDATE organisations_organisation org SET successor_id = successor.id
FROM jsonb_to_recordset(%(rows)s) AS row(code text, successor_code text)
JOIN organisations_organisation successor ON successor.code = row.successor_code
WHERE org.code = row.code AND org.id = ANY(%(added)s)
"""

DIFFERING = """
SELECT row.code, row.name, org.name
FROM jsonb_to_recordset(%(rows)s) AS row(code text, name text)
JOIN organisations_organisation org ON org.code = row.code
WHERE org.name <> row.name ORDER BY row.code
"""


@dataclass(frozen=True)
class Loaded:
    """What a run did: units added, units known before, and those whose name differs here."""

    added: int
    known: int
    differing: list[tuple[str, str, str]]


@transaction.atomic
def load_divisions(divisions: Path = DIVISIONS, history: Path = HISTORY) -> Loaded:
    """Add the official divisions and their history. Safe to repeat.

    Returns: how many units were added and known, and (code, official name, name here) of
    those that officers have renamed since.
    Source: R62; the tree as it stood in a year is read from its periods.
    """
    present, past = _rows(divisions), _rows(history)
    known = {row["code"] for row in present}
    closed = [row for row in past if row["code"] not in known]
    former = [row for row in past if row["code"] in known]
    with connection.cursor() as cursor:
        added: list[int] = []
        for level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
            rows = [row for row in [*present, *closed] if row["level"] == level.name.lower()]
            cursor.execute(INSERT_LEVEL, {"level": level, "rows": json.dumps(rows)})
            added += [key for (key,) in cursor.fetchall()]
        cursor.execute(INSERT_FORMER_PERIODS, {"rows": json.dumps(former), "added": added})
        cursor.execute(INSERT_PRESENT_PERIODS, {"added": added})
        cursor.execute(NAME_SUCCESSORS, {"rows": json.dumps(closed), "added": added})
        cursor.execute(DIFFERING, {"rows": json.dumps(present)})
        differing = cursor.fetchall()
    return Loaded(len(added), len(present) + len(closed) - len(added), differing)


def _rows(path: Path) -> list[dict[str, str | None]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [_blank_is_none(row) for row in csv.DictReader(lines)]


def _blank_is_none(row: Iterable) -> dict[str, str | None]:
    return {key: value or None for key, value in dict(row).items()}
