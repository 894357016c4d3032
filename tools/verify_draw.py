#!/usr/bin/env python3
"""Check a draw from its published files, with nothing but Python.

    python3 verify_draw.py FOLDER [--commitment SHA256] [--lang zh|en]

FOLDER holds announcement.txt, rules.json, roster.csv, pool.csv; once drawn also seed.txt,
result.csv, report.json; and, later, supplement-001-given.csv, supplement-001-result.csv and so on.
The first thing that is not as it should be is named; the exit code is then 1.
"""

# Made from the package lessons/domain/dealing by its module bundle; do not edit here.

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from heapq import merge
from pathlib import Path
from typing import NamedTuple

# shapes: What the draw is made of. Codes are opaque: no person or school can be read from them.

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


# table: One group at the table: who holds what, who must not get what, and the first deal.

EXCHANGE_TRIES = 64  # seats looked at for one exchange before longer ways are sought


class Table:
    """Teachers and lessons by their place in the order of the seed, so places can be compared."""

    def __init__(
        self, root: bytes, name: str, rules: Rules, teachers: list[Teacher], lessons: list[Lesson]
    ):
        self.root, self.name, self.rules = root, name, rules
        codes = [one.code.encode() for one in teachers]
        turn = in_order(root, f"{name}/turn 1", codes)
        self.teachers = [teachers[place] for place in turn]
        self.codes = [codes[place] for place in turn]
        cards = [one.code.encode() for one in lessons]
        deck = in_order(root, f"{name}/deck 1", cards)
        self.lessons = [lessons[place] for place in deck]
        self.cards = [cards[place] for place in deck]
        self.barred = barred_places(rules, self.teachers, self.lessons)
        self.hands: list[list[int | None]] = []
        self.loads = [0] * len(lessons)
        self.seats: list[tuple[int, int]] = []  # teacher and position, turn after turn

    def wanted(self, teacher: int) -> int:
        """How many lessons the teacher can get at all."""
        return min(self.rules.lessons, len(self.lessons) - len(self.barred[teacher]))

    def missing(self) -> int:
        """How many lessons nobody can deal, because a teacher may not get enough of them."""
        full = self.rules.lessons
        return sum(full - self.wanted(teacher) for teacher in range(len(self.teachers)))

    def deal(self) -> None:
        """Turn after turn, each teacher takes the top card of the shuffled decks."""
        count = len(self.teachers)
        wanted = [self.wanted(teacher) for teacher in range(count)]
        cards = self._cards(sum(wanted))
        self.hands = [[None] * self.rules.lessons for _ in range(count)]
        for position in range(self.rules.lessons):
            label = f"{self.name}/turn {position + 1}"
            turn = in_order(self.root, label, self.codes) if position else range(count)
            self.seats += [(teacher, position) for teacher in turn if position < wanted[teacher]]
        for (teacher, position), card in zip(self.seats, cards, strict=False):
            self.hands[teacher][position] = card
            self.loads[card] += 1

    def _cards(self, count: int) -> Iterator[int]:
        """Deck after deck, each with every lesson once, each in an order of its own."""
        number_of_deck = 0
        while count > 0:
            number_of_deck += 1
            label = f"{self.name}/deck {number_of_deck}"
            first = number_of_deck == 1
            deck = range(len(self.cards)) if first else in_order(self.root, label, self.cards)
            yield from deck
            count -= len(self.cards)

    def may_take(self, teacher: int, lesson: int) -> bool:
        return lesson not in self.barred[teacher] and lesson not in self.hands[teacher]

    def wrong(self, teacher: int, position: int) -> bool:
        """Whether the teacher must not keep what lies at the position."""
        hand, card = self.hands[teacher], self.hands[teacher][position]
        return card is not None and (card in self.barred[teacher] or hand.count(card) > 1)

    def partners(self, teacher: int, position: int, label: str, tries: int) -> Iterator[int]:
        """Seats to exchange with, from a place on that nobody can steer."""
        count = len(self.seats)
        start = number(self.root, f"{self.name}/{label} {position + 1}", self.codes[teacher])
        for step in range(min(tries, count)):
            yield (start + step) % count

    def exchange(self, teacher: int, position: int, other: int, other_position: int) -> None:
        mine, theirs = self.hands[teacher], self.hands[other]
        mine[position], theirs[other_position] = theirs[other_position], mine[position]


