"""What a draw came to, group by group, in numbers that anyone can compute again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lessons.domain.dealing.shapes import Dealt, Rules


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
