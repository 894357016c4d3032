"""The county approves: one statement for a whole list."""

from __future__ import annotations

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from core.actor import current_address
from notifications.domain.notify import notify
from programmes.enums import EnrolmentState
from programmes.errors import ReasonMissing
from programmes.models import Enrolment
from programmes.models.enrolment import EnrolmentQuerySet
from programmes.signals import enrolment_changed

APPROVE = """
WITH chosen AS (
    SELECT id, state FROM programmes_enrolment
     WHERE id IN (<chosen>) AND state = ANY(%s)
       FOR NO KEY UPDATE
), moved AS (
    UPDATE programmes_enrolment enrolment
       SET state = 'approved', approved_at = statement_timestamp(), return_reason = ''
      FROM chosen WHERE chosen.id = enrolment.id
    RETURNING enrolment.id, enrolment.programme_id, enrolment.user_id, chosen.state AS before
), written AS (
    INSERT INTO core_auditrecord
           (at, by_id, address, verb, object_label, object_key, from_state, to_state, why)
    SELECT statement_timestamp(), %s, %s::inet, 'move_enrolment', 'programmes.enrolment',
           id::text, before, 'approved', %s
      FROM moved
)
SELECT programme_id, array_agg(user_id) FROM moved GROUP BY programme_id
"""


@transaction.atomic
def approve_enrolments(
    enrolments: EnrolmentQuerySet,
    *,
    by: User | None,
    without_confirmation: bool = False,
    why: str = "",
) -> int:
    """Approve everybody in ``enrolments`` who has confirmed, in one statement. Safe to repeat.

    With ``without_confirmation`` also those who have not confirmed yet; the county then says
    why (the school holds their signatures). They can still confirm afterwards.

    Units: persons. Returns: how many were approved now; the others are left as they are.
    Raises: ReasonMissing.
    Source: R28.
    """
    if without_confirmation and not why.strip():
        raise ReasonMissing
    states = [EnrolmentState.CONFIRMED.value]
    if without_confirmation:
        states.append(EnrolmentState.ENTERED.value)
    try:
        chosen, values = enrolments.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            APPROVE.replace("<chosen>", chosen),
            [*values, states, by.pk if by else None, current_address(), why.strip()],
        )
        approved = cursor.fetchall()
    for programme_id, user_ids in approved:
        notify(
            user_ids,
            "programmes.enrolment_approved",
            {"programme": programme_id},
            reverse("programmes:enrolment"),
            key=f"programmes.enrolment_approved:{programme_id}",
        )
        enrolment_changed.send(
            Enrolment, programme_id=programme_id, user_ids=user_ids, what="moved"
        )
    return sum(len(user_ids) for _programme_id, user_ids in approved)
