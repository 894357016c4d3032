"""People brought in by lists: set-based SQL over the temporary table ``incoming``.

The caller fills ``incoming`` (``COLUMNS`` beside line, reasons, changes, outcome and target)
and decides what else a row means; here it is matched with the people on record, judged, and
written. One statement per step, whatever the number of rows.

A person is the one with the same ID number, else the same teacher number, else the same
account. Reasons are pairs of a code and its parameters; ``REASONS`` says them in words.
"""

from __future__ import annotations

from datetime import date

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from core.domain.incoming import refuse_rows, refuse_unwritten
from organisations.models import Organisation

COLUMNS = {
    "account": "text",
    "real_name": "text",
    "id_number_digest": "text",
    "id_number_cipher": "text",
    "id_number_faulty": "boolean",
    "phone": "text",
    "phone_masked": "text",
    "email": "text",
    "teacher_number": "text",
    "school_code": "text",
}
REASONS = {
    "id_number_missing": _(
        "A person who is not on record yet needs the whole ID number; fill it in."
    ),
    "contact_masked": _(
        "The hidden phone does not belong to this person; type the whole number or clear the cell."
    ),
    "identities_disagree": _(
        "ID number, teacher number and account belong to different people; correct the wrong one."
    ),
    "name_differs": _(
        "This person is on record under another name; check that the row did not slip, or have "
        "the name corrected under People."
    ),
    "account_differs": _(
        "This person signs in with another account name; clear the cell, accounts are not "
        "renamed by a list."
    ),
    "id_number_differs": _(
        "The teacher number or account belongs to a person with another ID number; correct it."
    ),
    "phone_taken": _("The phone belongs to somebody else; correct it or clear the cell."),
    "email_taken": _("The e-mail address belongs to somebody else; correct it or clear the cell."),
    "duplicate_row": _("The same person already stands in row %(line)s; delete one of the rows."),
    "phone_repeated": _("The same phone already stands in row %(line)s; correct one of them."),
    "email_repeated": _(
        "The same e-mail address already stands in row %(line)s; correct one of them."
    ),
    "school_unknown": _("There is no school with this code; look the code up under Organisations."),
    "school_closed": _("This school has been closed; use the code of the school that followed it."),
    "school_outside": _(
        "This school is not below the organisation you upload for; leave the row to its own "
        "administrator."
    ),
    "person_elsewhere": _(
        "This person belongs to a school outside your scope; ask that school's administrator to "
        "release the person."
    ),
    "person_appointed": _(
        "This person holds an appointment above you; phone and e-mail are changed only by the "
        "person or by that level."
    ),
    "overtaken": _(
        "Somebody else entered the same person at this moment; upload the row once more."
    ),
}

# What is below the uploader's organisation, or is served by it as acting county (A15).
WITHIN = "(o.path LIKE %(below)s OR o.acting_county_id IS NOT DISTINCT FROM %(scope)s)"


def match_people(cursor: CursorWrapper) -> None:
    """Find each row's person and school; refuse rows whose keys point to different people."""
    cursor.execute(
        """ALTER TABLE incoming ADD COLUMN school_id bigint, ADD COLUMN keys_disagree boolean"""
    )
    cursor.execute(
        """UPDATE incoming i
           SET target = coalesce(m.by_id, m.by_number, m.by_account), school_id = m.school_id,
               keys_disagree = m.by_number <> coalesce(m.by_id, m.by_number)
                            OR m.by_account <> coalesce(m.by_id, m.by_number, m.by_account)
           FROM (SELECT n.id, a.id AS by_id, b.id AS by_number, c.id AS by_account,
                        o.id AS school_id
                 FROM incoming n
                 LEFT JOIN accounts_user a ON a.id_number_digest = n.id_number_digest
                 LEFT JOIN accounts_user b ON b.teacher_number = n.teacher_number
                 LEFT JOIN accounts_user c ON lower(c.username) = n.account
                 LEFT JOIN organisations_organisation o
                        ON o.code = n.school_code AND o.level = 4) m
           WHERE m.id = i.id"""
    )
    cursor.execute("CREATE INDEX ON incoming (target)")
    cursor.execute("ANALYZE incoming")
    refuse_rows(cursor, "identities_disagree", "keys_disagree")


