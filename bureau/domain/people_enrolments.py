"""Enrolments of a people list: the same set-based steps, on the floor above the people."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import ImportBatch
from core.actor import current_address
from core.domain.incoming import refuse_rows
from notifications.domain.notify import notify
from organisations.enums import Level, SchoolKind
from organisations.models import Organisation
from organisations.queries import stands_above_sql
from programmes.domain.bulk_enrolment import enter_enrolments_bulk
from programmes.domain.person_types import usual_type
from programmes.domain.places import FAULTS, place_fault_sql
from programmes.enums import PhaseKey
from programmes.models import Enrolment, Programme
from programmes.signals import enrolment_changed

COLUMNS = {
    "stage": "text",
    "subject": "text",
    "person_type": "text",
    "certificate_number": "text",
}
REASONS = {
    "enrolment_closed": _(
        "Enrolment is not open for this school; ask for an extension, or clear stage and subject "
        "to enter the person only."
    ),
    "enrolment_approved": _(
        "This enrolment has been approved by the county; ask the county to correct it."
    ),
} | {f"place_{code}": sentence for code, sentence in FAULTS.items()}
PLACE = ("stage", "subject", "person_type", "certificate_number")
USUAL_TYPE = "CASE o.kind {} END".format(
    " ".join(f"WHEN '{kind}' THEN '{usual_type(kind).value}'" for kind in SchoolKind.values)
)
_STANDING = """LEFT JOIN programmes_enrolment e ON e.user_id = n.target
      AND e.programme_id = %(programme)s AND e.state <> 'withdrawn'
    LEFT JOIN organisations_organisation o ON o.id = n.school_id"""


def resolve_places(cursor: CursorWrapper, programme: Programme) -> None:
    """Complete each row's place: empty cells keep what is enrolled, or take what is usual.

    ``enrolled`` becomes true where the person has a place this year, ``place_changes`` the
    columns that differ from it.
    """
    cursor.execute(
        "ALTER TABLE incoming ADD COLUMN enrolled boolean, ADD COLUMN place_changes jsonb"
    )
    cursor.execute(
        f"""UPDATE incoming i
            SET stage = m.stage, subject = m.subject, person_type = m.person_type,
                certificate_number = m.certificate_number, enrolled = m.enrolled,
                place_changes = to_jsonb(array_remove(m.changes, NULL))
            FROM (SELECT n.id, e.id IS NOT NULL AS enrolled, coalesce(n.stage, e.stage) AS stage,
                    coalesce(n.subject, e.subject) AS subject,
                    coalesce(n.person_type, e.person_type, {USUAL_TYPE}) AS person_type,
                    coalesce(n.certificate_number, e.certificate_number, '')
                      AS certificate_number,
                    ARRAY[CASE WHEN n.stage <> e.stage THEN 'stage' END,
                          CASE WHEN n.subject <> e.subject THEN 'subject' END,
                          CASE WHEN n.person_type <> e.person_type THEN 'person_type' END,
                          CASE WHEN n.certificate_number <> e.certificate_number
                               THEN 'certificate_number' END,
                          CASE WHEN n.school_id <> e.school_id THEN 'school_code' END] AS changes
                  FROM incoming n {_STANDING}) m
            WHERE m.id = i.id""",  # noqa: S608 - own text
        {"programme": programme.pk},
    )


def refuse_conflicts(
    cursor: CursorWrapper, programme: Programme, *, organisation: Organisation
) -> None:
    """Refuse places that this year's rules do not let in. What stands already is not judged.

    A school's own list does not touch what the county has approved.
    Source: R23-R28.
    """
    values = {
        "programme": programme.pk,
        "phase": PhaseKey.ENROLMENT,
        "today": timezone.localdate(),
    }
    for code in FAULTS:
        refuse_rows(
            cursor,
            f"place_{code}",
            f"m.id = i.id AND m.fault = '{code}'",
            source=f"FROM ({_FAULTS}) m",
            values=values,
        )
    refuse_rows(
        cursor,
        "enrolment_closed",
        "m.id = i.id AND NOT m.is_open",
        source=f"FROM ({_WINDOWS}) m",
        values=values,
    )
    if organisation.level == Level.SCHOOL:
        refuse_rows(
            cursor,
            "enrolment_approved",
            """e.user_id = i.target AND e.programme_id = %(programme)s AND e.state = 'approved'
               AND i.place_changes <> '[]'::jsonb""",
            source="FROM programmes_enrolment e",
            values=values,
        )


_NEW_PLACE = "n.stage IS NOT NULL AND (NOT n.enrolled OR n.place_changes <> '[]'::jsonb)"
_FAULTS = f"""
    SELECT n.id, {place_fault_sql("n", "o", "field")} AS fault
    FROM incoming n JOIN organisations_organisation o ON o.id = n.school_id
    LEFT JOIN (
      SELECT stage.key AS stage, subject.value AS subject
      FROM programmes_programme programme,
           jsonb_each(programme.rule_pack -> 'stages') stage,
           jsonb_array_elements_text(stage.value) subject
      WHERE programme.id = %(programme)s) field
      ON field.stage = n.stage AND field.subject = n.subject
    WHERE {_NEW_PLACE}"""  # noqa: S608 - own text
# Rows that would be enrolled now, and whether the window of their school is open.
_WINDOWS = f"""
    SELECT n.id, EXISTS (
      SELECT 1 FROM programmes_phase p
      WHERE p.programme_id = %(programme)s AND p.key = %(phase)s
        AND (p.opens_on IS NULL OR p.opens_on <= %(today)s)
        AND (p.closes_on IS NULL OR p.closes_on >= %(today)s OR EXISTS (
          SELECT 1 FROM programmes_phaseextension x
          JOIN organisations_organisation a ON a.id = x.organisation_id
          WHERE x.phase_id = p.id AND x.closes_on >= %(today)s
            AND {stands_above_sql("a", "o")}))) AS is_open
    FROM incoming n JOIN organisations_organisation o ON o.id = n.school_id
    WHERE n.stage IS NOT NULL AND NOT n.enrolled"""  # noqa: S608 - names of this product only


def note_changes(cursor: CursorWrapper) -> None:
    """Add to each row of a known person what it does to the person's enrolment."""
    cursor.execute(
        """UPDATE incoming SET changes = changes
             || CASE WHEN NOT enrolled THEN '["enrolment"]'::jsonb
                     WHEN changes ? 'school_code' THEN place_changes - 'school_code'
                     ELSE place_changes END
           WHERE reasons = '[]'::jsonb AND target IS NOT NULL AND stage IS NOT NULL"""
    )


