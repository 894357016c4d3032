"""Whether somebody may write here now, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from core.wording import moment
from workshops.errors.moderation import Muted
from workshops.errors.talk import TooManyPosts
from workshops.policy import NEW_ACCOUNT_DAYS, NEW_RATE_LIMIT, RATE_LIMIT, RATE_MINUTES

if TYPE_CHECKING:
    from accounts.models import User
    from workshops.models import Workshop

ASKED = """
SELECT (SELECT id FROM workshops_post WHERE author_id = %(user)s AND token = %(token)s),
       (SELECT count(*) FROM workshops_post
         WHERE author_id = %(user)s AND created_at > %(since)s),
       (SELECT max(until) FROM workshops_sanction
         WHERE user_id = %(user)s AND workshop_id = %(workshop)s AND until > %(now)s
           AND lifted_at IS NULL),
       (SELECT rules.key FROM workshops_rulesinforce force
          JOIN workshops_talkrules rules ON rules.id = force.rules_id
         ORDER BY force.id DESC LIMIT 1)
"""


@dataclass(frozen=True)
class Voice:
    """That somebody may write: the post that this very form made before, the rules that hold."""

    known: int | None
    rules: UUID | None


def require_voice(user: User, workshop: Workshop, token: UUID) -> Voice:
    """Refuse who may only read, and a flood; new accounts write more slowly. One query.

    A form that made its post before is no flood.

    Raises: Muted, TooManyPosts.
    """
    now = timezone.now()
    values: dict[str, Any] = {
        "user": user.pk,
        "workshop": workshop.pk,
        "token": token,
        "now": now,
        "since": now - timedelta(minutes=RATE_MINUTES),
    }
    with connection.cursor() as cursor:
        cursor.execute(ASKED, values)
        known, posts, muted_until, rules = cursor.fetchone()
    if known is None and muted_until:
        raise Muted(until=moment(muted_until))
    if known is None and posts >= rate_limit_of(user):
        raise TooManyPosts(posts=posts, minutes=RATE_MINUTES)
    return Voice(known, rules)


def rate_limit_of(user: User) -> int:
    """Units: posts within ``RATE_MINUTES``."""
    began = user.activated_at or user.created_at
    fresh = timezone.now() - began < timedelta(days=NEW_ACCOUNT_DAYS)
    return NEW_RATE_LIMIT if fresh else RATE_LIMIT
