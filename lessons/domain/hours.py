"""A lesson gives its hours as soon as it is covered and written about; nobody waits for
somebody else (R8, R9)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from credits.domain.ledger import post_entries
from lessons.domain.hours_sql import COVER, EARNED
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from videos.domain.clock import hold_clocks


@transaction.atomic
def settle_people(user_ids: Sequence[int], programme: Programme) -> int:
    """Post the hours of the lessons that these people have finished. Safe to repeat.

    One statement decides and posts; it is the same that settles a whole programme.

    Returns: lines posted. Source: R8, R9.
    """
    hold_clocks(user_ids)
    return _post(programme, list(user_ids))


@transaction.atomic
def settle_unit(user_id: int, unit_id: int, programme: Programme) -> int:
    """Note that a person covered a recording or commentary, and settle what that finishes.

    Safe to repeat. Runs inside the beat, which holds the person's clock.

    Returns: lines posted.
    """
    if not _cover(programme, user=user_id, unit=unit_id):
        return 0
    return _post(programme, [user_id])


@transaction.atomic
def settle_lessons(programme: Programme) -> tuple[int, int]:
    """Settle everybody's lessons over the whole programme. Safe to repeat.

    Returns: units newly noted as covered, lines posted.
    """
    covered = _cover(programme)
    with connection.cursor() as cursor:  # the plan of the next statement must know the new rows
        cursor.execute("ANALYZE lessons_coveredunit")
    return covered, _post(programme, None)


def hour_rules(programme: Programme) -> list[dict[str, Any]]:
    """What a finished lesson of each kind gives, and how many of them count.

    Units: class hours. A kind that the year does not know is absent.
    """
    pack = rule_pack_of(programme)
    given = {
        "lessons": (pack.national_lessons.hours_per_lesson, pack.national_lessons.watched),
        "draw": (pack.draw.hours_per_lesson, pack.draw.lessons),
    }
    return [
        {
            "kind": part.source,
            "part": part.key,
            "category": part.category,
            "class_hours": str(given[part.source][0]),
            "at_most": given[part.source][1],
        }
        for part in pack.parts
        if part.source in given
    ]


def _cover(programme: Programme, *, user: int | None = None, unit: int | None = None) -> int:
    percent = rule_pack_of(programme).coverage_percent
    with connection.cursor() as cursor:
        cursor.execute(COVER, {"user": user, "unit": unit, "coverage_percent": percent})
        return cursor.rowcount


def _post(programme: Programme, users: list[int] | None) -> int:
    rules = json.dumps(hour_rules(programme))
    return post_entries(EARNED, {"users": users, "programme": programme.pk, "rules": rules})
