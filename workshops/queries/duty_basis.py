"""What a plan of duty rests on, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from programmes.domain.phases import BEIJING
from workshops.enums.duty import SwapState
from workshops.models import (
    DutyAbsence,
    DutyCheckIn,
    DutyCover,
    DutyShift,
    DutySwap,
    HandOver,
    Host,
)

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Basis:
    """Terms, absences, shifts elsewhere; what stays, what may be planned anew, what counts.

    ``joined``: hosts by key, with the first day on which each hosted here.
    """

    people: dict[int, User]
    joined: dict[int, date]
    terms: dict[int, list[tuple[date, date | None]]]
    absences: dict[int, list[tuple[date, date]]]
    elsewhere: dict[int, list[tuple[datetime, datetime]]]
    kept: list[DutyShift]
    replaceable: list[DutyShift]
    served: list[tuple[int, date]]


def basis_of(workshop: int, first: date, last: date, now: datetime) -> Basis:
    """Everything for the main workshop with that key, from ``first`` to ``last``. Six queries."""
    since = datetime.combine(first, time.min, tzinfo=BEIJING)
    until = datetime.combine(last + timedelta(days=1), time.min, tzinfo=BEIJING)
    rows = Host.objects.filter(workshop=workshop, ended_at=None, starts_on__lte=last)
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=first))
    people: dict[int, User] = {}
    terms: dict[int, list[tuple[date, date | None]]] = {}
    for term in rows.select_related("user").order_by("user", "starts_on"):
        people[term.user_id] = term.user
        terms.setdefault(term.user_id, []).append((term.starts_on, term.ends_on))
    ever = Host.objects.filter(workshop=workshop, user__in=people).order_by("-starts_on")
    first_days = dict(ever.values_list("user", "starts_on"))
    here = _with_ties(DutyShift.objects.filter(workshop=workshop))
    here = here.filter(ends_at__gt=since, starts_at__lt=until).select_related("user")
    within = list(here.order_by("starts_at"))
    replaceable = [one for one in within if one.starts_at > now and not one.tied]
    served = _served(workshop, now).exclude(pk__in=[one.pk for one in replaceable])
    return Basis(
        people,
        {user: first_days[user] for user in people},
        terms,
        _absences(people, first, last),
        _elsewhere(people, workshop, since, until),
        [one for one in within if one.starts_at <= now or one.tied],
        replaceable,
        [(user, timezone.localdate(at)) for user, at in served.values_list("user", "starts_at")],
    )


def _with_ties(rows: QuerySet[DutyShift]) -> QuerySet[Any]:
    """Adds ``tied``: somebody arranged something about it, was there, or took questions over."""
    own = Q(shift=OuterRef("pk")) | Q(against=OuterRef("pk"))
    swaps = DutySwap.objects.filter(own, state__in=(SwapState.OFFERED, SwapState.ACCEPTED))
    covers = DutyCover.objects.filter(shift=OuterRef("pk"), withdrawn_at=None)
    covers = covers.exclude(asked_by=None, taken_by=None)
    there = DutyCheckIn.objects.filter(shift=OuterRef("pk"))
    handed = HandOver.objects.filter(to=OuterRef("pk"))
    return rows.annotate(tied=Exists(swaps) | Exists(covers) | Exists(there) | Exists(handed))


def _served(workshop: int, now: datetime) -> QuerySet[DutyShift]:
    """What counts as carried: served and to be served; who missed a shift did not carry it."""
    rows = DutyShift.objects.filter(workshop=workshop, user__isnull=False)
    return rows.filter(Q(check_in__isnull=False) | Q(ends_at__gt=now))


def _absences(people, first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = {}
    rows = DutyAbsence.objects.filter(user__in=people, starts_on__lte=last, ends_on__gte=first)
    for user, starts_on, ends_on in rows.values_list("user", "starts_on", "ends_on"):
        found.setdefault(user, []).append((starts_on, ends_on))
    return found


def _elsewhere(
    people, workshop: int, since: datetime, until: datetime
) -> dict[int, list[tuple[datetime, datetime]]]:
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    rows = DutyShift.objects.filter(user__in=people, ends_at__gt=since, starts_at__lt=until)
    rows = rows.exclude(workshop=workshop)
    for user, starts_at, ends_at in rows.values_list("user", "starts_at", "ends_at"):
        found.setdefault(user, []).append((starts_at, ends_at))
    return found
