"""What the rules in force say of a text that somebody wants to write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from uuid import UUID

from workshops.domain.rules.folding import BETWEEN, bare, folded, pattern_of
from workshops.domain.rules.links import addresses_in, host_of, is_allowed
from workshops.enums.moderation import LinkRule, Verdict
from workshops.errors.moderation import LinkRefused, WordRefused
from workshops.models import TalkRules

_GLUE = re.compile(f"{BETWEEN}+")


@dataclass(frozen=True)
class Entry:
    """A word of the list, ready for comparing; ``core`` is what any text with it contains."""

    word: str
    verdict: str
    core: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Rules:
    """A version as a process keeps it in memory."""

    pk: int
    entries: tuple[Entry, ...]
    hosts: tuple[str, ...]
    links: str

    def hits_in(self, text: str) -> list[Entry]:
        """The entries whose word the plain ``text`` has."""
        plain = folded(text)
        squeezed = _GLUE.sub("", plain)
        return [one for one in self.entries if one.core in squeezed and one.pattern.search(plain)]


def entry_of(word: str, verdict: str) -> Entry:
    core = _GLUE.sub("", folded(word).strip())
    return Entry(word, verdict, core, re.compile(pattern_of(word)))


@lru_cache(maxsize=8)
def rules_with(key: UUID) -> Rules:
    """The version with this key, which never changes. One query, once in a process."""
    held = TalkRules.objects.get(key=key)
    entries = tuple(entry_of(word, verdict) for word, verdict in held.words)
    return Rules(held.pk, entries, tuple(held.hosts), held.links)


def judge(key: UUID | None, cleaned: str, plain: Sequence[str] = ()) -> list[Entry]:
    """Refuse what may not be written; say which words hold the text or are pointed out.

    ``cleaned`` is HTML, ``plain`` what else goes along: a title, names of files.

    Raises: WordRefused, LinkRefused.
    Source: R31.
    """
    if key is None:
        return []
    rules = rules_with(key)
    if rules.links == LinkRule.REFUSED:
        _require_links(rules, [cleaned, *plain])
    hits = rules.hits_in("\n".join([*plain, bare(cleaned)]))
    for one in hits:
        if one.verdict == Verdict.REFUSE:
            raise WordRefused(word=one.word)
    return hits


def require_spotless(key: UUID | None, cleaned: str, plain: Sequence[str] = ()) -> None:
    """Refuse what would be held as well: the text speaks for a workshop or an office.

    Raises: WordRefused, LinkRefused.
    """
    for one in judge(key, cleaned, plain):
        if one.verdict == Verdict.HOLD:
            raise WordRefused(word=one.word)


def _require_links(rules: Rules, texts: Sequence[str]) -> None:
    for address in chain.from_iterable(map(addresses_in, texts)):
        if not is_allowed(address, rules.hosts):
            raise LinkRefused(host=host_of(address) or address[:60])
