"""Versions of the rules: made, tried on what was written, switched on. Each step is on record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from core.domain.audit import record_act
from workshops.domain.rules.folding import BETWEEN, FOLDED, INVISIBLE
from workshops.domain.rules.judging import entry_of
from workshops.domain.rules.links import is_allowed
from workshops.domain.rules.lists import read_hosts, read_words
from workshops.enums.moderation import LinkRule
from workshops.errors.moderation import ReasonMissing, RulesChanged, RulesNotTried
from workshops.models import RulesInForce, RulesTrial, TalkRules
from workshops.policy import REASON_LENGTH

if TYPE_CHECKING:
    from accounts.models import User

# Every post since then with its title and the names of its files, folded once.
SAID = f"""
SELECT post.id, {FOLDED.format(text="post.text", plain="names.plain")} AS said
  FROM workshops_post post
  JOIN workshops_thread thread ON thread.id = post.thread_id
 CROSS JOIN LATERAL (SELECT concat_ws(E'\\n',
        CASE WHEN post.number = 1 THEN thread.title END,
        (SELECT string_agg(file.name, E'\\n') FROM workshops_postfile file
          WHERE file.post_id = post.id)) AS plain) names
 WHERE post.created_at >= %(since)s
"""  # noqa: S608 - ours
FOUND_WORDS = f"""
WITH said AS MATERIALIZED (
         SELECT id, said, regexp_replace(said, '{BETWEEN}+', '', 'g') AS squeezed FROM ({SAID}) post
     ),
     rule AS (SELECT * FROM unnest(%(words)s::text[], %(verdicts)s::text[], %(cores)s::text[],
                                   %(patterns)s::text[]) AS rule (word, verdict, core, pattern))
SELECT rule.word, rule.verdict, count(*), max(said.id) FROM rule
  JOIN said ON strpos(said.squeezed, rule.core) > 0 AND said.said ~ rule.pattern
 GROUP BY 1, 2 ORDER BY 3 DESC, 1
"""  # noqa: S608 - ours
FOUND_LINKS = r"""
SELECT address[1], count(DISTINCT post.id), max(post.id)
  FROM workshops_post post
  JOIN workshops_thread thread ON thread.id = post.thread_id
 CROSS JOIN LATERAL regexp_matches(
       CASE WHEN post.number = 1 THEN thread.title || ' ' ELSE '' END || post.text,
       '(https?://[^\s<>"''/]+)', 'gi') AS address
 WHERE post.created_at >= %(since)s GROUP BY 1 ORDER BY 2 DESC LIMIT 200
"""


@transaction.atomic
def make_rules(
    typed: dict[str, str], *, hosts: str, links: str, why: str, newest: int, by: User
) -> TalkRules:
    """Keep a new version; it holds nothing yet. Safe to repeat: the same content is one version.

    ``newest``: the key of the newest version when the form was made.

    Raises: RulesUnreadable, TooManyRules, ReasonMissing; RulesChanged.
    Source: R31.
    """
    content = {
        "words": read_words(typed),
        "hosts": read_hosts(hosts),
        "links": LinkRule(links),
    }
    why = _reason(why)
    _lock()
    before = TalkRules.objects.order_by("-pk").first()
    if before and all(getattr(before, name) == value for name, value in content.items()):
        return before
    if (before.pk if before else 0) != newest:
        raise RulesChanged
    made = TalkRules.objects.create(made_by=by, why=why, **content)
    record_act("workshops.make_rules", made, by=by, to_state=str(made.pk), why=why)
    return made


@transaction.atomic
def try_rules(rules: TalkRules, *, days: int, by: User) -> RulesTrial:
    """Find what the version would have done to the posts of the last ``days``. Three statements.

    Source: R31.
    """
    now = timezone.now()
    since = now - timedelta(days=days)
    found = _found_words(rules, since) + _found_links(rules, since)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workshops_post WHERE created_at >= %s", [since])
        posts = cursor.fetchone()[0]
    return RulesTrial.objects.create(
        rules=rules, days=days, posts=posts, found=found, tried_by=by, tried_at=now
    )


@transaction.atomic
def switch_on(rules: TalkRules, *, why: str, by: User) -> RulesInForce:
    """Let this version hold from now on. Safe to repeat. Raises: ReasonMissing; RulesNotTried."""
    why = _reason(why)
    _lock()
    now_on = RulesInForce.objects.order_by("-pk").first()
    if now_on and now_on.rules_id == rules.pk:
        return now_on
    if not rules.trials.exists():
        raise RulesNotTried
    made = RulesInForce.objects.create(rules=rules, why=why, switched_by=by)
    before = str(now_on.rules_id) if now_on else ""
    record_act(
        "workshops.switch_rules", rules, by=by, from_state=before, to_state=str(rules.pk), why=why
    )
    return made


def _found_words(rules: TalkRules, since: Any) -> list[dict[str, Any]]:
    entries = [entry_of(word, verdict) for word, verdict in rules.words]
    values = {
        "since": since,
        "invisible": INVISIBLE,
        "words": [one.word for one in entries],
        "verdicts": [one.verdict for one in entries],
        "cores": [one.core for one in entries],
        "patterns": [one.pattern.pattern for one in entries],
    }
    return [_line("word", *row) for row in _rows(FOUND_WORDS, values)]


def _found_links(rules: TalkRules, since: Any) -> list[dict[str, Any]]:
    return [
        _line("host", address, rules.links, posts, post)
        for address, posts, post in _rows(FOUND_LINKS, {"since": since})
        if not is_allowed(address, rules.hosts)
    ]


def _line(kind: str, what: str, verdict: str, posts: int, post: int) -> dict[str, Any]:
    return {"kind": kind, "what": what, "verdict": verdict, "posts": posts, "post": post}


def _rows(statement: str, values: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _lock() -> None:
    """One at a time writes versions: they are few, and their order is what counts."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE workshops_talkrules IN SHARE ROW EXCLUSIVE MODE")


def _reason(why: str) -> str:
    why = why.replace("\x00", "").strip()[:REASON_LENGTH]
    if not why:
        raise ReasonMissing
    return why