def barred_places(
    rules: Rules, teachers: list[Teacher], lessons: list[Lesson]
) -> list[frozenset[int]]:
    """Per teacher the places of the lessons that the teacher must not get."""
    by_code = {lesson.code: place for place, lesson in enumerate(lessons)}
    by_school: dict[str, set[int]] = {}
    if rules.avoid_own_school:
        for place, lesson in enumerate(lessons):
            if lesson.school:
                by_school.setdefault(lesson.school, set()).add(place)
    nothing: frozenset[int] = frozenset()
    schools = {school: frozenset(places) for school, places in by_school.items()}
    return [
        schools.get(one.school, nothing) | {by_code[code] for code in one.barred if code in by_code}
        if one.barred
        else schools.get(one.school, nothing)
        for one in teachers
    ]


def mend_by_exchange(table: Table) -> None:
    """Exchange every card that its teacher must not keep with a seat where both are right.

    What no exchange of two seats can mend is put back; ``paths`` deals it again.
    """
    for teacher, hand in enumerate(table.hands):
        barred = table.barred[teacher]
        if len(set(hand)) == len(hand) and (not barred or barred.isdisjoint(hand)):
            continue
        for position in range(len(hand)):
            if table.wrong(teacher, position) and not _exchanged(table, teacher, position):
                card = hand[position]
                hand[position] = None
                table.loads[card] -= 1  # type: ignore[index]


def _exchanged(table: Table, teacher: int, position: int) -> bool:
    card = table.hands[teacher][position]
    for seat in table.partners(teacher, position, "exchange", EXCHANGE_TRIES):
        other, other_position = table.seats[seat]
        theirs = table.hands[other][other_position]
        if other == teacher or theirs is None or theirs == card:
            continue
        if table.may_take(teacher, theirs) and table.may_take(other, card):  # type: ignore[arg-type]
            table.exchange(teacher, position, other, other_position)
            return True
    return False


# paths: Where an exchange of two does not help: chains of exchanges, found breadth first.

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


# spread: Structured random: let each teacher's lessons come from as many strata as exchanges allow.

SPREAD_TRIES = 8
SPREAD_ROUNDS = 2


