"""Posting class hours and taking them back. The chain itself is written by the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from credits.errors import (
    AlreadyReversed,
    LedgerConflict,
    PartUnknown,
    ReasonMissing,
    ReversalNotReversible,
)
from credits.models import LedgerEntry
from credits.signals import hours_posted, hours_reversed
from notifications.domain.notify import notify
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Category

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme

POST_ONE = """
    INSERT INTO credits_ledgerentry
        (programme_id, user_id, part, category, class_hours, source, label, earned_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (programme_id, user_id, source) DO NOTHING
    RETURNING id
"""
POST_MANY = """
    INSERT INTO credits_ledgerentry
        (programme_id, user_id, part, category, class_hours, source, label, earned_at)
    SELECT programme_id, user_id, part, category, class_hours, source, label, {earned_at}
    FROM ({select}) AS given
    ORDER BY user_id, source
    ON CONFLICT (programme_id, user_id, source) DO NOTHING
    RETURNING programme_id, user_id
"""


REVERSE_ONE = """
    INSERT INTO credits_ledgerentry
        (programme_id, user_id, part, category, class_hours, source, label, earned_at,
         reverses_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (programme_id, user_id, source) DO NOTHING
    RETURNING id
"""


@transaction.atomic
def post_entry(
    *,
    user: User,
    programme: Programme,
    part: str,
    category: str,
    class_hours: Decimal,
    source: str,
    label: str,
    earned_at: datetime | None = None,
) -> LedgerEntry:
    """Credit ``class_hours`` to a person's ledger, once per ``source``.

    Safe to repeat, also at once: the second call returns the line the first one wrote, even
    when that line has been taken back since. Hours given again after a reversal need a source
    of their own (``next_source``).

    Units: class hours, greater than 0, at most two decimals.
    Raises: LedgerConflict when the source stands with other hours, part or category;
        PartUnknown when the rule pack has no such part in that category;
        IntegrityError when ``class_hours`` is not positive.
    Source: R2, R13, R19.
    """
    _require_part(programme, part, category)
    line: list[Any] = [programme.pk, user.pk, part, category, class_hours, source, label]
    with connection.cursor() as cursor:
        cursor.execute(POST_ONE, [*line, earned_at or timezone.now()])
        posted = cursor.fetchone()
    entry = LedgerEntry.objects.get(programme=programme, user=user, source=source)
    if posted is None:
        if (entry.part, entry.category, entry.class_hours) != (part, category, class_hours):
            raise LedgerConflict(label=entry.label)
        return entry
    hours_posted.send(LedgerEntry, user_ids=[user.pk], programme_id=programme.pk)
    return entry


@transaction.atomic
def post_entries(
    select_sql: str, params: Sequence | Mapping[str, Any], *, earned_at: datetime | None = None
) -> int:
    """Credit many people in one statement; a source already posted is left as it stands.

    ``select_sql`` yields columns named programme_id, user_id, part, category, class_hours,
    source, label and, when ``earned_at`` is not given, earned_at. People are locked in the
    order of their keys, so two bulk posts never block each other for good.

    Safe to repeat. Units: class hours. Returns: lines written.
    Raises: IntegrityError when a line is not one that ``post_entry`` would accept.
    """
    values: Any
    if isinstance(params, Mapping):
        earned, values = "%(ledger_earned_at)s", {**params, "ledger_earned_at": earned_at}
    else:
        earned, values = "%s", [earned_at, *params]
    if earned_at is None:
        earned, values = "earned_at", params
    sql = POST_MANY.format(select=select_sql, earned_at=earned)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        posted = cursor.fetchall()
    people = defaultdict(set)
    for programme_id, user_id in posted:
        people[programme_id].add(user_id)
    for programme_id, user_ids in people.items():
        hours_posted.send(LedgerEntry, user_ids=sorted(user_ids), programme_id=programme_id)
    return len(posted)


@transaction.atomic
def reverse_entry(entry: LedgerEntry, *, by: User | None, why: str) -> LedgerEntry:
    """Take back the hours of ``entry`` by a second line of the opposite sign.

    Raises: ReasonMissing, ReversalNotReversible; AlreadyReversed when someone was faster.
    Returns: the line that takes the hours back.
    """
    if not why.strip():
        raise ReasonMissing
    if entry.reverses_id is not None:
        raise ReversalNotReversible
    line: list[Any] = [
        entry.programme_id,
        entry.user_id,
        entry.part,
        entry.category,
        -entry.class_hours,
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            REVERSE_ONE,
            [*line, f"credits.reversal:{entry.pk}", entry.label, timezone.now(), entry.pk],
        )
        if cursor.fetchone() is None:
            raise AlreadyReversed(label=entry.label)
    reversal = LedgerEntry.objects.get(reverses=entry)
    record_act("credits.reverse_entry", entry, by=by, from_state=str(entry.class_hours), why=why)
    notify(
        [entry.user_id],
        "credits.hours_reversed",
        {"hours": str(entry.class_hours), "label": entry.label, "reason": why.strip()},
        reverse("credits:mine"),
        key=f"credits.hours_reversed:{entry.pk}",
    )
    hours_reversed.send(LedgerEntry, entry=entry, reversal=reversal)
    return reversal


def next_source(user: User, programme: Programme, source: str) -> str:
    """The name under which hours that were taken back may be given again.

    Returns: ``source`` while it is free or stands, else "source#2", "source#3" …
    """
    lines = LedgerEntry.objects.filter(user=user, programme=programme)
    name, turn = source, 1
    while lines.filter(source=name, reversed_by__isnull=False).exists():
        turn += 1
        name = f"{source}#{turn}"
    return name


def _require_part(programme: Programme, part: str, category: str) -> None:
    known = {known.key: Category(known.category) for known in rule_pack_of(programme).parts}
    if known.get(part) != category:
        raise PartUnknown(part=part)
