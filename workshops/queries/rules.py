"""The versions of the rules, and what differs between two."""

from __future__ import annotations

from dataclasses import dataclass

from workshops.models import RulesInForce, TalkRules

MOST = 50


@dataclass(frozen=True)
class Version:
    """A version with what it adds to and takes from the one before it in force."""

    rules: TalkRules
    added: list[str]
    gone: list[str]


def rules_in_force() -> TalkRules | None:
    """The version that holds now; None when none was ever switched on. One query."""
    rows = RulesInForce.objects.select_related("rules", "switched_by").order_by("-pk")
    held = rows.first()
    return held.rules if held else None


def newest_rules() -> TalkRules | None:
    return TalkRules.objects.order_by("-pk").first()


def versions() -> list[TalkRules]:
    """The newest first, with who made them."""
    return list(TalkRules.objects.select_related("made_by").order_by("-pk")[:MOST])


def switches() -> list[RulesInForce]:
    """Which version held from when on, the newest first."""
    return list(RulesInForce.objects.select_related("switched_by").order_by("-pk")[:MOST])


def compared(rules: TalkRules, before: TalkRules | None) -> Version:
    """What is new in ``rules`` and what is gone, words and hosts."""
    mine, theirs = _content(rules), _content(before) if before else set()
    return Version(rules, sorted(mine - theirs), sorted(theirs - mine))


def _content(rules: TalkRules) -> set[str]:
    return {word for word, _verdict in rules.words} | set(rules.hosts)
