"""Enrolments of a people list: the same set-based steps, on the floor above the people."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import ImportBatch
from core.domain.incoming import refuse_rows
from programmes.enums import PhaseKey
from programmes.models import Enrolment, Programme
from programmes.signals import enrolment_changed

COLUMNS = {"stage": "text", "subject": "text", "person_type": "text"}
REASONS = {
    "enrolment_closed": _(
        "Enrolment is not open for this school; ask for an extension, or clear stage and subject "
        "to enter the person only."
    ),
    "stage_not_in_school": _(
        "This stage does not fit the school: kindergartens enrol for the kindergarten stage and "
        "schools for the others; correct the stage or the school code."
    ),
    "kindergarten_unlicensed": _(
        "This kindergarten has no licence number on record, so its staff cannot enrol; have the "
        "number entered first."
    ),
}
STANDING = "e.id IS NOT NULL AND e.state <> 'withdrawn'"
_MINE = """FROM incoming n
    LEFT JOIN programmes_enrolment e ON e.user_id = n.target AND e.programme_id = %(programme)s
    LEFT JOIN organisations_organisation o ON o.id = n.school_id"""

# Rows whose person has no place in the year yet, and whether their school's window is open.
_NEWCOMERS = f"""SELECT n.id, EXISTS (
      SELECT 1 FROM programmes_phase p
      WHERE p.programme_id = %(programme)s AND p.key = %(phase)s
        AND (p.opens_on IS NULL OR p.opens_on <= %(today)s)
        AND (p.closes_on IS NULL OR p.closes_on >= %(today)s OR EXISTS (
          SELECT 1 FROM programmes_phaseextension x
          JOIN organisations_organisation a ON a.id = x.organisation_id
          WHERE x.phase_id = p.id AND x.closes_on >= %(today)s
            AND o.path LIKE a.path || '%%'))) AS is_open
    {_MINE} WHERE e.id IS NULL OR e.state = 'withdrawn'"""  # noqa: S608 - own text


def refuse_conflicts(cursor: CursorWrapper, programme: Programme) -> None:
    """Refuse enrolments that this year's rules do not let in.

    Source: R26, R28.
    """
    school = "FROM organisations_organisation o"
    refuse_rows(
        cursor,
        "stage_not_in_school",
        """o.id = i.school_id AND (
             (i.stage = 'kindergarten' AND o.kind = 'school')
             OR (i.stage <> 'kindergarten' AND o.kind = 'kindergarten'))""",
        source=school,
    )
    refuse_rows(
        cursor,
        "kindergarten_unlicensed",
        """o.id = i.school_id AND i.stage IS NOT NULL AND o.kind = 'kindergarten'
           AND o.licence_number = ''""",
        source=school,
    )
    refuse_rows(
        cursor,
        "enrolment_closed",
        "m.id = i.id AND i.stage IS NOT NULL AND NOT m.is_open",
        source=f"FROM ({_NEWCOMERS}) m",
        values={
            "programme": programme.pk,
            "phase": PhaseKey.ENROLMENT,
            "today": timezone.localdate(),
        },
    )


def note_changes(cursor: CursorWrapper, programme: Programme) -> None:
    """Add to each row's changes what it does to the person's enrolment."""
    cursor.execute(
        f"""UPDATE incoming i
            SET changes = i.changes || to_jsonb(array_remove(m.news, NULL))
            FROM (SELECT n.id, CASE WHEN {STANDING} THEN ARRAY[
                    CASE WHEN n.stage <> e.stage THEN 'stage' END,
                    CASE WHEN n.subject <> e.subject THEN 'subject' END,
                    CASE WHEN n.person_type <> e.person_type THEN 'person_type' END,
                    CASE WHEN n.school_id <> e.school_id AND NOT n.changes ? 'school_code'
                         THEN 'school_code' END]
                  WHEN n.stage IS NOT NULL THEN ARRAY['enrolment'] ELSE ARRAY[]::text[] END AS news
                  {_MINE}) m
            WHERE m.id = i.id AND i.reasons = '[]'::jsonb AND i.target IS NOT NULL""",  # noqa: S608
        {"programme": programme.pk},
    )


def write_enrolments(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Enter the new enrolments and correct the known ones; tell the floors above once each.

    A corrected enrolment keeps its state and its hours; a returned or withdrawn one is entered
    again.
    """
    cursor.execute(
        """INSERT INTO programmes_enrolment (programme_id, user_id, stage, subject, school_id,
             person_type, state, return_reason, entered_at)
           SELECT %(programme)s, target, stage, subject, school_id, person_type, 'entered', '',
             now()
           FROM incoming WHERE outcome IN ('added', 'changed') AND stage IS NOT NULL ORDER BY line
           ON CONFLICT (programme_id, user_id) DO NOTHING
           RETURNING user_id""",
        {"programme": batch.programme_id},
    )
    entered = [user_id for (user_id,) in cursor.fetchall()]
    cursor.execute(
        """UPDATE programmes_enrolment e
           SET stage = coalesce(i.stage, e.stage), subject = coalesce(i.subject, e.subject),
               person_type = coalesce(i.person_type, e.person_type), school_id = i.school_id,
               state = CASE WHEN e.state IN ('returned', 'withdrawn') AND i.stage IS NOT NULL
                       THEN 'entered' ELSE e.state END,
               return_reason = CASE WHEN i.stage IS NOT NULL THEN '' ELSE e.return_reason END
           FROM incoming i
           WHERE i.outcome = 'changed' AND e.user_id = i.target
             AND e.programme_id = %(programme)s
             AND i.changes ?| ARRAY['enrolment', 'stage', 'subject', 'person_type', 'school_code']
           RETURNING e.user_id""",
        {"programme": batch.programme_id},
    )
    corrected = list({user_id for (user_id,) in cursor.fetchall()} - set(entered))
    for what, user_ids in (("entered", entered), ("corrected", corrected)):
        if user_ids:
            enrolment_changed.send(
                Enrolment, programme_id=batch.programme_id, user_ids=user_ids, what=what
            )
