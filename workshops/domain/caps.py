"""How many seats a workshop has: never more than the year allows, never fewer than sit there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from core.domain.audit import record_act
from programmes.domain.rulepacks import rule_pack_of
from workshops.domain.seats import lock_family
from workshops.errors.seats import CapBelowMembers, CapOutOfRange
from workshops.models import Membership, Workshop

if TYPE_CHECKING:
    from accounts.models import User

# Whoever holds a seat above the new cap gets the lowest free ones below it.
RENUMBER = """
WITH high AS (
    SELECT id, row_number() OVER (ORDER BY seat) AS turn FROM workshops_membership
     WHERE workshop_id = %(room)s AND left_at IS NULL AND seat > %(cap)s
), free AS (
    SELECT seat.number, row_number() OVER (ORDER BY seat.number) AS turn
      FROM generate_series(1, %(cap)s) AS seat (number)
     WHERE NOT EXISTS (SELECT 1 FROM workshops_membership held
                        WHERE held.workshop_id = %(room)s AND held.seat = seat.number
                          AND held.left_at IS NULL)
)
UPDATE workshops_membership held SET seat = free.number
  FROM high JOIN free USING (turn) WHERE held.id = high.id
"""


@transaction.atomic
def set_cap(workshop: Workshop, cap: int, *, by: User) -> int:
    """Give ``workshop`` ``cap`` seats. Returns: people whose seat got another number.

    Nobody is put out: a cap below the number of members is refused.

    Raises: CapOutOfRange; CapBelowMembers.
    Source: R30.
    """
    main = lock_family(workshop)
    limit = rule_pack_of(main.programme).workshop_cap
    if not 1 <= cap <= limit:
        raise CapOutOfRange(limit=limit)
    members = Membership.objects.current().filter(workshop=workshop).count()
    if members > cap:
        raise CapBelowMembers(members=members, over=members - cap)
    with connection.cursor() as cursor:
        cursor.execute(RENUMBER, {"room": workshop.pk, "cap": cap})
        moved = cursor.rowcount
    before = Workshop.objects.filter(pk=workshop.pk).values_list("cap", flat=True).get()
    Workshop.objects.filter(pk=workshop.pk).update(cap=cap)
    record_act("workshops.set_cap", workshop, by=by, from_state=str(before), to_state=str(cap))
    return moved
