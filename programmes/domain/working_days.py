"""Working days: the published calendar, overruled by the editable table of ``WorkingDay``.

The State Council publishes the moved working days of a year late in the year before. For a
year that the calendar does not hold yet, weekdays count as working days unless the table
says otherwise; ``calendar_knows`` tells, so that a page can say so.
"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar.constants import holidays
from django.db import transaction

from core.domain.audit import record_act
from programmes.models import WorkingDay

LAST_YEAR_KNOWN = max(holidays).year
ONE_DAY = timedelta(days=1)


def calendar_knows(year: int) -> bool:
    """Whether the published calendar holds the holidays and moved working days of ``year``."""
    return min(holidays).year <= year <= LAST_YEAR_KNOWN


def is_working_day(day: date) -> bool:
    return _works(day, _overrides(day, day))


def add_working_days(day: date, n: int, *, first_day_counts: bool = False) -> date:
    """The ``n``-th working day after ``day``; with ``first_day_counts`` ``day`` may be the first.

    Units: working days; ``n`` may be negative to count backwards. ``n`` 0 returns ``day``.
    Source: A12.
    """
    if n == 0:
        return day
    step = ONE_DAY if n > 0 else -ONE_DAY
    reach = day + step * (abs(n) * 3 + 40)
    overrides = _overrides(min(day, reach), max(day, reach))
    current, left = (day if first_day_counts else day + step), abs(n)
    while True:
        if _works(current, overrides):
            left -= 1
        if left == 0:
            return current
        current += step


def working_days_between(after: date, until: date) -> int:
    """How many working days lie after ``after``, up to and with ``until``; 0 when none do."""
    overrides = _overrides(after, until)
    span = (until - after).days
    return sum(_works(after + timedelta(days=n), overrides) for n in range(1, span + 1))


def working_days_of(first: date, last: date) -> set[date]:
    """The working days from ``first`` to ``last``, both included. One query."""
    overrides = _overrides(first, last)
    span = (last - first).days + 1
    days = (first + timedelta(days=n) for n in range(span))
    return {day for day in days if _works(day, overrides)}


@transaction.atomic
def set_working_day(day: date, is_working: bool, *, by, note: str = "") -> WorkingDay:
    """Overrule the calendar on one day. Safe to repeat."""
    values = {"is_working": is_working, "note": note}
    row, _created = WorkingDay.objects.update_or_create(day=day, defaults=values)
    record_act("set_working_day", row, by=by, to_state=f"{day} {is_working}", why=note)
    return row


@transaction.atomic
def clear_working_day(row: WorkingDay, *, by) -> None:
    """Let the published calendar speak again for that day."""
    record_act("clear_working_day", row, by=by, from_state=f"{row.day} {row.is_working}")
    row.delete()


def _overrides(first: date, last: date) -> dict[date, bool]:
    rows = WorkingDay.objects.filter(day__range=(first, last))
    return dict(rows.values_list("day", "is_working"))


def _works(day: date, overrides: dict[date, bool]) -> bool:
    if day in overrides:
        return overrides[day]
    if calendar_knows(day.year):
        return chinese_calendar.is_workday(day)
    return day.weekday() < 5
