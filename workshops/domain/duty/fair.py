"""Sharing shifts out fairly: a pure function that anybody can repeat (decision 0603)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Candidate:
    """Who can serve: the load carried so far, and which slots (by place) they can take."""

    user: int
    load: int
    free: frozenset[int]


def share_out(slots: int, people: Iterable[Candidate]) -> list[int | None]:
    """Who serves each of ``slots`` shifts in their order; None where nobody can.

    Loads end as equal as terms and absences allow: no exchange of shifts, however long, takes
    one from somebody and gives it to somebody who carries two less. Between equals whoever
    waited longest serves next, then the lower key, so the same input gives the same plan.
    """
    order = sorted(people, key=lambda one: one.user)
    loads = {one.user: one.load for one in order}
    last = dict.fromkeys(loads, -1)
    chosen: list[int | None] = []
    for slot in range(slots):
        able = [one.user for one in order if slot in one.free]
        best = min(able, key=lambda user: (loads[user], last[user], user), default=None)
        chosen.append(best)
        if best is not None:
            loads[best] += 1
            last[best] = slot
    while _even_out(chosen, order, loads):
        pass
    return chosen


def _even_out(chosen: list[int | None], order: Sequence[Candidate], loads: dict[int, int]) -> bool:
    """Pass one shift from a heavy to a light load, through others if need be."""
    for start in sorted(loads, key=lambda user: (-loads[user], user)):
        came_by = _reach(start, chosen, order)
        light = [user for user in came_by if loads[user] <= loads[start] - 2]
        if not light:
            continue
        end = min(light, key=lambda user: (loads[user], user))
        loads[start] -= 1
        loads[end] += 1
        while end != start:
            giver, slot = came_by[end]
            chosen[slot] = end
            end = giver
        return True
    return False


def _reach(
    start: int, chosen: Sequence[int | None], order: Sequence[Candidate]
) -> dict[int, tuple[int, int]]:
    """Everybody to whom a shift of ``start`` can be passed: from whom it comes, and which."""
    held: dict[int, list[int]] = {}
    for slot, user in enumerate(chosen):
        if user is not None:
            held.setdefault(user, []).append(slot)
    came_by: dict[int, tuple[int, int]] = {}
    waiting = deque([start])
    while waiting:
        giver = waiting.popleft()
        for slot in held.get(giver, ()):
            for one in order:
                if slot in one.free and one.user != start and one.user not in came_by:
                    came_by[one.user] = (giver, slot)
                    waiting.append(one.user)
    return came_by


def carried(joined: Mapping[int, date], served: Iterable[tuple[int, date]]) -> dict[int, int]:
    """The load with which each host begins: what they served, and for who came later a start.

    Whoever joins a team starts level with the least loaded of those who were there before,
    instead of serving alone until level. ``served``: host and day of every shift that counts.
    """
    days: dict[int, list[date]] = {user: [] for user in joined}
    for user, day in served:
        if user in days:
            days[user].append(day)
    start: dict[int, int] = {}
    for user in sorted(joined, key=lambda one: (joined[one], one)):
        before = [
            start[other] + sum(day < joined[user] for day in days[other])
            for other in start
            if joined[other] < joined[user]
        ]
        start[user] = min(before, default=0)
    return {user: start[user] + len(days[user]) for user in joined}
