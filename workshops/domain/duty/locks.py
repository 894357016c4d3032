"""What is locked before anybody's duty changes: first their terms, then the shifts.

Everybody who gives somebody a shift holds that person's terms, so that a term cannot end and
another workshop cannot plan the same evening meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from workshops.errors.duty import BusyThen, NotHostThen
from workshops.models import DutyShift, Host

if TYPE_CHECKING:
    from accounts.models import User

MOMENT = timedelta(microseconds=1)


def lock_terms(people: Iterable[int]) -> None:
    """Hold the terms of these people in all workshops until the transaction ends."""
    rows = Host.objects.select_for_update(no_key=True).filter(user__in={*people}, ended_at=None)
    list(rows.order_by("pk").values_list("pk", flat=True))


def locked_shifts(keys: Iterable[int]) -> dict[int, DutyShift]:
    """The shifts by their keys, locked in that order."""
    rows = DutyShift.objects.select_for_update(no_key=True, of=("self",))
    rows = rows.select_related("workshop__organisation", "workshop__programme", "user")
    return {one.pk: one for one in rows.filter(pk__in={*keys}).order_by("pk")}


def days_of(starts_at: datetime, ends_at: datetime) -> tuple[date, date]:
    """The first and the last day that a shift touches."""
    return timezone.localdate(starts_at), timezone.localdate(ends_at - MOMENT)


def require_free(user: User, shift: DutyShift, *, giving: int | None = None) -> None:
    """Refuse who does not host there on that day, or is on duty elsewhere then.

    ``giving``: the key of a shift that the user gives in return.

    Raises: NotHostThen; BusyThen.
    """
    first, last = days_of(shift.starts_at, shift.ends_at)
    terms = Host.objects.filter(user=user, workshop=shift.workshop_id, ended_at=None)
    holds = terms.filter(Q(ends_on=None) | Q(ends_on__gte=last), starts_on__lte=first)
    if not holds.exists():
        raise NotHostThen(name=user.real_name)
    others = DutyShift.objects.filter(
        user=user, starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at
    ).exclude(pk__in=[shift.pk, giving or 0])
    if others.exists():
        raise BusyThen(name=user.real_name)
