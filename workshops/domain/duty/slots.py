"""When a family is on duty: the scheme's days and times as stretches of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from programmes.domain.phases import BEIJING
from programmes.domain.working_days import working_days_of
from workshops.errors.duty import ShiftsBeyondMidnight
from workshops.models import DutyScheme, Workshop

if TYPE_CHECKING:
    from datetime import time

    from accounts.models import User

DAY_MINUTES = 24 * 60
Slot = tuple[datetime, datetime]


@transaction.atomic
def set_scheme(
    workshop: Workshop,
    *,
    weekdays: list[int],
    working_days_only: bool,
    begins_at: time,
    shift_minutes: int,
    shifts_a_day: int,
    by: User,
) -> DutyScheme:
    """Say on which days and at which times the family is on duty. Safe to repeat.

    Shifts that stand already stay until they are planned anew.

    Raises: ShiftsBeyondMidnight.
    Source: R38.
    """
    if begins_at.hour * 60 + begins_at.minute + shift_minutes * shifts_a_day > DAY_MINUTES:
        raise ShiftsBeyondMidnight
    values = {
        "weekdays": sorted(set(weekdays)),
        "working_days_only": working_days_only,
        "begins_at": begins_at,
        "shift_minutes": shift_minutes,
        "shifts_a_day": shifts_a_day,
    }
    stamp = {"changed_by": by, "changed_at": timezone.now()}
    scheme, _created = DutyScheme.objects.update_or_create(
        workshop_id=workshop.main_id, defaults=values | stamp
    )
    record_act("workshops.duty_scheme", scheme, by=by, to_state=str(values["weekdays"]))
    return scheme


def slots_of(scheme: DutyScheme, first: date, last: date) -> list[Slot]:
    """The shifts of every day from ``first`` to ``last``, in their order. One query at most."""
    span = (last - first).days + 1
    days = [first + timedelta(days=n) for n in range(span)]
    days = [day for day in days if day.isoweekday() in scheme.weekdays]
    if scheme.working_days_only:
        working = working_days_of(first, last)
        days = [day for day in days if day in working]
    return [slot for day in days for slot in _slots_on(scheme, day)]


def _slots_on(scheme: DutyScheme, day: date) -> list[Slot]:
    length = timedelta(minutes=scheme.shift_minutes)
    begin = datetime.combine(day, scheme.begins_at, tzinfo=BEIJING)
    starts = [begin + n * length for n in range(scheme.shifts_a_day)]
    return [(start, start + length) for start in starts]
