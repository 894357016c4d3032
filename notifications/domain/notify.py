"""Telling people: one statement for a whole set, whoever they are and however many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from notifications.domain.texts import NoticeText, require_kind

__all__ = ["NoticeText", "notify", "notify_select"]

# In the order of the people, for three indexes begin with them.
INSERT = """
INSERT INTO notifications_notification
       (user_id, kind, parameters, url, urgent, key, created_at)
SELECT person.id, %s, told.parameters, told.url, %s, told.key, now()
  FROM (<select>) told
  JOIN accounts_user person ON person.id = told.user_id AND person.is_active
 ORDER BY person.id
ON CONFLICT (user_id, key) DO NOTHING
"""
NAMED_PEOPLE = """
SELECT unnest(%s::bigint[]) AS user_id, %s::jsonb AS parameters, %s::text AS url, %s::text AS key
"""


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
    are passed over.

    Returns: persons told now.
    Raises: NoticeKindUnknown when no ``notices.py`` declares ``kind``.
    """
    told = sorted({*user_ids} - {None})
    values = [told, json.dumps(dict(parameters), default=str), url, key]
    return notify_select(NAMED_PEOPLE, values, kind, urgent=urgent)


def notify_select(select: str, values: Sequence[Any], kind: str, *, urgent: bool = False) -> int:
    """The same for a set that the database itself finds, without reading it here.

    ``select`` is trusted SQL of the product's own that yields ``user_id``, ``parameters``
    (jsonb), ``url`` and ``key`` (text, may be null); ``values`` fill its placeholders.

    Returns: persons told now.
    Raises: NoticeKindUnknown.
    """
    require_kind(kind)
    with connection.cursor() as cursor:
        cursor.execute(INSERT.replace("<select>", select), [kind, urgent, *values])
        return cursor.rowcount
