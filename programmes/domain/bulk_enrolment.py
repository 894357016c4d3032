"""Entering a whole roster: one statement, whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from core.actor import current_address
from notifications.domain.notify import notify
from programmes.domain.phases import require_open
from programmes.domain.places import place_fault_sql
from programmes.enums import PhaseKey
from programmes.models import Enrolment, Programme
from programmes.signals import enrolment_changed

# The year's stage x subject pairs once, instead of the whole pack once per row. OFFSET 0 keeps
# the staged rows as they are: with a stage that is the same for all of them the planner would
# compare every row with every pair.
CHECKED = f"""
fields AS MATERIALIZED (
    SELECT stage.key AS stage, subject.value AS subject
      FROM programmes_programme programme,
           jsonb_each(programme.rule_pack -> 'stages') stage,
           jsonb_array_elements_text(stage.value) subject
     WHERE programme.id = %s
), checked AS (
    SELECT staged.*,
           {place_fault_sql("staged", "school", "field")} AS fault
      FROM (<staged> OFFSET 0) staged
      JOIN organisations_organisation school ON school.id = staged.school_id
      LEFT JOIN fields field
        ON field.stage = staged.stage AND field.subject = staged.subject
)"""  # noqa: S608 - names and literals of this product only

ENTER = f"""
WITH {CHECKED}, entered AS (
    INSERT INTO programmes_enrolment AS old
           (programme_id, user_id, stage, subject, school_id, person_type,
            certificate_number, state, return_reason, entered_at)
    SELECT %s, user_id, stage, subject, school_id, person_type,
           certificate_number, 'entered', '', statement_timestamp()
      FROM checked WHERE fault = ''
    ON CONFLICT (programme_id, user_id) DO UPDATE
       SET stage = excluded.stage, subject = excluded.subject, school_id = excluded.school_id,
           person_type = excluded.person_type,
           certificate_number = excluded.certificate_number, contest_opt_in = false,
           state = 'entered', return_reason = '', confirmed_at = NULL, approved_at = NULL
     WHERE old.state IN ('returned', 'withdrawn')
    RETURNING id, user_id
), written AS (
    INSERT INTO core_auditrecord
           (at, by_id, address, verb, object_label, object_key, from_state, to_state, why)
    SELECT statement_timestamp(), %s, %s::inet, 'enter_enrolment', 'programmes.enrolment',
           id::text, '', 'entered', %s
      FROM entered
)
SELECT coalesce((SELECT array_agg(user_id) FROM entered), '{{}}'),
       (SELECT count(*) FROM checked WHERE fault <> ''),
       (SELECT count(*) FROM checked)
"""  # noqa: S608 - as above

FAULTS = f"""
WITH {CHECKED}
SELECT user_id, fault FROM checked WHERE fault <> '' ORDER BY user_id
"""  # noqa: S608 - as above


@dataclass(frozen=True)
class BulkOutcome:
    """People entered now, rows refused (see ``bulk_enrolment_faults``), rows left unchanged."""

    entered: int
    refused: int
    unchanged: int


@transaction.atomic
def enter_enrolments_bulk(
    programme: Programme,
    staged: str,
    values: Sequence[Any] = (),
    *,
    by: User | None,
    organisation=None,
    why: str = "",
    tell: bool = True,
) -> BulkOutcome:
    """Enter everybody that the select ``staged`` yields. Safe to repeat.

    ``staged`` is trusted SQL of the product's own with the columns ``user_id``, ``school_id``,
    ``stage``, ``subject``, ``person_type`` and ``certificate_number``, each person once;
    ``values`` fill its placeholders. ``organisation`` is the unit whose list it is: its
    enrolment window must be open (None: the province's). Rows that do not fit are left out;
    whoever is entered, confirmed or approved already is left as is.

    Raises: PhaseClosed.
    Source: R28.
    """
    require_open(programme, PhaseKey.ENROLMENT, organisation)
    with connection.cursor() as cursor:
        cursor.execute(
            ENTER.replace("<staged>", staged),
            [
                programme.pk,
                *values,
                programme.pk,
                by.pk if by else None,
                current_address(),
                why,
            ],
        )
        user_ids, refused, rows = cursor.fetchone()
    if tell:
        notify(
            user_ids,
            "programmes.enrolment_entered",
            {"programme": programme.pk},
            reverse("programmes:enrolment"),
        )
    if user_ids:
        enrolment_changed.send(
            Enrolment, programme_id=programme.pk, user_ids=user_ids, what="entered"
        )
    return BulkOutcome(len(user_ids), refused, rows - refused - len(user_ids))


def bulk_enrolment_faults(
    programme: Programme, staged: str, values: Sequence[Any] = ()
) -> list[tuple[int, str]]:
    """The rows of ``staged`` that would be refused: user and a key of ``places.FAULTS``.

    A dry run can embed the same rule in its own statement by ``places.place_fault_sql``.
    """
    with connection.cursor() as cursor:
        cursor.execute(FAULTS.replace("<staged>", staged), [programme.pk, *values])
        return cursor.fetchall()
