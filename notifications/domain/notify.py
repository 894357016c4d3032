"""Telling people: one statement for a whole set, whoever they are and however many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from notifications.domain.texts import NoticeText, require_kind

__all__ = ["NoticeText", "Told", "notify", "notify_each", "notify_select"]

# In the order of the people, for three indexes begin with them.
INSERT = """
INSERT INTO notifications_notification
       (user_id, kind, parameters, url, urgent, key, created_at)
SELECT person.id, <kind>, told.parameters, told.url, <urgent>, told.key, now()
  FROM (<select>) told
  JOIN accounts_user person ON person.id = told.user_id AND person.is_active
 WHERE NOT EXISTS (SELECT 1 FROM notifications_preference wish
                    WHERE wish.user_id = person.id AND <kind> = ANY (wish.silenced))
 ORDER BY person.id
ON CONFLICT (user_id, key) DO NOTHING
"""
NAMED_PEOPLE = """
SELECT unnest(%s::bigint[]) AS user_id, %s::jsonb AS parameters, %s::text AS url, %s::text AS key
"""

EACH_THEIR_OWN = """
SELECT unnest(%s::bigint[]) AS user_id, unnest(%s::jsonb[]) AS parameters,
       unnest(%s::text[]) AS url, unnest(%s::text[]) AS key
"""


@dataclass(frozen=True)
class Told:
    """What one person is told when each of a set is told something of their own."""

    user_id: int
    parameters: Mapping[str, Any]
    url: str
    key: str


def notify(
    user_ids: Iterable[int],
    kind: str,
    parameters: Mapping[str, Any],
    url: str,
    *,
    urgent: bool = False,
    key: str | None = None,
) -> int:
    """Put one notice in the inbox of everybody in ``user_ids``, in the caller's transaction.

    Safe to repeat with a ``key``: nobody is told twice under the same key. People who left
    are passed over, and so are those who silenced an optional kind.

    Returns: persons told now.
    Raises: NoticeKindUnknown when no ``notices.py`` declares ``kind``.
    """
    told = sorted({*user_ids} - {None})
    values = [told, json.dumps(dict(parameters), default=str), url, key]
    return notify_select(NAMED_PEOPLE, values, kind, urgent=urgent)


def notify_each(told: Sequence[Told], kind: str) -> int:
    """The same, each with their own parameters, address and key; in one statement.

    Returns: persons told now.
    Raises: NoticeKindUnknown.
    """
    values = [
        [one.user_id for one in told],
        [json.dumps(dict(one.parameters), default=str) for one in told],
        [one.url for one in told],
        [one.key for one in told],
    ]
    return notify_select(EACH_THEIR_OWN, values, kind)


def notify_select(
    select: str, values: Sequence[Any] | Mapping[str, Any], kind: str, *, urgent: bool = False
) -> int:
    """The same for a set that the database itself finds, without reading it here.

    ``select`` is trusted SQL of the product's own that yields ``user_id``, ``parameters``
    (jsonb), ``url`` and ``key`` (text, may be null); ``values`` fill its placeholders, by
    position or by name.

    Returns: persons told now.
    Raises: NoticeKindUnknown.
    """
    require_kind(kind)
    statement = INSERT.replace("<select>", select)
    with connection.cursor() as cursor:
        if isinstance(values, Mapping):
            named = statement.replace("<kind>", "%(_kind)s").replace("<urgent>", "%(_urgent)s")
            cursor.execute(named, {**values, "_kind": kind, "_urgent": urgent})
        else:
            ordered = statement.replace("<kind>", "%s").replace("<urgent>", "%s")
            cursor.execute(ordered, [kind, urgent, *values, kind])
        return cursor.rowcount
