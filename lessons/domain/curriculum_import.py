"""The curriculum brought in by lists: set-based SQL over the table ``incoming``.

A row is one lesson of a textbook with the titles that lead to it. A lesson is the one with the
same stage, subject and five titles, so the same list twice changes nothing.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from core.domain.incoming import refuse_rows
from lessons.enums import NodeKind

COLUMNS = {
    "stage": "text",
    "subject": "text",
    "grade": "text",
    "edition": "text",
    "volume": "text",
    "unit": "text",
    "lesson": "text",
    "is_open": "boolean",
}
REASONS = {
    "duplicate_row": _("The same lesson already stands in row %(line)s; delete one of the rows."),
}
KINDS = tuple(NodeKind.values)  # grade, edition, volume, unit, lesson: also the columns' names


def match_nodes(cursor: CursorWrapper) -> None:
    """Find the node of every title that is on record, floor by floor, and each row's lesson."""
    cursor.execute(
        "ALTER TABLE incoming " + ", ".join(f"ADD COLUMN {kind}_id bigint" for kind in KINDS)
    )
    for kind in KINDS:
        _find(cursor, kind)
    cursor.execute("UPDATE incoming SET target = lesson_id WHERE lesson_id IS NOT NULL")
    cursor.execute("ANALYZE incoming")


def lock_nodes(cursor: CursorWrapper) -> None:
    """Hold the nodes concerned, in one order, until the transaction ends."""
    cursor.execute(
        """SELECT count(*) FROM (SELECT n.id FROM lessons_curriculumnode n
           WHERE n.id IN (SELECT unit_id FROM incoming UNION SELECT target FROM incoming)
           ORDER BY n.id FOR NO KEY UPDATE) held"""
    )


def refuse_conflicts(cursor: CursorWrapper) -> None:
    """Of two rows that name one lesson the first stays."""
    refuse_rows(
        cursor,
        "duplicate_row",
        "f.id = i.id AND i.line > f.first",
        source="""FROM (SELECT id, min(line) OVER (
                     PARTITION BY stage, subject, grade, edition, volume, unit, lesson) AS first
                     FROM incoming WHERE lesson IS NOT NULL) f""",
        parameters="jsonb_build_object('line', f.first)",
    )


def note_changes(cursor: CursorWrapper) -> None:
    """A known lesson changes only by being closed or opened again."""
    cursor.execute(
        """UPDATE incoming i SET changes = '["state"]'::jsonb
           FROM lessons_curriculumnode n
           WHERE n.id = i.target AND i.reasons = '[]'::jsonb AND i.is_open <> n.is_open"""
    )


def add_nodes(cursor: CursorWrapper) -> None:
    """Write what is missing of the rows to add, grades first; new ones come after the old."""
    for kind, above in zip(KINDS, ("", *KINDS[:-1]), strict=True):
        _add(cursor, kind, above)
        _find(cursor, kind)
    cursor.execute("UPDATE incoming SET target = lesson_id WHERE outcome = 'added'")


def update_nodes(cursor: CursorWrapper) -> None:
    """Close and open again as the rows say; what leads to an open lesson is open."""
    cursor.execute(
        """UPDATE lessons_curriculumnode n SET is_open = i.is_open
           FROM incoming i WHERE i.outcome = 'changed' AND n.id = i.target"""
    )
    cursor.execute(
        """UPDATE lessons_curriculumnode n SET is_open = true
           FROM (SELECT DISTINCT unnest(string_to_array(trim('/' FROM l.path), '/'))::bigint AS id
                 FROM incoming i JOIN lessons_curriculumnode l ON l.id = i.target
                 WHERE i.outcome IN ('added', 'changed') AND l.is_open) above
           WHERE above.id = n.id AND NOT n.is_open"""
    )


def _find(cursor: CursorWrapper, kind: str) -> None:
    """Note the key of each row's node of ``kind``, the one above being known."""
    above = dict(zip(KINDS, ("", *KINDS[:-1]), strict=True))[kind]
    place = f"n.parent_id = i.{above}_id" if above else "n.parent_id IS NULL"
    cursor.execute(
        f"""UPDATE incoming i SET {kind}_id = n.id FROM lessons_curriculumnode n
            WHERE i.{kind}_id IS NULL AND {place} AND n.title = i.{kind}
              AND n.stage = i.stage AND n.subject = i.subject"""  # noqa: S608 - own names
    )


def _add(cursor: CursorWrapper, kind: str, above: str) -> None:
    """Insert the nodes of ``kind`` that rows to add name and that do not exist yet."""
    parent = f"i.{above}_id" if above else "NULL::bigint"
    cursor.execute(
        f"""INSERT INTO lessons_curriculumnode
              (id, stage, subject, kind, title, parent_id, path, position, is_open)
            SELECT numbered.key, stage, subject, '{kind}', title, parent_id,
                   coalesce(numbered.path, '') || numbered.key || '/', position, is_open
            FROM (
              SELECT new.*, p.path,
                nextval(pg_get_serial_sequence('lessons_curriculumnode', 'id')) AS key,
                coalesce((SELECT max(s.position) FROM lessons_curriculumnode s
                          WHERE s.parent_id IS NOT DISTINCT FROM new.parent_id
                            AND s.stage = new.stage AND s.subject = new.subject), 0)
                + row_number() OVER (PARTITION BY new.stage, new.subject, new.parent_id
                                     ORDER BY new.line) AS position
              FROM (SELECT i.stage, i.subject, i.{kind} AS title, {parent} AS parent_id,
                           min(i.line) AS line, bool_or(coalesce(i.is_open, true)) AS is_open
                    FROM incoming i WHERE i.outcome = 'added' AND i.{kind}_id IS NULL
                    GROUP BY 1, 2, 3, 4) new
              LEFT JOIN lessons_curriculumnode p ON p.id = new.parent_id
            ) numbered
            ON CONFLICT DO NOTHING"""  # noqa: S608 - own names
    )
