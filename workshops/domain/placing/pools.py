"""Which people learn together: a county of its own, else its city, else the province. Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workshops.domain.placing.cutting import Chunk, School, cut

Group = tuple[str, int, int, int, int, int]
"""Field, province, city, county, school, people."""

Place = tuple[str, int]
"""A family of workshops: field and organisation."""


@dataclass(frozen=True)
class Room:
    """An open workshop that is there already, with the people in it."""

    number: int
    cap: int
    taken: int


@dataclass(frozen=True)
class Planned:
    """Who is to come into workshop ``number`` of a family."""

    place: Place
    number: int
    taken: int
    chunk: Chunk


@dataclass(frozen=True)
class Options:
    """``top``: the organisation that places, above which nobody is taken."""

    top: int
    minimum: int
    cap: int
    seed: str


def plan(
    groups: Iterable[Group], rooms: Mapping[Place, list[Room]], options: Options
) -> list[Planned]:
    """The workshops for everybody in ``groups``, in the order of their families.

    A family that has members is filled first, and stays a pool of its own however small.
    Source: R30, A11.
    """
    planned = []
    for place, schools in sorted(_pools(groups, rooms, options).items()):
        ordered = sorted(schools, key=lambda one: (one.city, one.county, _mark(options, one.key)))
        planned += _family(place, ordered, rooms.get(place, []), options.cap)
    return planned


def _family(place: Place, schools: list[School], rooms: list[Room], cap: int) -> list[Planned]:
    """Fill the rooms that are there and as many new ones as the people need."""
    people = sum(school.people for school in schools)
    rooms = list(rooms)
    number = max((room.number for room in rooms), default=0)
    while sum(max(0, room.cap - room.taken) for room in rooms) < people:
        number += 1
        rooms.append(Room(number, cap, 0))
    limits = [max(0, room.cap - room.taken) for room in rooms]
    chunks = cut(schools, limits, [room.taken for room in rooms])
    return [
        Planned(place, room.number, room.taken, chunk)
        for room, chunk in zip(rooms, chunks, strict=True)
        if chunk.parts
    ]


def _pools(
    groups: Iterable[Group], rooms: Mapping[Place, list[Room]], options: Options
) -> dict[Place, list[School]]:
    """Schools by the family that they come to: too few people climb to the unit above."""
    lived_in = {place for place, listed in rooms.items() if any(room.taken for room in listed)}
    climbing: dict[str, dict[tuple[int, ...], list[School]]] = defaultdict(dict)
    for field, province, city, county, school, people in groups:
        way = _way(options.top, county, city, province)
        climbing[field].setdefault(way, []).append(School(school, people, county, city))
    settled: dict[Place, list[School]] = defaultdict(list)
    for field, ways in climbing.items():
        while ways:
            ways = _climb(field, ways, settled, lived_in, options.minimum)
    return settled


def _climb(
    field: str,
    ways: dict[tuple[int, ...], list[School]],
    settled: dict[Place, list[School]],
    lived_in: set[Place],
    minimum: int,
) -> dict[tuple[int, ...], list[School]]:
    """One step: what is big enough (or has nowhere to climb) stays, the rest goes one up."""
    longest = max(map(len, ways))
    above: dict[tuple[int, ...], list[School]] = defaultdict(list)
    for way, schools in ways.items():
        if len(way) < longest:
            above[way] += schools
        elif (
            len(way) == 1
            or (field, way[0]) in lived_in
            or sum(school.people for school in schools) >= minimum
        ):
            settled[field, way[0]] += schools
        else:
            above[way[1:]] += schools
    return dict(above)


def _way(top: int, *units: int) -> tuple[int, ...]:
    """The units from the county up to ``top``, each once; ``top`` alone for what is beside it."""
    way = tuple(dict.fromkeys(units))
    return way[: way.index(top) + 1] if top in way else (top,)


def _mark(options: Options, key: int) -> str:
    """The school's place among its neighbours: by the seed, not by its age in the database."""
    return hashlib.sha256(f"{options.seed}/{key}".encode()).hexdigest()
