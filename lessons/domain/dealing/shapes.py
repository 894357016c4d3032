"""What the draw is made of. Codes are opaque: no person or school can be read from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

ALGORITHM = "yanxiu-draw-1"
FIRST_RUNG = "city"


class Group(NamedTuple):
    """Everybody of one stage and subject, and the lessons for them."""

    stage: str
    subject: str

    def __str__(self) -> str:
        return f"{self.stage}/{self.subject}"


class Teacher(NamedTuple):
    """``barred`` are the lessons that the teacher must not get whatever their school."""

    code: str
    school: str
    barred: frozenset[str] = frozenset()


class Lesson(NamedTuple):
    """``strata`` are its values under the keys of the rules: city, grade, edition."""

    code: str
    school: str
    rung: str
    strata: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """``lessons``: how many each teacher gets. ``ladder``: whence more come, in this order."""

    lessons: int
    avoid_own_school: bool
    strata: tuple[str, ...]
    ladder: tuple[str, ...]

    @property
    def rungs(self) -> tuple[str, ...]:
        return (FIRST_RUNG, *self.ladder)


@dataclass
class Step:
    """One rung tried: lessons it added, lessons still missing in hands, least and most load."""

    rung: str
    added: int
    missing: int
    loads: tuple[int, int] | None = None


@dataclass
class Dealt:
    """A group after the draw. ``hands`` holds codes by position, None where none was left."""

    group: Group
    rung: str
    steps: list[Step]
    lessons: list[Lesson]
    hands: dict[str, list[str | None]] = field(default_factory=dict)
    loads: dict[str, int] = field(default_factory=dict)


def root_of(commitment: str, seed: str) -> bytes:
    """What every order of a draw grows from: the announcement and the seed that came after."""
    return sha256(f"{commitment}\n{seed}".encode()).digest()


def in_order(root: bytes, label: str, codes: list[bytes]) -> list[int]:
    """The places of ``codes`` in an order that nobody can steer: by SHA-256."""
    prefix = root + label.encode() + b"\n"
    keys = [sha256(prefix + code).digest() for code in codes]
    return sorted(range(len(codes)), key=keys.__getitem__)


def number(root: bytes, label: str, code: bytes) -> int:
    """A number that nobody can steer, from 0 to 2^64 - 1."""
    return int.from_bytes(sha256(root + label.encode() + b"\n" + code).digest()[:8], "big")
