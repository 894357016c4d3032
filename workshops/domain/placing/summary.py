"""What a plan comes to, in numbers for people. Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from workshops.domain.placing.pools import Planned

SHOWN_SPLIT = 200


def digest_of(planned: Iterable[Planned]) -> str:
    """One fingerprint of who comes where."""
    hashed = hashlib.sha256()
    for one in planned:
        parts = ",".join(
            f"{part.school.key}:{part.first}:{part.people}" for part in one.chunk.parts
        )
        hashed.update(f"{one.place[0]}/{one.place[1]}/{one.number}/{parts};".encode())
    return hashed.hexdigest()


def summary_of(planned: Sequence[Planned]) -> dict[str, Any]:
    """Workshops, people, sizes and what is split, in all and per field."""
    by_field: dict[str, list[Planned]] = defaultdict(list)
    for one in planned:
        by_field[one.place[0]].append(one)
    split = _split(planned)
    return {
        "people": sum(one.chunk.people for one in planned),
        "workshops": len(planned),
        "new": sum(one.taken == 0 for one in planned),
        "smallest": min((_size(one) for one in planned), default=0),
        "largest": max((_size(one) for one in planned), default=0),
        "split": len(split["school"]),
        "split_schools": [list(pair) for pair in split["school"][:SHOWN_SPLIT]],
        "split_counties": len(split["county"]),
        "split_cities": len(split["city"]),
        "fields": [_line(field, listed) for field, listed in sorted(by_field.items())],
    }


def _line(field: str, planned: Sequence[Planned]) -> dict[str, Any]:
    """``uneven``: the most by which two workshops of one family differ."""
    families: dict[int, list[int]] = defaultdict(list)
    for one in planned:
        families[one.place[1]].append(_size(one))
    return {
        "field": field,
        "people": sum(one.chunk.people for one in planned),
        "workshops": len(planned),
        "families": len(families),
        "smallest": min(map(min, families.values())),
        "largest": max(map(max, families.values())),
        "uneven": max(max(sizes) - min(sizes) for sizes in families.values()),
    }


def _size(one: Planned) -> int:
    return one.taken + one.chunk.people


def _split(planned: Sequence[Planned]) -> dict[str, list[tuple[str, int]]]:
    """Field and key of schools, counties and cities whose people do not all come to one."""
    rooms: dict[str, dict[tuple[str, int], set[tuple[int, int]]]] = {
        kind: defaultdict(set) for kind in ("school", "county", "city")
    }
    for one in planned:
        field, room = one.place[0], (one.place[1], one.number)
        for part in one.chunk.parts:
            rooms["school"][field, part.school.key].add(room)
            rooms["county"][field, part.school.county].add(room)
            rooms["city"][field, part.school.city].add(room)
    return {
        kind: sorted(key for key, here in found.items() if len(here) > 1)
        for kind, found in rooms.items()
    }
