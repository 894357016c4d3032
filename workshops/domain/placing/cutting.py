"""How the schools of one pool are cut into workshops. Pure: same input, same answer.

Every workshop gets its target of people. Schools are taken in their order (city, county, seed),
so that counties and cities stay together; where a target falls inside a county, those of its
schools are chosen whose sizes add up to it. A school is split only when no choice of whole
schools keeps within the limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class School:
    """The people of one school in one field, with the units above it."""

    key: int
    people: int
    county: int
    city: int


@dataclass(frozen=True)
class Part:
    """``people`` of a school, beginning after its first ``first`` ones."""

    school: School
    first: int
    people: int


@dataclass
class Chunk:
    """Who comes into one workshop."""

    parts: list[Part] = field(default_factory=list)

    @property
    def people(self) -> int:
        return sum(part.people for part in self.parts)


@dataclass
class _Rest:
    """A school, or what is left of one that was split."""

    school: School
    first: int = 0

    @property
    def people(self) -> int:
        return self.school.people - self.first


def cut(schools: Sequence[School], limits: Sequence[int], taken: Sequence[int] = ()) -> list[Chunk]:
    """Give the people of ``schools`` (in their order) to workshops with free seats ``limits``.

    ``taken``: who sits in each already; workshops are made as even as that allows. The sum of
    the limits must suffice.
    """
    rest = [_Rest(school) for school in schools]
    people = sum(school.people for school in schools)
    held = list(taken) or [0] * len(limits)
    chunks = []
    for place, limit in enumerate(limits):
        later = sum(limits[place + 1 :])
        target = min(limit, _target(people, held[place:], limits[place:]))
        chunk = _take(rest, target, least=max(0, people - later), most=min(limit, people))
        people -= chunk.people
        chunks.append(chunk)
    return chunks


def _target(people: int, held: Sequence[int], limits: Sequence[int]) -> int:
    """How many the first of the workshops gets when all are filled to one level.

    The level is found by halving: the lowest at which everybody fits.
    """
    low, high = 0, max(have + limit for have, limit in zip(held, limits, strict=True))
    while low < high:
        level = (low + high) // 2
        room = sum(
            min(limit, max(0, level - have)) for have, limit in zip(held, limits, strict=True)
        )
        low, high = (level + 1, high) if room < people else (low, level)
    return min(people, limits[0], max(0, low - held[0]))


def _take(rest: list[_Rest], target: int, *, least: int, most: int) -> Chunk:
    """Take ``target`` people off ``rest``: whole counties, then whole schools, else a split."""
    chunk = Chunk()
    while rest and _county(rest, chunk.people, target):
        chunk.parts += _off(rest, range(_length(rest)))
    missing = target - chunk.people
    if missing <= 0 and chunk.people >= least:
        return chunk
    for reach in _reaches(rest):
        chosen = _sums_to(rest[:reach], missing)
        if chosen is not None:
            chunk.parts += _off(rest, chosen)
            return chunk
    low, high = least - chunk.people, most - chunk.people
    chosen = _nearest(rest[: _reaches(rest)[0]] if rest else [], missing, low, high)
    if chosen is None:
        chosen = _nearest(rest, missing, low, high)
    if chosen is not None:
        chunk.parts += _off(rest, chosen)
        return chunk
    chunk.parts += _split(rest, missing)
    return chunk


def _length(rest: Sequence[_Rest]) -> int:
    """How many schools at the head are of one county."""
    county = rest[0].school.county
    return next((place for place, one in enumerate(rest) if one.school.county != county), len(rest))


def _county(rest: Sequence[_Rest], have: int, target: int) -> bool:
    """Whether the whole next county still fits."""
    return have + sum(one.people for one in rest[: _length(rest)]) <= target


def _reaches(rest: Sequence[_Rest]) -> list[int]:
    """How far to look for schools: the next county, its city, the next 150 schools."""
    if not rest:
        return []
    city = rest[0].school.city
    of_city = next((place for place, one in enumerate(rest) if one.school.city != city), len(rest))
    return sorted({_length(rest), min(of_city, 150), min(len(rest), 150)})


def _sums_to(rest: Sequence[_Rest], wanted: int) -> list[int] | None:
    """Places of schools whose people add up to ``wanted``; None when none do."""
    return _nearest(rest, wanted, wanted, wanted)


def _nearest(rest: Sequence[_Rest], wanted: int, low: int, high: int) -> list[int] | None:
    """Places of schools whose sum lies within the bounds, as near to ``wanted`` as can be.

    ``reached[n]`` holds, as bits, the sums of the first n schools.
    """
    if high < max(low, 0):
        return None
    mask, reached = (1 << (high + 1)) - 1, [1]
    for one in rest:
        reached.append((reached[-1] | reached[-1] << one.people) & mask)
    sums = [total for total in range(max(low, 0), high + 1) if reached[-1] >> total & 1]
    if not sums:
        return None
    left = min(sums, key=lambda total: (abs(total - wanted), total))
    chosen = []
    for place in range(len(rest), 0, -1):
        if not reached[place - 1] >> left & 1:
            chosen.append(place - 1)
            left -= rest[place - 1].people
    return chosen[::-1]


def _split(rest: list[_Rest], missing: int) -> list[Part]:
    """Whole schools in their order, then the beginning of the one that does not fit."""
    parts = []
    while missing:
        people = min(missing, rest[0].people)
        parts.append(Part(rest[0].school, rest[0].first, people))
        missing -= people
        if people == rest[0].people:
            rest.pop(0)
        else:
            rest[0] = _Rest(rest[0].school, rest[0].first + people)
    return parts


def _off(rest: list[_Rest], places: Sequence[int]) -> list[Part]:
    """Take the schools at ``places`` off the list."""
    chosen = set(places)
    parts = [
        Part(one.school, one.first, one.people) for place, one in enumerate(rest) if place in chosen
    ]
    rest[:] = [one for place, one in enumerate(rest) if place not in chosen]
    return parts
