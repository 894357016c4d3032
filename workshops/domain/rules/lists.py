"""A word list as the office types it: a line per word, a line per host."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from workshops.domain.rules.judging import entry_of
from workshops.enums.moderation import Verdict
from workshops.errors.moderation import RulesUnreadable, TooManyRules
from workshops.policy import MOST_HOSTS, MOST_WORDS, WORD_LENGTH

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}|localhost")


def read_words(typed: dict[str, str]) -> list[list[str]]:
    """Pairs of word and verdict from the text typed for each verdict; a word once.

    The strictest verdict of a word stands. Raises: RulesUnreadable, TooManyRules.
    """
    found: dict[str, list[str]] = {}
    for verdict in (Verdict.REFUSE, Verdict.HOLD, Verdict.REPORT):
        for number, line in enumerate(typed.get(verdict, "").splitlines(), 1):
            word = " ".join(line.replace("\x00", "").split())
            if not word:
                continue
            if len(word) > WORD_LENGTH:
                why = _("a word has at most %(length)s characters.") % {"length": WORD_LENGTH}
                raise RulesUnreadable(line=number, why=why)
            entry = entry_of(word, verdict)
            if not entry.core:
                raise RulesUnreadable(line=number, why=_("nothing of it is a letter or a sign."))
            found.setdefault(entry.core, [word, str(verdict)])
    if len(found) > MOST_WORDS:
        raise TooManyRules(words=MOST_WORDS, hosts=MOST_HOSTS)
    return list(found.values())


def read_hosts(typed: str) -> list[str]:
    """Names of hosts, one a line. Raises: RulesUnreadable, TooManyRules."""
    found: dict[str, None] = {}
    for number, line in enumerate(typed.splitlines(), 1):
        host = line.replace("\x00", "").strip().lower().rstrip(".")
        if not host:
            continue
        if not HOST.fullmatch(host):
            why = _("write the host alone, for example example.edu.cn.")
            raise RulesUnreadable(line=number, why=why)
        found[host] = None
    if len(found) > MOST_HOSTS:
        raise TooManyRules(words=MOST_WORDS, hosts=MOST_HOSTS)
    return list(found)


def written_words(words: list[list[str]], verdict: str) -> str:
    """The words of one verdict as they are typed, a line each."""
    return "\n".join(word for word, held in words if held == verdict)
