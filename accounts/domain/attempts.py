"""Limits how often a secret may be guessed: per account, per source and over the whole site.

Counted in the database, so every web process sees the same numbers, in one statement that
commits on its own: a refused request cannot take its attempt back.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.formats import time_format

from accounts.errors import TooManyAttempts

COUNT = """
INSERT INTO accounts_attemptcount (key, started_at, attempts)
SELECT row.key, %(now)s, 1 FROM unnest(%(keys)s::text[]) AS row(key) ORDER BY row.key
ON CONFLICT (key) DO UPDATE SET
    attempts = CASE WHEN accounts_attemptcount.started_at <= %(fresh)s
               THEN 1 ELSE accounts_attemptcount.attempts + 1 END,
    started_at = CASE WHEN accounts_attemptcount.started_at <= %(fresh)s
                 THEN %(now)s ELSE accounts_attemptcount.started_at END
RETURNING key, started_at, attempts
"""
GIVE_BACK = """
UPDATE accounts_attemptcount SET attempts = greatest(attempts - 1, 0)
WHERE key IN (SELECT key FROM accounts_attemptcount WHERE key = ANY(%(keys)s)
              ORDER BY key FOR UPDATE)
"""
SWEEP = "DELETE FROM accounts_attemptcount WHERE started_at < %(before)s"


@dataclass(frozen=True)
class Limit:
    """At most so many attempts in ``window`` per account, per source address and in all."""

    per_account: int
    per_source: int
    per_site: int
    window: timedelta


SIGN_IN = Limit(per_account=8, per_source=100, per_site=5000, window=timedelta(minutes=15))
SECOND_FACTOR = Limit(per_account=8, per_source=100, per_site=5000, window=timedelta(minutes=15))
ACTIVATION = Limit(per_account=8, per_source=200, per_site=5000, window=timedelta(minutes=15))
EMAIL_LINK = Limit(per_account=5, per_source=100, per_site=2000, window=timedelta(hours=1))
CLAIM = Limit(per_account=10, per_source=100, per_site=5000, window=timedelta(hours=1))
RESET = Limit(per_account=3, per_source=30, per_site=2000, window=timedelta(hours=1))


def take_attempt(kind: str, limit: Limit, *, account: str, source: str | None) -> list[str]:
    """Count one attempt and refuse it when a limit is passed.

    Returns: the counted keys, for ``give_back`` when the attempt succeeds.
    Raises: TooManyAttempts, with the time from which the next attempt is welcome.
    """
    now = timezone.now()
    allowed = {
        _key(kind, "account", account): limit.per_account,
        _key(kind, "source", source or ""): limit.per_source,
        _key(kind, "site", ""): limit.per_site,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"keys": list(allowed), "now": now, "fresh": now - limit.window})
        counted = cursor.fetchall()
    passed = [started + limit.window for key, started, count in counted if count > allowed[key]]
    if passed:
        raise _refusal(max(passed), now)
    return list(allowed)


def give_back(keys: list[str]) -> None:
    """Uncount a successful attempt: whoever knows the secret is not held up by others."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, {"keys": keys})


def sweep_attempts(before: datetime) -> int:
    """Forget what was counted before ``before``. Safe to repeat.

    Returns: rows removed.
    """
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, {"before": before})
        return cursor.rowcount


def _refusal(until: datetime, now: datetime) -> TooManyAttempts:
    # Round up to the minute that is shown: at that minute the door is open again.
    shown = timezone.localtime(until).replace(second=0, microsecond=0) + timedelta(minutes=1)
    refusal = TooManyAttempts(time=time_format(shown, "H:i"))
    refusal.retry_after = max(int((shown - now).total_seconds()), 1)
    return refusal


def _key(kind: str, what: str, value: str) -> str:
    text = f"attempt:{kind}:{what}:{value}".encode()
    return hmac.new(settings.IDENTITY_HMAC_KEY.encode(), text, sha256).hexdigest()
