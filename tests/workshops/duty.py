"""A family with hosts who are on duty, for tests."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from programmes.domain.phases import BEIJING
from tests.workshops.factories import host, make_workshop
from workshops.domain.duty.planning import carry_out_plan, try_plan
from workshops.models import DutyScheme, DutyShift

MONDAY = date(2017, 6, 12)  # of the week in which the clock of these tests stands


def at(day, hour, minute=0):
    """That time of a day of June 2017."""
    return datetime(2017, 6, day, hour, minute, tzinfo=BEIJING)


def make_scheme(workshop, **fields):
    """Monday to Friday, 19:00 to 21:00."""
    values = {
        "weekdays": [1, 2, 3, 4, 5],
        "working_days_only": False,
        "begins_at": time(19),
        "shift_minutes": 120,
    } | fields
    return DutyScheme.objects.create(workshop=workshop, **values)


def make_family(hosts=2, **fields):
    """A workshop with a scheme and so many hosts. Returns: workshop, hosts."""
    workshop = make_workshop()
    make_scheme(workshop, **fields)
    return workshop, [host(workshop).user for _ in range(hosts)]


def make_shift(workshop, user, starts_at, hours=2, **fields):
    ends_at = starts_at + timedelta(hours=hours)
    return DutyShift.objects.create(
        workshop=workshop, user=user, starts_at=starts_at, ends_at=ends_at, **fields
    )


def plan(workshop, *, by, first=MONDAY, weeks=2):
    """Try, then carry out."""
    tried = try_plan(workshop, first=first, weeks=weeks, now=timezone.now())
    return carry_out_plan(workshop, first=first, weeks=weeks, fingerprint=tried.fingerprint, by=by)
