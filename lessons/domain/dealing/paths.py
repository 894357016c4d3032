"""Where an exchange of two does not help: chains of exchanges, found breadth first.

A chain hands a lesson to a teacher, who gives another on to the next, until the last takes one
with little load. The loads are as even as they can be exactly when no chain leads from a
lesson to one with two less; so an even deal is found whenever there is one.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from heapq import merge

from lessons.domain.dealing.table import Table

# Per lesson reached: who takes it, giving which other; None where a chain begins
Parents = dict[int, tuple[int, int | None] | None]


# Holders of one lesson by what they must not get, each list in the order of the table
Holders = dict[frozenset[int], list[int]]


class Chains:
    """Who holds each lesson, kept beside the table while chains move lessons."""

    def __init__(self, table: Table):
        self.table = table
        self.holders: list[Holders] = [{} for _ in table.lessons]
        for teacher, hand in enumerate(table.hands):
            for card in hand:
                if card is not None:
                    self.holders[card].setdefault(table.barred[teacher], []).append(teacher)

    def fill(self, teacher: int, position: int) -> None:
        """Give the teacher the lesson by which the least load grows."""
        places = range(len(self.table.lessons))
        first = [place for place in places if self.table.may_take(teacher, place)]
        parents: Parents = dict.fromkeys(first, (teacher, None))
        end = self._search(parents, min(self.table.loads))
        self._hand_on(parents, end, position)
        self.table.loads[end] += 1

    def level(self) -> None:
        """Move load from lessons with more to lessons with less while a chain leads there."""
        settled: set[int] = set()
        while max(self.table.loads) - min(self.table.loads) > 1:
            start = self._fullest(settled)
            if start is None:
                return
            parents: Parents = {start: None}
            end = self._search(parents, min(self.table.loads))
            if self.table.loads[end] > self.table.loads[start] - 2:
                settled |= parents.keys()
                continue
            self._hand_on(parents, end, None)
            self.table.loads[end] += 1
            self.table.loads[start] -= 1
            settled = set()

    def _fullest(self, settled: set[int]) -> int | None:
        loads = self.table.loads
        floor = min(loads) + 2
        left = [place for place in range(len(loads)) if place not in settled]
        return max(
            (place for place in left if loads[place] >= floor),
            key=lambda place: (loads[place], -place),
            default=None,
        )

    def _search(self, parents: Parents, least: int) -> int:
        """The first lesson of the least load that can be reached; stops at load ``least``."""
        loads, reached = self.table.loads, list(parents)
        left = set(range(len(loads))) - parents.keys()
        best = reached[0]
        for place in reached:  # grows while it is read
            if loads[place] < loads[best]:
                best = place
            if loads[best] <= least:
                break
            reached += self._grow(parents, place, left)
        return best

    def _grow(self, parents: Parents, place: int, left: set[int]) -> list[int]:
        """Lessons in ``left`` that the holders of ``place`` could take instead; takes them out."""
        table, found = self.table, []
        alike = (_while_useful(left, *one) for one in self.holders[place].items())
        for holder in merge(*alike):
            new = left.difference(table.barred[holder], table.hands[holder])
            if new:
                left -= new
                found += sorted(new)
                parents.update((other, (holder, place)) for other in new)
        return found

    def _hand_on(self, parents: Parents, end: int, free: int | None) -> None:
        """Let everybody on the chain take and give; who gives nothing fills position ``free``."""
        taken: int | None = end
        while taken is not None and (move := parents[taken]):
            who, given = move
            hand = self.table.hands[who]
            hand[free if given is None else hand.index(given)] = taken  # type: ignore[index]
            barred = self.table.barred[who]
            insort(self.holders[taken].setdefault(barred, []), who)
            if given is not None:
                self.holders[given][barred].remove(who)
            taken = given


def _while_useful(left: set[int], barred: frozenset[int], holders: list[int]) -> Iterator[int]:
    """Holders who must not get ``barred``, until nothing else is in ``left``.

    A school of thousands is passed over at once where only its own lessons are left.
    """
    for holder in holders:
        if left <= barred:
            return
        yield holder


def mend_by_chains(table: Table) -> None:
    """Deal again what exchanges could not mend, then make the loads as even as can be."""
    gaps = [
        (teacher, position)
        for teacher, hand in enumerate(table.hands)
        if None in hand
        for position in range(table.wanted(teacher))
        if hand[position] is None
    ]
    if not gaps and max(table.loads) - min(table.loads) <= 1:
        return
    chains = Chains(table)
    for teacher, position in gaps:
        chains.fill(teacher, position)
    chains.level()
