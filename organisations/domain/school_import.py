"""Schools and kindergartens brought in by lists: set-based SQL over the table ``incoming``.

A school is the one with the same code. A new name or county closes the present period and
opens the next, so earlier reports still say what was true then.
"""

from __future__ import annotations

from datetime import date

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from core.domain.incoming import refuse_rows, refuse_unwritten

COLUMNS = {
    "code": "text",
    "name": "text",
    "kind": "text",
    "county_code": "text",
    "licence_number": "text",
    "acting_county_code": "text",
}
REASONS = {
    "code_taken": _(
        "This code belongs to a unit that is not a school; look the school's own code up."
    ),
    "duplicate_row": _("The same school already stands in row %(line)s; delete one of the rows."),
    "county_unknown": _("There is no county with this code; look the code up under Organisations."),
    "county_outside": _(
        "This county is not below the organisation you upload for; leave the row to its own "
        "administrator."
    ),
    "school_elsewhere": _(
        "This school belongs to a county outside your scope; ask that county to release it."
    ),
    "school_closed": _("This school has been closed and cannot be changed by a list."),
    "acting_unknown": _(
        "There is no county or city with the code of the acting county; correct it or clear it."
    ),
    "acting_outside": _(
        "The acting county is not in the school's city; correct it or clear the cell."
    ),
    "kind_differs": _(
        "This school is on record as another kind of unit; have it corrected under Organisations."
    ),
}


def match_schools(cursor: CursorWrapper) -> None:
    """Find each row's school, county and acting county."""
    cursor.execute(
        """ALTER TABLE incoming ADD COLUMN county_id bigint, ADD COLUMN county_path text,
           ADD COLUMN acting_id bigint, ADD COLUMN acting_path text"""
    )
    cursor.execute(
        """UPDATE incoming i
           SET target = m.school, county_id = m.county, county_path = m.county_path,
               acting_id = m.acting, acting_path = m.acting_path
           FROM (SELECT n.id, s.id AS school, c.id AS county, c.path AS county_path,
                        a.id AS acting, a.path AS acting_path
                 FROM incoming n
                 LEFT JOIN organisations_organisation s ON s.code = n.code AND s.level = 4
                 LEFT JOIN organisations_organisation c ON c.code = n.county_code
                        AND c.level BETWEEN 2 AND 3
                 LEFT JOIN organisations_organisation a ON a.code = n.acting_county_code
                        AND a.level BETWEEN 2 AND 3) m
           WHERE m.id = i.id"""
    )
    cursor.execute("CREATE INDEX ON incoming (target)")
    cursor.execute("ANALYZE incoming")


def lock_schools(cursor: CursorWrapper) -> None:
    """Hold the rows of the schools concerned, in one order, until the transaction ends."""
    cursor.execute(
        """SELECT count(*) FROM (SELECT o.id FROM organisations_organisation o
           WHERE o.id IN (SELECT target FROM incoming) ORDER BY o.id FOR NO KEY UPDATE) held"""
    )


def refuse_conflicts(cursor: CursorWrapper, *, scope_path: str, today: date) -> None:
    """Refuse what contradicts the tree, the file itself, or the uploader's scope.

    Source: R62, A15, requirements 4.3.
    """
    values = {"below": f"{scope_path}%", "today": today}
    refuse_rows(
        cursor,
        "duplicate_row",
        "f.id = i.id AND i.line > f.first",
        source="""FROM (SELECT id, min(line) OVER (PARTITION BY code) AS first
                        FROM incoming WHERE code IS NOT NULL) f""",
        parameters="jsonb_build_object('line', f.first)",
    )
    refuse_rows(cursor, "county_unknown", "county_id IS NULL AND county_code IS NOT NULL")
    refuse_rows(cursor, "county_outside", "county_path NOT LIKE %(below)s", values=values)
    refuse_rows(cursor, "acting_unknown", "acting_id IS NULL AND acting_county_code IS NOT NULL")
    refuse_rows(
        cursor,
        "acting_outside",
        """acting_path IS NOT NULL AND county_path IS NOT NULL
           AND split_part(acting_path, '/', 2) <> split_part(county_path, '/', 2)""",
    )
    school = "FROM organisations_organisation o"
    refuse_rows(
        cursor, "code_taken", "o.code = i.code AND o.level <> 4", source=school, values=values
    )
    for code, where in (
        ("school_elsewhere", "o.path NOT LIKE %(below)s"),
        ("school_closed", "o.valid_to < %(today)s"),
        ("kind_differs", "o.kind <> i.kind"),
    ):
        refuse_rows(cursor, code, f"o.id = i.target AND {where}", source=school, values=values)


