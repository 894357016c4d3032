"""Which schools change the workshop so that those of a family are of one size. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Filled:
    """An open workshop of the family with its people by school."""

    room: int
    cap: int
    schools: Mapping[int, int]


@dataclass(frozen=True)
class Change:
    """Everybody of ``school`` in ``source`` goes to ``target``."""

    school: int
    people: int
    source: int
    target: int


def even_out(rooms: Sequence[Filled]) -> list[Change]:
    """Moves of whole schools that bring the workshops nearest to one size; the fewest first.

    From the fullest to the emptiest goes the school that halves their difference best, until no
    whole school makes it smaller. Nobody comes back to where they were.

    Source: A11.
    """
    held = {one.room: dict(one.schools) for one in rooms}
    caps = {one.room: one.cap for one in rooms}
    at = {(one.room, school): one.room for one in rooms for school in one.schools}
    for _turn in range(sum(map(len, held.values()))):
        sizes = {room: sum(schools.values()) for room, schools in held.items()}
        full = max(sizes, key=lambda room: (sizes[room], room))
        empty = min(sizes, key=lambda room: (sizes[room], room))
        gap = min(sizes[full] - sizes[empty], caps[empty] - sizes[empty] + 1)
        own = {school: people for school, people in held[full].items() if people < gap}
        if not own or sizes[full] - sizes[empty] < 2:
            break
        school = min(own, key=lambda key: (abs(2 * own[key] - gap), key))
        people = held[full].pop(school)
        held[empty][school] = held[empty].get(school, 0) + people
        for origin, place in at.items():
            if origin[1] == school and place == full:
                at[origin] = empty
    return _changes(rooms, at)


def digest_of(changes: Iterable[Change]) -> str:
    """One fingerprint of who would go where."""
    text = ";".join(f"{one.school}:{one.people}:{one.source}:{one.target}" for one in changes)
    return hashlib.sha256(text.encode()).hexdigest()


def _changes(rooms: Sequence[Filled], at: Mapping[tuple[int, int], int]) -> list[Change]:
    return [
        Change(school, people, one.room, at[one.room, school])
        for one in rooms
        for school, people in sorted(one.schools.items())
        if at[one.room, school] != one.room
    ]