def lock_people(cursor: CursorWrapper) -> None:
    """Hold the rows of the people concerned, in one order, until the transaction ends."""
    cursor.execute(
        """SELECT count(*) FROM (SELECT u.id FROM accounts_user u
           WHERE u.id IN (SELECT target FROM incoming) ORDER BY u.id FOR NO KEY UPDATE) held"""
    )


def refuse_conflicts(cursor: CursorWrapper, *, scope: Organisation, today: date) -> None:
    """Refuse what contradicts the record, the file itself, or the uploader's scope.

    Source: requirements 4.3, R62; a list of one school never reaches into another.
    """
    below = {"below": f"{scope.path}%", "scope": scope.pk, "today": today}
    refuse_rows(cursor, "school_unknown", "school_id IS NULL AND school_code IS NOT NULL")
    school = "FROM organisations_organisation o"
    refuse_rows(
        cursor,
        "school_outside",
        f"o.id = i.school_id AND NOT {WITHIN}",
        source=school,
        values=below,
    )
    refuse_rows(
        cursor,
        "school_closed",
        "o.id = i.school_id AND o.valid_to < %(today)s",
        source=school,
        values=below,
    )
    _refuse_against_record(cursor, below)
    _refuse_taken(cursor)
    _refuse_repeats(cursor)


def _refuse_against_record(cursor: CursorWrapper, below: dict) -> None:
    refuse_rows(
        cursor,
        "id_number_missing",
        "target IS NULL AND id_number_digest IS NULL AND id_number_faulty IS NULL",
    )
    person = "FROM accounts_user u"
    refuse_rows(
        cursor,
        "person_elsewhere",
        f"""u.id = i.target AND NOT EXISTS (SELECT 1 FROM organisations_organisation o
            WHERE o.id = u.school_id AND {WITHIN})""",  # noqa: S608 - own text
        source=person,
        values=below,
    )
    for code, where in (
        ("name_differs", "u.real_name <> i.real_name"),
        ("account_differs", "lower(u.username) <> i.account"),
        ("id_number_differs", "u.id_number_digest <> i.id_number_digest"),
        ("contact_masked", f"i.phone_masked <> {masked_phone('u.phone')}"),
    ):
        refuse_rows(cursor, code, f"u.id = i.target AND {where}", source=person)
    refuse_rows(cursor, "contact_masked", "target IS NULL AND phone_masked IS NOT NULL")
    refuse_rows(
        cursor,
        "person_appointed",
        """u.id = i.target
           AND (i.phone <> coalesce(u.phone, '') OR i.email <> coalesce(lower(u.email), ''))
           AND (u.is_superuser OR u.is_staff OR EXISTS (
             SELECT 1 FROM accounts_appointment a
             JOIN organisations_organisation o ON o.id = a.organisation_id
             WHERE a.user_id = u.id AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
               AND o.path NOT LIKE %(below)s))""",
        source=person,
        values=below,
    )


def masked_phone(column: str) -> str:
    """SQL for ``identity.mask_phone``."""
    return (
        f"coalesce(left({column}, 3) || repeat('*', length({column}) - 5)"
        f" || right({column}, 2), '')"
    )


def _refuse_taken(cursor: CursorWrapper) -> None:
    for code, column, record in (
        ("phone_taken", "phone", "u.phone"),
        ("email_taken", "email", "lower(u.email)"),
    ):
        refuse_rows(
            cursor,
            code,
            f"{record} = i.{column} AND u.id IS DISTINCT FROM i.target",
            source="FROM accounts_user u",
        )


