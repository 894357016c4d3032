"""Reads of seats: how full the workshops of a family are, which seat is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from workshops.models import Membership

if TYPE_CHECKING:
    from workshops.models import Workshop

ROOMS = """
SELECT room.id, room.number, room.cap, room.state = 'open', count(seat.id)<held>
  FROM workshops_workshop room
  LEFT JOIN workshops_membership seat ON seat.workshop_id = room.id AND seat.left_at IS NULL
 WHERE room.id = %(main)s OR room.parent_id = %(main)s AND room.number > 1
 GROUP BY room.id ORDER BY room.number
"""
COUNTED = ROOMS.replace("<held>", "")
WITH_SEATS = ROOMS.replace("<held>", ", array_remove(array_agg(seat.seat), NULL)")


@dataclass(frozen=True)
class Room:
    """A workshop of a family with the persons who sit in it."""

    id: int
    number: int
    cap: int
    is_open: bool
    taken: int

    held: Sequence[int] = ()

    @property
    def free(self) -> int:
        return max(0, self.cap - self.taken) if self.is_open else 0

    @property
    def lowest_free_seat(self) -> int | None:
        """The lowest number that nobody holds, of a room read with its seats; None when full."""
        held = set(self.held)
        return next((seat for seat in range(1, self.cap + 1) if seat not in held), None)


def rooms_of(main: int, *, with_seats: bool = False) -> list[Room]:
    """The main workshop and its sub-workshops; with the numbers held, if asked. One query."""
    with connection.cursor() as cursor:
        cursor.execute(WITH_SEATS if with_seats else COUNTED, {"main": main})
        return [Room(*row) for row in cursor.fetchall()]


def with_taken(workshops: QuerySet[Workshop]) -> QuerySet:
    """Adds ``taken``, the persons who sit there."""
    held = Membership.objects.current().filter(workshop=OuterRef("pk")).order_by()
    counted = held.values("workshop").annotate(people=Count("pk")).values("people")
    taken = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return workshops.annotate(taken=taken)
