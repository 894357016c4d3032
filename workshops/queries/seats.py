"""Reads of seats: how full the workshops of a family are, which seat is free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from workshops.models import Membership

if TYPE_CHECKING:
    from workshops.models import Workshop

ROOMS = """
SELECT room.id, room.number, room.cap, room.state = 'open', count(seat.id)
  FROM workshops_workshop room
  LEFT JOIN workshops_membership seat ON seat.workshop_id = room.id AND seat.left_at IS NULL
 WHERE room.id = %(main)s OR room.parent_id = %(main)s AND room.number > 1
 GROUP BY room.id ORDER BY room.number
"""
FREE_SEAT = """
SELECT free.number FROM generate_series(1, %(cap)s) AS free (number)
 WHERE NOT EXISTS (
     SELECT 1 FROM workshops_membership held
      WHERE held.workshop_id = %(room)s AND held.seat = free.number AND held.left_at IS NULL)
 ORDER BY free.number LIMIT 1
"""


@dataclass(frozen=True)
class Room:
    """A workshop of a family with the persons who sit in it."""

    id: int
    number: int
    cap: int
    is_open: bool
    taken: int

    @property
    def free(self) -> int:
        return max(0, self.cap - self.taken) if self.is_open else 0


def rooms_of(main: int) -> list[Room]:
    """The main workshop and its sub-workshops. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ROOMS, {"main": main})
        return [Room(*row) for row in cursor.fetchall()]


def lowest_free_seat(room: Room) -> int | None:
    """The lowest number that nobody holds; None when all are taken."""
    with connection.cursor() as cursor:
        cursor.execute(FREE_SEAT, {"room": room.id, "cap": room.cap})
        row = cursor.fetchone()
    return row[0] if row else None


def with_taken(workshops: QuerySet[Workshop]) -> QuerySet:
    """Adds ``taken``, the persons who sit there."""
    held = Membership.objects.current().filter(workshop=OuterRef("pk")).order_by()
    counted = held.values("workshop").annotate(people=Count("pk")).values("people")
    taken = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return workshops.annotate(taken=taken)