def note_changes(cursor: CursorWrapper) -> None:
    """List on each row the columns that differ from the record. Empty cells change nothing."""
    cursor.execute(
        """UPDATE incoming i SET changes = to_jsonb(array_remove(ARRAY[
             CASE WHEN i.name <> o.name THEN 'name' END,
             CASE WHEN i.county_id <> o.parent_id THEN 'county_code' END,
             CASE WHEN i.licence_number <> o.licence_number THEN 'licence_number' END,
             CASE WHEN i.acting_id IS DISTINCT FROM coalesce(o.acting_county_id, i.acting_id)
                    OR (i.acting_id IS NOT NULL AND o.acting_county_id IS NULL)
                  THEN 'acting_county_code' END], NULL))
           FROM organisations_organisation o
           WHERE o.id = i.target AND i.reasons = '[]'::jsonb"""
    )
    cursor.execute(
        """UPDATE incoming SET changes = changes - 'acting_county_code'
           WHERE acting_county_code IS NULL AND changes ? 'acting_county_code'"""
    )


def add_schools(cursor: CursorWrapper, *, today: date) -> None:
    """Open the schools of the rows to add, each with its first period."""
    cursor.execute(
        """UPDATE incoming
           SET target = nextval(pg_get_serial_sequence('organisations_organisation', 'id'))
           WHERE outcome = 'added'"""
    )
    cursor.execute(
        """WITH opened AS (
             INSERT INTO organisations_organisation (id, level, code, name, kind, licence_number,
               parent_id, path, acting_county_id, valid_from)
             SELECT target, 4, code, name, kind, coalesce(licence_number, ''), county_id,
               county_path || target || '/', acting_id, %(today)s
             FROM incoming WHERE outcome = 'added' ORDER BY line
             ON CONFLICT DO NOTHING
             RETURNING id, name, parent_id, path
           ), dated AS (
             INSERT INTO organisations_organisationperiod
               (organisation_id, name, parent_id, path, valid_from, reason)
             SELECT id, name, parent_id, path, %(today)s, '' FROM opened)
           SELECT coalesce(array_agg(id), '{}') FROM opened""",
        {"today": today},
    )
    line = "jsonb_build_object('line', i.line)"
    refuse_unwritten(cursor, "duplicate_row", cursor.fetchone()[0], parameters=line)


def update_schools(cursor: CursorWrapper, *, today: date) -> None:
    """Write what the rows to change say; names and counties with their history."""
    moved = """i.outcome = 'changed' AND i.changes ?| ARRAY['name', 'county_code']"""
    cursor.execute(
        f"""UPDATE organisations_organisationperiod p SET valid_to = %(today)s::date - 1
            FROM incoming i WHERE {moved} AND p.organisation_id = i.target
              AND p.valid_to IS NULL AND p.valid_from < %(today)s""",  # noqa: S608
        {"today": today},
    )
    cursor.execute(
        """UPDATE organisations_organisation o
           SET name = i.name, parent_id = i.county_id,
               path = i.county_path || o.id || '/',
               licence_number = coalesce(i.licence_number, o.licence_number),
               acting_county_id = coalesce(i.acting_id, o.acting_county_id)
           FROM incoming i WHERE i.outcome = 'changed' AND o.id = i.target"""
    )
    cursor.execute(
        f"""INSERT INTO organisations_organisationperiod
              (organisation_id, name, parent_id, path, valid_from, reason)
            SELECT o.id, o.name, o.parent_id, o.path, %(today)s, ''
            FROM incoming i JOIN organisations_organisation o ON o.id = i.target
            WHERE {moved}
            ON CONFLICT (organisation_id) WHERE valid_to IS NULL DO UPDATE
            SET name = excluded.name, parent_id = excluded.parent_id,
                path = excluded.path""",  # noqa: S608
        {"today": today},
    )
