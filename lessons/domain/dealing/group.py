"""The draw of a whole group, up the ladder where its own lessons do not suffice (A4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lessons.domain.dealing.paths import mend_by_chains
from lessons.domain.dealing.shapes import FIRST_RUNG, Dealt, Group, Lesson, Rules, Step, Teacher
from lessons.domain.dealing.spread import spread_hands
from lessons.domain.dealing.table import Table, mend_by_exchange

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
