"""Reads of seats: how full the workshops of a family are, which seat is free."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

FAMILY = """
SELECT room.id, room.number, room.cap, room.state = 'open', room.taken
  FROM workshops_workshop room
 WHERE (room.id = %(main)s OR room.parent_id = %(main)s AND room.number > 1)
"""
ROOMS = f"{FAMILY} ORDER BY room.number"
EMPTIEST = f"""{FAMILY} AND room.state = 'open' AND room.taken < room.cap
 ORDER BY room.taken, room.number LIMIT 1"""
ONE = f"{FAMILY} AND room.id = %(room)s"
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
    """The main workshop and its sub-workshops, in their order. One query."""
    return _rooms(ROOMS, main=main)


def emptiest_room(main: int) -> Room | None:
    """The open workshop of the family with the fewest people and a free seat. One query."""
    return next(iter(_rooms(EMPTIEST, main=main)), None)


def room_in(main: int, workshop: int) -> Room | None:
    """One workshop of the family as it is now. One query."""
    return next(iter(_rooms(ONE, main=main, room=workshop)), None)


def lowest_free_seat(room: Room) -> int | None:
    """The lowest number that nobody holds; None when all are taken. One query."""
    if not room.taken:
        return 1
    with connection.cursor() as cursor:
        cursor.execute(FREE_SEAT, {"room": room.id, "cap": room.cap})
        row = cursor.fetchone()
    return row[0] if row else None


def _rooms(statement: str, **values: int) -> list[Room]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Room(*row) for row in cursor.fetchall()]