class Spread:
    """Counts pairs of cards in one hand that share a stratum, and exchanges them away.

    Fewer such pairs means more different cities (grades, editions) for each, and evenly so:
    four of one city are six pairs, three are three, two are one.
    """

    def __init__(self, table: Table):
        self.table = table
        self.strata = [lesson.strata for lesson in table.lessons]
        self.share = self._shares()
        self.left = sum(self._pairs(hand) for hand in table.hands) - self._fewest()

    def improve(self, teacher: int, label: str) -> None:
        """Exchange the cards of which the hand has more than its share, where both gain."""
        table = self.table
        hand = table.hands[teacher]
        for position, card in enumerate(hand):
            if card is None or not self._too_many(hand, card):
                continue
            for seat in table.partners(teacher, position, label, SPREAD_TRIES):
                other, other_position = table.seats[seat]
                gain = self._gain(teacher, position, other, other_position)
                if gain > 0:
                    table.exchange(teacher, position, other, other_position)
                    self.left -= gain
                    break

    def _shares(self) -> list[dict[str, int]]:
        """Per key and value the most cards of it that a hand has if all are dealt evenly."""
        hands = len(self.table.hands)
        return [
            {value: -(-load // hands) for value, load in loads.items()} for loads in self._loads()
        ]

    def _loads(self) -> list[dict[str, int]]:
        loads: list[dict[str, int]] = [{} for _ in self.table.rules.strata]
        for card, load in enumerate(self.table.loads):
            for key, value in enumerate(self.strata[card]):
                loads[key][value] = loads[key].get(value, 0) + load
        return loads

    def _fewest(self) -> int:
        """The fewest pairs that any deal of these cards could have."""
        hands, pairs = len(self.table.hands), 0
        for loads in self._loads():
            for load in loads.values():
                each, more = divmod(load, hands)
                pairs += hands * each * (each - 1) // 2 + more * each
        return pairs

    def _pairs(self, hand: list[int | None]) -> int:
        cards = [self.strata[card] for card in hand if card is not None]
        return sum(
            sum(map(str.__eq__, one, other))
            for place, one in enumerate(cards)
            for other in cards[:place]
        )

    def _too_many(self, hand: list[int | None], card: int) -> bool:
        cards = [self.strata[one] for one in hand if one is not None]
        for key, value in enumerate(self.strata[card]):
            if sum(one[key] == value for one in cards) > self.share[key][value]:
                return True
        return False

    def _gain(self, teacher: int, position: int, other: int, other_position: int) -> int:
        """How many pairs fewer there are if the two seats exchange; 0 where they must not."""
        mine, theirs = self.table.hands[teacher], self.table.hands[other]
        card, their_card = mine[position], theirs[other_position]
        if other == teacher or their_card is None or card is None:
            return 0
        gain = self._fewer(mine, card, their_card) + self._fewer(theirs, their_card, card)
        if gain <= 0:
            return 0
        may = self.table.may_take(teacher, their_card) and self.table.may_take(other, card)
        return gain if may else 0

    def _fewer(self, hand: list[int | None], old: int, new: int) -> int:
        gone, come, fewer = self.strata[old], self.strata[new], 0
        for card in hand:
            if card is not None and card != old:
                for value, was, will in zip(self.strata[card], gone, come, strict=True):
                    fewer += (value == was) - (value == will)
        return fewer


def spread_hands(table: Table) -> None:
    """Exchange cards between two teachers where together they repeat fewer strata.

    Hard rules hold after every exchange, and no lesson's load changes. It ends where nothing
    better is possible or found; it is a search, not a guarantee.
    """
    search = Spread(table)
    for round_number in range(1, SPREAD_ROUNDS + 1):
        for teacher in range(len(table.hands)):
            if search.left <= 0:
                return
            search.improve(teacher, f"spread {round_number}")


# group: The draw of a whole group, up the ladder where its own lessons do not suffice (A4).

Groups = dict[Group, list[Teacher]]
Pools = dict[Group, list[Lesson]]


def deal_all(root: bytes, rules: Rules, rosters: Groups, pools: Pools) -> Iterator[Dealt]:
    """Deal every group, in the order of their names."""
    for group in sorted(rosters):
        yield deal_group(root, group, rules, rosters[group], pools.get(group, []))


def deal_group(
    root: bytes, group: Group, rules: Rules, teachers: list[Teacher], pool: Iterable[Lesson]
) -> Dealt:
    """Give every teacher as many different lessons as the rules say, loads even to one.

    Rung after rung is added until both are possible. If the ladder ends before that, the rung
    counts at which fewest lessons are missing, then the one with the evenest load, then the
    lower one; whoever gets fewer is named in the result.
    """
    attempts: list[tuple[tuple[int, int, int], Table, str]] = []
    steps: list[Step] = []
    lessons = sorted(set(pool))
    for rung in rules.rungs:
        added = [lesson for lesson in lessons if lesson.rung == rung]
        if rung != FIRST_RUNG and not added:
            steps.append(Step(rung, 0, steps[-1].missing, steps[-1].loads))
            continue
        open_rungs = {step.rung for step in steps} | {rung}
        usable = [lesson for lesson in lessons if lesson.rung in open_rungs]
        table = Table(root, str(group), rules, teachers, usable)
        step = Step(rung, len(added), table.missing())
        steps.append(step)
        if not step.missing and usable:
            _deal(table)
            step.loads = (min(table.loads), max(table.loads))
        uneven = max(step.loads[1] - step.loads[0], 1) if step.loads else 1
        attempts.append(((step.missing, uneven, len(attempts)), table, rung))
        if not step.missing and uneven == 1:
            break
    _order, table, rung = min(attempts, key=lambda attempt: attempt[0])
    return _result(group, rung, steps, table)


def _deal(table: Table) -> None:
    table.deal()
    mend_by_exchange(table)
    mend_by_chains(table)
    if table.rules.strata:
        spread_hands(table)


def _result(group: Group, rung: str, steps: list[Step], table: Table) -> Dealt:
    if not table.hands and table.lessons:
        _deal(table)
    codes = [lesson.code for lesson in table.lessons]
    nothing: list[int | None] = [None] * table.rules.lessons
    hands = table.hands or [nothing] * len(table.teachers)
    return Dealt(
        group=group,
        rung=rung,
        steps=steps,
        lessons=table.lessons,
        hands={
            teacher.code: [None if card is None else codes[card] for card in hand]
            for teacher, hand in zip(table.teachers, hands, strict=True)
        },
        loads=dict(zip(codes, table.loads, strict=True)),
    )


# later: After the draw: who comes later or must give a lesson back is dealt by the same rule.

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


# files: The published files of a draw: what stands in them, byte by byte.

ROSTER = ("stage", "subject", "teacher", "school", "barred")
POOL = ("stage", "subject", "rung", "lesson", "school", "city", "grade", "edition")
RESULT = ("stage", "subject", "teacher", "lessons")
STRATA = ("city", "grade", "edition")
GIVEN = ("kind", "code", "stage", "subject", "school", "rung", *STRATA, "barred", "kept")
NO_LESSON = "-"
CHECK_DIGITS = 8


class Damaged(Exception):
    """A file cannot be what was published: which, in which line, and why."""

    def __init__(self, name: str, line: int, why: str):
        super().__init__(name, line, why)
        self.name, self.line, self.why = name, line, why


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def json_file(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def announcement_file(facts: dict[str, str]) -> bytes:
    """``facts`` in their order, one a line; the SHA-256 of this file is the commitment."""
    lines = [ALGORITHM, *(f"{name} {value}" for name, value in facts.items())]
    return "".join(f"{line}\n" for line in lines).encode()


def read_announcement(content: bytes, name: str = "announcement.txt") -> dict[str, str]:
    """The facts of an announcement by their names. Raises: Damaged."""
    facts = {}
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        key, space, value = line.partition(" ") if number > 1 else ("algorithm", " ", line)
        if not space:
            raise Damaged(name, number, line)
        facts[key] = value
    return facts


def rules_file(rules: Rules) -> bytes:
    return json_file(vars(rules))


def read_rules(content: bytes) -> Rules:
    data = json.loads(content)
    return Rules(
        lessons=data["lessons"],
        avoid_own_school=data["avoid_own_school"],
        strata=tuple(data["strata"]),
        ladder=tuple(data["ladder"]),
    )


def table_file(head: Iterable[str], rows: Iterable[Iterable[str]], *, checked: bool) -> bytes:
    """Rows as CSV in the order given; the caller sorts."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*head, "check"] if checked else head)
    if not checked:
        writer.writerows(rows)
        return buffer.getvalue().encode()
    lines = [buffer.getvalue()]
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(row)
        line = buffer.getvalue()[:-1]
        lines.append(f"{line},{_check(line)}\n")
    return "".join(lines).encode()


def read_table(name: str, content: bytes, head: tuple[str, ...]) -> Iterator[list[str]]:
    """The rows of a checked file without their check.

    Raises: Damaged with the first line that is not as it was written.
    """
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError as error:
        place = content[: error.start].count(b"\n") + 1
        raise Damaged(name, place, "not UTF-8") from None
    if lines[0] != ",".join((*head, "check")):
        raise Damaged(name, 1, lines[0])
    if lines.pop() != "":
        raise Damaged(name, len(lines) + 1, "the last line has no end")
    for number, line in enumerate(lines[1:], 2):
        body, _comma, check = line.rpartition(",")
        row = next(csv.reader([body]), [])
        if check != _check(body) or len(row) != len(head):
            raise Damaged(name, number, line)
        yield row


def _check(line: str) -> str:
    return digest(line.encode())[:CHECK_DIGITS]


def roster_file(rosters: dict[Group, list[Teacher]]) -> bytes:
    rows = (
        (*group, one.code, one.school, " ".join(sorted(one.barred)))
        for group in sorted(rosters)
        for one in sorted(rosters[group])
    )
    return table_file(ROSTER, rows, checked=True)


def read_roster(content: bytes, name: str = "roster.csv") -> dict[Group, list[Teacher]]:
    rosters: dict[Group, list[Teacher]] = {}
    nothing: frozenset[str] = frozenset()
    for stage, subject, code, school, barred in read_table(name, content, ROSTER):
        lessons = frozenset(barred.split()) if barred else nothing
        rosters.setdefault(Group(stage, subject), []).append(Teacher(code, school, lessons))
    return rosters


def pool_file(rows: Iterable[tuple[str, ...]]) -> bytes:
    """``rows`` as in ``POOL``."""
    return table_file(POOL, sorted(rows), checked=True)


def read_pool(content: bytes, rules: Rules, name: str = "pool.csv") -> dict[Group, list[Lesson]]:
    pools: dict[Group, list[Lesson]] = {}
    for stage, subject, rung, code, school, *strata in read_table(name, content, POOL):
        lesson = Lesson(code, school, rung, _strata(rules, strata))
        pools.setdefault(Group(stage, subject), []).append(lesson)
    return pools


def _strata(rules: Rules, values: list[str]) -> tuple[str, ...]:
    return tuple(values[STRATA.index(key)] for key in rules.strata)


def result_file(hands: Iterable[tuple[Group, str, Hand]]) -> bytes:
    rows = (
        (*group, teacher, " ".join(lesson or NO_LESSON for lesson in hand))
        for group, teacher, hand in sorted(hands, key=lambda row: row[:2])
    )
    return table_file(RESULT, rows, checked=False)


def given_file(given: Given, added: Iterable[tuple[str, ...]]) -> bytes:
    """``added`` are rows as in ``POOL``: the lessons of ``given.added`` with all their strata."""
    rows = [_given("number", str(given.number)), _given("previous", given.previous)]
    lessons = []
    for stage, subject, rung, code, school, *strata in added:
        lessons.append(_given("lesson", code, stage, subject, school, rung, *strata))
    gone = [_given("withdrawn", code, *group) for group, code in given.withdrawn]
    teachers = [_request(request) for request in given.requests]
    return table_file(GIVEN, rows + sorted(lessons + gone + teachers), checked=True)


def _given(*cells: str) -> tuple[str, ...]:
    return (*cells, *[""] * (len(GIVEN) - len(cells)))


def _request(request: Request) -> tuple[str, ...]:
    code, school, barred = request.teacher
    place = ("teacher", code, *request.group, school)
    nothing = [""] * (len(GIVEN) - len(place) - 2)
    return (*place, *nothing, " ".join(sorted(barred)), " ".join(sorted(request.kept)))


def read_given(content: bytes, rules: Rules, name: str = "given.csv") -> Given:
    given = Given(0, "")
    for kind, code, stage, subject, school, rung, *rest in read_table(name, content, GIVEN):
        group, (*strata, barred, kept) = Group(stage, subject), rest
        if kind == "number":
            given.number = int(code)
        elif kind == "previous":
            given.previous = code
        elif kind == "withdrawn":
            given.withdrawn.append((group, code))
        elif kind == "lesson":
            given.added.append((group, Lesson(code, school, rung, _strata(rules, strata))))
        else:
            teacher = Teacher(code, school, frozenset(barred.split()))
            given.requests.append(Request(group, teacher, frozenset(kept.split())))
    return given


def link(previous: str, given_sha256: str, result_sha256: str) -> str:
    """The chain: each supplement's link holds everything that came before it.

    The draw itself is the first link: it follows the commitment, and its given is the seed.
    """
    return digest(f"{previous}\n{given_sha256}\n{result_sha256}\n".encode())


# report: What a draw came to, group by group, in numbers that anyone can compute again.


def report_of(rules: Rules, dealt: Iterable[Dealt]) -> list[dict]:
    """One entry a group, in their order."""
    return [group_report(rules, one) for one in dealt]


def group_report(rules: Rules, dealt: Dealt) -> dict:
    """Teachers, lessons by rung, least and most load, the rungs tried, and who got fewer.

    ``strata`` counts hands by how many different values they show under each key.
    """
    rungs = Counter(lesson.rung for lesson in dealt.lessons)
    loads = dealt.loads.values()
    return {
        "stage": dealt.group.stage,
        "subject": dealt.group.subject,
        "teachers": len(dealt.hands),
        "lessons": {rung: rungs[rung] for rung in rules.rungs if rungs[rung]},
        "rung": dealt.rung,
        "loads": [min(loads), max(loads)] if loads else [0, 0],
        "hands_by_load": _counted(loads),
        "steps": [_step(step) for step in dealt.steps],
        "short": short_hands(dealt),
        "strata": _shown(rules, dealt),
    }


def short_hands(dealt: Dealt) -> dict[str, int]:
    """Who got fewer lessons than the rules say, and how many they got."""
    return {
        teacher: len(hand) - hand.count(None)
        for teacher, hand in sorted(dealt.hands.items())
        if None in hand
    }


def _step(step) -> dict:
    loads = list(step.loads) if step.loads else None
    return {"rung": step.rung, "added": step.added, "missing": step.missing, "loads": loads}


def _counted(values: Iterable[int]) -> dict[str, int]:
    return {str(value): count for value, count in sorted(Counter(values).items())}


def _shown(rules: Rules, dealt: Dealt) -> dict[str, dict[str, int]]:
    strata = {lesson.code: lesson.strata for lesson in dealt.lessons}
    counted = {}
    for place, key in enumerate(rules.strata):
        counted[key] = _counted(
            len({strata[lesson][place] for lesson in hand if lesson is not None})
            for hand in dealt.hands.values()
        )
    return counted


# sentences: What the checking program says, in Chinese and in English.

SAY = {
    "commitment": ("公告的 SHA-256 {found}", "SHA-256 of the announcement {found}"),
    "compare": (
        "请与正式公告中的承诺值逐字比对；本次未给出 --commitment。",
        "Compare it with the commitment in the official notice; none was given here.",
    ),
    "other_commitment": (
        "announcement.txt 与承诺值不符：应为 {wanted}，实为 {found}",
        "announcement.txt differs from the commitment: wanted {wanted}, found {found}",
    ),
    "same_file": ("{name} 与公告一致", "{name} is as announced"),
    "other_file": (
        "{name} 与公告的摘要不符：应为 {wanted}，实为 {found}{where}",
        "{name} differs from the announced hash: wanted {wanted}, found {found}{where}",
    ),
    "line": ("；第 {line} 行被改动：{why}", "; line {line} was changed: {why}"),
    "damaged": ("{name} 已损坏{where}", "{name} is damaged{where}"),
    "absent": ("缺少文件 {name}", "{name} is missing"),
    "no_seed": (
        "种子尚未公布，只核对了公告。种子：{event}，{at} 起可知",
        "The seed is not published yet; only the announcement was checked. "
        "Seed: {event}, known at {at}",
    ),
    "same_result": (
        "{name} 与重算结果逐字节一致：{count} 名教师",
        "{name} equals the replay byte for byte: {count} teachers",
    ),
    "other_hand": (
        "{name} 第 {line} 行：教师 {teacher} 第 {position} 节，公布 {published}，重算 {replayed}",
        "{name} line {line}: teacher {teacher} position {position}: "
        "published {published}, replayed {replayed}",
    ),
    "other_line": (
        "{name} 第 {line} 行：公布“{published}”，重算“{replayed}”",
        "{name} line {line}: published “{published}”, replayed “{replayed}”",
    ),
    "broken_chain": (
        "{name} 没有接在上一环之后：应为 {wanted}，实为 {found}",
        "{name} does not follow the link before it: wanted {wanted}, found {found}",
    ),
    "no_reason": (
        "{name}：教师 {teacher} 交回 {lesson}，但没有规则允许的理由",
        "{name}: teacher {teacher} gave back {lesson} without a reason that the rule knows",
    ),
    "head": ("链尾 {found}", "End of the chain {found}"),
    "good": ("全部一致。", "Everything agrees."),
}


def sentence(key: str, lang: str, values: dict) -> str:
    """The sentence ``key`` in the language, with its values filled in."""
    return SAY[key][lang == "en"].format(**values)


# replay: Check a draw from its published files, with nothing but Python.

PROGRAM = "verify_draw.py"
NAMED = {"rules": "rules.json", "roster": "roster.csv", "pool": "pool.csv", "program": PROGRAM}


class Difference(Exception):
    """The first thing that is not as it should be."""

    def __init__(self, key: str, **values: object):
        super().__init__(key)
        self.key, self.values = key, values


Tell = Callable[..., None]


class Replay:
    """One folder of published files, checked from the announcement to the last supplement."""

    def __init__(self, folder: Path, tell: Tell):
        self.folder, self.tell = folder, tell
        self.hands: dict[str, Hand] = {}
        self.uneven: list[Dealt] = []

    def check(self, commitment: str) -> None:
        """Raises: Difference, Damaged."""
        announced = self._announcement(commitment)
        rules = read_rules(self._file("rules.json"))
        if not (self.folder / "seed.txt").exists():
            event, at = announced["seed_event"], announced["seed_known_at"]
            self.tell("no_seed", event=event, at=at)
            return
        seed = self._file("seed.txt").decode().removesuffix("\n")
        commitment = digest(self._file("announcement.txt"))
        root = root_of(commitment, seed)
        pools = read_pool(self._file("pool.csv"), rules)
        dealt = list(deal_all(root, rules, read_roster(self._file("roster.csv")), pools))
        self._result(rules, dealt)
        self.uneven = [one for one in dealt if not settled(rules, one)]
        state = state_after(pools, dealt)
        head = link(commitment, digest(seed.encode()), digest(self._file("result.csv")))
        self._supplements(root, rules, state, head)

    def _file(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            raise Difference("absent", name=name) from None

    def _announcement(self, commitment: str) -> dict[str, str]:
        content = self._file("announcement.txt")
        self.tell("commitment", found=digest(content))
        if commitment and commitment != digest(content):
            raise Difference("other_commitment", wanted=commitment, found=digest(content))
        if not commitment:
            self.tell("compare")
        facts = read_announcement(content)
        for key, name in NAMED.items():
            if name == PROGRAM and not (self.folder / name).exists():
                continue
            wanted, found = facts.get(key, ""), digest(self._file(name))
            if found != wanted:
                where = self._where(name)
                raise Difference("other_file", name=name, wanted=wanted, found=found, where=where)
            self.tell("same_file", name=name)
        return facts

    def _where(self, name: str) -> dict | None:
        """The first line of a file that is not as it was written."""
        try:
            if name == "roster.csv":
                read_roster(self._file(name))
            elif name == "pool.csv":
                read_pool(self._file(name), Rules(0, False, (), ()))
        except Damaged as damaged:
            return {"line": damaged.line, "why": damaged.why}
        return None

    def _result(self, rules: Rules, dealt: list[Dealt]) -> None:
        hands = [(one.group, code, hand) for one in dealt for code, hand in one.hands.items()]
        self._compare("result.csv", result_file(hands), len(hands))
        self._compare("report.json", json_file(report_of(rules, dealt)), len(hands))

    def _compare(self, name: str, replayed: bytes, count: int) -> None:
        published = self._file(name)
        if published == replayed:
            self.tell("same_result", name=name, count=count)
            return
        raise first_difference(name, published, replayed)

    def _supplements(self, root: bytes, rules: Rules, state: State, head: str) -> None:
        for name in self._given_names():
            given = read_given(self._file(name), rules, name)
            if given.previous != head:
                raise Difference("broken_chain", name=name, wanted=head, found=given.previous)
            groups = {one.teacher.code: one.group for one in given.requests}
            unexplained(rules, state, given, name)
            hands = supplement(root, rules, state, given)
            rows = [(groups[code], code, hand) for code, hand in hands.items()]
            result = name.replace("given", "result")
            self._compare(result, result_file(rows), len(rows))
            head = link(head, digest(self._file(name)), digest(self._file(result)))
        self.tell("head", found=head)
        self.hands = state.hands

    def _given_names(self) -> Iterator[str]:
        number = 1
        while (self.folder / given_name(number)).exists():
            yield given_name(number)
            number += 1


def settled(rules: Rules, dealt: Dealt) -> bool:
    """Whether everybody has all lessons with even load, or the whole ladder was climbed."""
    loads = dealt.loads.values()
    even = not loads or max(loads) - min(loads) <= 1
    return (even and not dealt.steps[-1].missing) or len(dealt.steps) == len(rules.rungs)


def given_name(number: int) -> str:
    return f"supplement-{number:03d}-given.csv"


def state_after(pools: Pools, dealt: list[Dealt]) -> State:
    """The state in which the draw leaves everything to its first supplement."""
    state = State(
        pools={group: {one.code: one for one in pool} for group, pool in pools.items()},
        rungs={one.group: one.rung for one in dealt},
        loads={},
    )
    for one in dealt:
        for lesson, load in one.loads.items():
            state.loads[lesson] = state.loads.get(lesson, 0) + load
        for teacher, hand in one.hands.items():
            state.hands[teacher] = list(hand)
            state.held[teacher] = {lesson for lesson in hand if lesson is not None}
    return state


def unexplained(rules: Rules, state: State, given: Given, name: str) -> None:
    """Nobody gives a lesson back unless it is gone or barred, or they left its group.

    Raises: Difference with the first who did.
    """
    gone = set(given.withdrawn)
    for request in given.requests:
        pool = state.pools.get(request.group, {})
        for lesson in state.hands.get(request.teacher.code, []):
            if lesson is None or lesson in request.kept or lesson not in pool:
                continue
            if (request.group, lesson) not in gone and may_have(
                rules, request.teacher, pool[lesson]
            ):
                raise Difference(
                    "no_reason", name=name, teacher=request.teacher.code, lesson=lesson
                )


def first_difference(name: str, published: bytes, replayed: bytes) -> Difference:
    """The first line, and in a result the first teacher and position, where two files differ."""
    ours = replayed.decode().split("\n")
    theirs = published.decode(errors="replace").split("\n")
    pairs = zip(ours + [""] * len(theirs), theirs + [""] * len(ours), strict=False)
    line, mine, other = next(
        (line, mine, other) for line, (mine, other) in enumerate(pairs, 1) if mine != other
    )
    replayed_row, published_row = mine.split(","), other.split(",")
    same_teacher = len(published_row) == len(RESULT) and replayed_row[:3] == published_row[:3]
    if not same_teacher or not name.endswith("result.csv"):
        return Difference("other_line", name=name, line=line, published=other, replayed=mine)
    hands = zip(published_row[3].split(" "), replayed_row[3].split(" "), strict=False)
    for position, (found, wanted) in enumerate(hands, 1):
        if found != wanted:
            return Difference(
                "other_hand",
                name=name,
                line=line,
                teacher=replayed_row[2],
                position=position,
                published=found,
                replayed=wanted,
            )
    return Difference("other_line", name=name, line=line, published=other, replayed=mine)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a draw from its published files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--commitment", default="", help="as printed in the official notice")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    chosen = parser.parse_args(arguments)

    def tell(key: str, where: dict | None = None, **values: object) -> None:
        values["where"] = sentence("line", chosen.lang, where) if where else ""
        sys.stdout.write(sentence(key, chosen.lang, values) + "\n")

    try:
        Replay(chosen.folder, tell).check(chosen.commitment)
    except Difference as difference:
        tell(difference.key, **difference.values)  # type: ignore[arg-type]
        return 1
    except Damaged as damaged:
        where = {"line": damaged.line, "why": damaged.why}
        tell("damaged", name=damaged.name, where=where)
        return 1
    tell("good")
    return 0


if __name__ == "__main__":
    sys.exit(main())
