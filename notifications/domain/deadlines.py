"""Reminders before a last day, for those who still owe something.

What is owed is known by the apps above. Each may have a ``deadlines.py`` with
``DEADLINES: list[DeadlineNote]``; every morning each is asked for those whose last day is so
many days away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule

from notifications.domain.notify import notify_select

DAYS_BEFORE = (14, 3, 1)
URGENT_FROM = 3
MISSED_MORNINGS = 2
"""So many mornings may fail and are made good by the next one."""

Select = tuple[str, Sequence[Any]]


@dataclass(frozen=True)
class DeadlineNote:
    """One kind of reminder.

    ``select`` gets a last day and returns SQL (and its values) that yields those who still owe
    something by then: ``user_id``, ``parameters`` (jsonb), ``url`` and ``key`` (text, unique
    for this deadline; the days left are added to it). None: nothing to ask. ``days`` are the
    days before the last one on which people are told.
    """

    kind: str
    select: Callable[[date], Select | None]
    days: tuple[int, ...] = DAYS_BEFORE


@cache
def deadline_notes() -> tuple[DeadlineNote, ...]:
    """The reminders of all apps."""
    found: list[DeadlineNote] = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "deadlines"):
            found += import_module(f"{config.name}.deadlines").DEADLINES
    return tuple(found)


def send_deadline_notes(today: date) -> int:
    """Remind everybody whose last day is near. Safe to repeat: nobody is told twice.

    From ``URGENT_FROM`` days on the note is urgent. A morning that was missed is made good,
    unless the next reminder is due meanwhile. Returns: notices written.
    """
    return sum(
        _remind(note, today + timedelta(days=left), stage=stage, left=left)
        for note in deadline_notes()
        for stage, left in _due(note.days)
    )


def _due(days: Sequence[int]) -> list[tuple[int, int]]:
    """Each reminder (its days before) with the days that may be left when it is sent."""
    ends = sorted(days, reverse=True)
    return [
        (stage, left)
        for stage, following in zip(ends, [*ends[1:], 0], strict=True)
        for left in range(stage, max(following, stage - MISSED_MORNINGS - 1), -1)
    ]


@transaction.atomic
def _remind(note: DeadlineNote, last_day: date, *, stage: int, left: int) -> int:
    asked = note.select(last_day)
    if asked is None:
        return 0
    select, values = asked
    # Each row names its deadline and which reminder it is, so it is written once only.
    statement = (
        "SELECT owing.user_id, owing.parameters || jsonb_build_object("
        "'last_day', %s::text, 'days_left', %s::int) AS parameters, owing.url,"
        " owing.key || ':' || %s::text AS key FROM (<select>) owing"
    ).replace("<select>", select)
    urgent = left <= URGENT_FROM
    return notify_select(
        statement, [last_day.isoformat(), left, stage, *values], note.kind, urgent=urgent
    )