def write_enrolments(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Enter the new enrolments and correct the known ones; each is audited and told."""
    cursor.execute(f"SELECT school_id FROM incoming WHERE {NEWCOMER} LIMIT 1")  # noqa: S608
    if found := cursor.fetchone():
        enter_enrolments_bulk(
            batch.programme,
            f"""SELECT target AS user_id, school_id, stage, subject, person_type,
                       certificate_number FROM incoming WHERE {NEWCOMER}""",  # noqa: S608
            by=batch.uploaded_by,
            organisation=Organisation.objects.get(pk=found[0]),  # each row's window was checked
            why=f"bureau.importbatch {batch.pk}",
        )
    corrected = _correct(cursor, batch)
    if corrected:
        notify(
            corrected,
            "programmes.enrolment_corrected",
            {"programme": batch.programme_id, "reason": batch.file_name},
            reverse("programmes:enrolment"),
        )
        enrolment_changed.send(
            Enrolment, programme_id=batch.programme_id, user_ids=corrected, what="corrected"
        )


NEWCOMER = "outcome IN ('added', 'changed') AND stage IS NOT NULL AND NOT enrolled"


def _correct(cursor: CursorWrapper, batch: ImportBatch) -> list[int]:
    """``correct_enrolment`` for a set: who was approved stays approved, hours stay.

    Whoever had confirmed or was returned is asked to confirm again. Returns: user ids.
    """
    cursor.execute(
        """WITH corrected AS (
             UPDATE programmes_enrolment e
             SET stage = i.stage, subject = i.subject, person_type = i.person_type,
                 certificate_number = i.certificate_number, school_id = i.school_id,
                 contest_opt_in = e.contest_opt_in AND i.person_type = 'special_education',
                 state = CASE WHEN e.state = 'approved' THEN e.state ELSE 'entered' END,
                 return_reason = '', confirmed_at = NULL
             FROM incoming i
             WHERE i.outcome = 'changed' AND i.enrolled AND i.place_changes <> '[]'::jsonb
               AND e.user_id = i.target AND e.programme_id = %(programme)s
             RETURNING e.id, e.user_id, i.place_changes
           ), written AS (
             INSERT INTO core_auditrecord
               (at, by_id, address, verb, object_label, object_key, from_state, to_state, why)
             SELECT now(), %(by)s, %(address)s::inet, 'correct_enrolment', 'programmes.enrolment',
                    id::text, '', (SELECT string_agg(column_key, ', ')
                      FROM jsonb_array_elements_text(place_changes) column_key), %(why)s
             FROM corrected)
           SELECT user_id FROM corrected""",
        {
            "programme": batch.programme_id,
            "by": batch.uploaded_by_id,
            "address": current_address(),
            "why": f"bureau.importbatch {batch.pk}",
        },
    )
    return [user_id for (user_id,) in cursor.fetchall()]
