"""After the draw: who comes later or must give a lesson back is dealt by the same rule.

Nobody else's lessons are touched. Each vacant place takes, among the lessons the teacher may
get and never had, the one with the least load at this moment; SHA-256 of the seed decides
between equals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from lessons.domain.dealing.shapes import FIRST_RUNG, Group, Lesson, Rules, Teacher, in_order

Hand = list[str | None]


class Request(NamedTuple):
    """A teacher of ``group`` who keeps the lessons ``kept`` and fills the other places."""

    group: Group
    teacher: Teacher
    kept: frozenset[str]


@dataclass
class Given:
    """What a supplement starts from: news of the pools, and who is to be dealt."""

    number: int
    previous: str
    added: list[tuple[Group, Lesson]] = field(default_factory=list)
    withdrawn: list[tuple[Group, str]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


@dataclass
class State:
    """The draw as it stands: open lessons, and what is and was in each hand.

    ``rungs`` is where each group's draw ended; ``loads`` counts the hands that hold a lesson.
    """

    pools: dict[Group, dict[str, Lesson]]
    rungs: dict[Group, str]
    loads: dict[str, int]
    hands: dict[str, Hand] = field(default_factory=dict)
    held: dict[str, set[str]] = field(default_factory=dict)


def supplement(root: bytes, rules: Rules, state: State, given: Given) -> dict[str, Hand]:
    """Carry out ``given`` on ``state``. Returns: the new hands of those it names."""
    _change_pools(state, given)
    for request in given.requests:
        _give_back(rules, state, request)
    waiting: dict[Group, list[Request]] = {}
    for request in given.requests:
        waiting.setdefault(request.group, []).append(request)
    for group in sorted(waiting):
        requests = waiting[group]
        codes = [request.teacher.code.encode() for request in requests]
        for place in in_order(root, f"supplement {given.number}/{group}", codes):
            _fill(root, rules, state, given.number, requests[place])
    return {request.teacher.code: state.hands[request.teacher.code] for request in given.requests}


def _change_pools(state: State, given: Given) -> None:
    for group, code in given.withdrawn:
        state.pools[group].pop(code, None)
    for group, lesson in given.added:
        state.pools.setdefault(group, {})[lesson.code] = lesson


def _give_back(rules: Rules, state: State, request: Request) -> None:
    code = request.teacher.code
    before = state.hands.get(code) or [None] * rules.lessons
    for lesson in before:
        if lesson is not None and lesson not in request.kept:
            state.loads[lesson] -= 1
    state.hands[code] = [lesson if lesson in request.kept else None for lesson in before]
    state.held.setdefault(code, set()).update(lesson for lesson in before if lesson is not None)


def _fill(root: bytes, rules: Rules, state: State, number: int, request: Request) -> None:
    code = request.teacher.code
    prefix = root + f"supplement {number}/{request.group}/{code}".encode() + b"\n"
    hand, held = state.hands[code], state.held[code]
    for position, lesson in enumerate(hand):
        if lesson is not None:
            continue
        choice = min(
            _choices(rules, state, request),
            key=lambda one: (state.loads.get(one, 0), sha256(prefix + one.encode()).digest()),
            default=None,
        )
        if choice is None:
            return
        hand[position] = choice
        held.add(choice)
        state.loads[choice] = state.loads.get(choice, 0) + 1


def _choices(rules: Rules, state: State, request: Request) -> list[str]:
    """Lessons for the teacher from the rungs of the group's draw, or from the next that has any."""
    pool = state.pools.get(request.group, {})
    held = state.held[request.teacher.code]
    rungs = rules.rungs
    reached = rungs.index(state.rungs.get(request.group, FIRST_RUNG)) + 1
    for last in range(reached, len(rungs) + 1):
        found = [
            lesson.code
            for lesson in pool.values()
            if lesson.rung in rungs[:last]
            and lesson.code not in held
            and may_have(rules, request.teacher, lesson)
        ]
        if found:
            return found
    return []


def may_have(rules: Rules, teacher: Teacher, lesson: Lesson) -> bool:
    """Not barred, and not of the own school where the rules say so."""
    own_school = rules.avoid_own_school and lesson.school and lesson.school == teacher.school
    return not own_school and lesson.code not in teacher.barred