def _refuse_repeats(cursor: CursorWrapper) -> None:
    """Of rows that claim the same person, phone or address only the first may stay."""
    for code, column in (
        ("duplicate_row", "id_number_digest"),
        ("duplicate_row", "teacher_number"),
        ("duplicate_row", "account"),
        ("duplicate_row", "target"),
        ("phone_repeated", "phone"),
        ("email_repeated", "email"),
    ):
        refuse_rows(
            cursor,
            code,
            """f.id = i.id AND i.line > f.first
               AND NOT i.reasons @> '[["duplicate_row"]]'::jsonb""",
            source=f"""FROM (SELECT id, min(line) OVER (PARTITION BY {column}) AS first
                             FROM incoming WHERE {column} IS NOT NULL) f""",  # noqa: S608
            parameters="jsonb_build_object('line', f.first)",
        )


def note_changes(cursor: CursorWrapper) -> None:
    """List on each row the columns that differ from the record. Empty cells change nothing."""
    cursor.execute(
        """UPDATE incoming i SET changes = to_jsonb(array_remove(ARRAY[
             CASE WHEN u.id_number_digest IS NULL AND i.id_number_digest IS NOT NULL
                  THEN 'id_number' END,
             CASE WHEN i.phone <> coalesce(u.phone, '') THEN 'phone' END,
             CASE WHEN i.email <> coalesce(lower(u.email), '') THEN 'email' END,
             CASE WHEN i.teacher_number <> coalesce(u.teacher_number, '')
                  THEN 'teacher_number' END,
             CASE WHEN i.school_id <> u.school_id THEN 'school_code' END], NULL))
           FROM accounts_user u WHERE u.id = i.target AND i.reasons = '[]'::jsonb"""
    )


def add_people(cursor: CursorWrapper) -> None:
    """Write the people of the rows to add, with passwords that nobody knows.

    Their ``target`` becomes the new key. A row that a rival entered meanwhile is refused.
    """
    cursor.execute(
        """UPDATE incoming SET target = nextval(pg_get_serial_sequence('accounts_user', 'id'))
           WHERE outcome = 'added'"""
    )
    cursor.execute(
        """WITH written AS (
             INSERT INTO accounts_user (id, password, is_superuser, username, real_name, phone,
               email, teacher_number, id_number_cipher, id_number_digest, school_id, is_staff,
               is_active, session_epoch, language, created_at)
             SELECT target, '!' || replace(gen_random_uuid()::text, '-', '') || 'imported', false,
               coalesce(account, 't' || lpad(target::text, 8, '0')), real_name, phone, email,
               teacher_number, decode(id_number_cipher, 'hex'), id_number_digest, school_id,
               false, true, 0, '', now()
             FROM incoming WHERE outcome = 'added' ORDER BY line
             ON CONFLICT DO NOTHING
             RETURNING id)
           SELECT coalesce(array_agg(id), '{}') FROM written"""
    )
    refuse_unwritten(cursor, "overtaken", cursor.fetchone()[0])


def update_people(cursor: CursorWrapper) -> None:
    """Write what the rows to change say. Whoever has no change here is not touched."""
    cursor.execute(
        """UPDATE accounts_user u
           SET phone = coalesce(i.phone, u.phone), email = coalesce(i.email, u.email),
               teacher_number = coalesce(i.teacher_number, u.teacher_number),
               school_id = i.school_id,
               id_number_digest = coalesce(u.id_number_digest, i.id_number_digest),
               id_number_cipher = CASE WHEN u.id_number_digest IS NULL
                 THEN decode(i.id_number_cipher, 'hex') ELSE u.id_number_cipher END
           FROM incoming i
           WHERE i.outcome = 'changed' AND u.id = i.target AND i.changes
             ?| ARRAY['id_number', 'phone', 'email', 'teacher_number', 'school_code']"""
    )
