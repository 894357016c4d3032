"""Check a draw from its published files, with nothing but Python.

    python3 verify_draw.py FOLDER [--commitment SHA256] [--lang zh|en]

FOLDER holds announcement.txt, rules.json, roster.csv, pool.csv; once drawn also seed.txt,
result.csv, report.json; and, later, supplement-001-given.csv, supplement-001-result.csv and so on.
The first thing that is not as it should be is named; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from lessons.domain.dealing.files import (
    RESULT,
    Damaged,
    digest,
    json_file,
    link,
    read_announcement,
    read_given,
    read_pool,
    read_roster,
    read_rules,
    result_file,
)
from lessons.domain.dealing.group import Pools, deal_all
from lessons.domain.dealing.later import Given, Hand, State, may_have, supplement
from lessons.domain.dealing.report import report_of
from lessons.domain.dealing.sentences import sentence
from lessons.domain.dealing.shapes import Dealt, Rules, root_of

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
