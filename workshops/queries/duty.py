"""The rota as people read it: who is on duty now, what comes, what was; one's own shifts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from workshops.enums.duty import ShiftState
from workshops.models import DutyCover, DutyShift, DutySwap
from workshops.policy import CHECK_IN_EARLY_MINUTES
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User

TAGS = {
    ShiftState.OPEN: "stop",
    ShiftState.AHEAD: "quiet",
    ShiftState.DUE: "next",
    ShiftState.THERE: "ok",
    ShiftState.SERVED: "ok",
    ShiftState.LATE: "next",
    ShiftState.MISSED: "stop",
}


@dataclass(frozen=True)
class ShiftLine:
    """A shift in a list, with what is on offer about it and what the reader can do."""

    shift: DutyShift
    now: datetime
    mine: bool
    swap: DutySwap | None = None
    cover: DutyCover | None = None
    title: str = ""

    @property
    def state(self) -> ShiftState:
        return state_of(self.shift, self.now)

    @property
    def tag(self) -> str:
        return TAGS[self.state]

    @property
    def may_check_in(self) -> bool:
        early = timedelta(minutes=CHECK_IN_EARLY_MINUTES)
        running = self.shift.starts_at - early <= self.now < self.shift.ends_at
        return self.mine and running and seen(self.shift) is None

    @property
    def may_give(self) -> bool:
        """Whether it can be offered or put up for cover."""
        loose = self.swap is None and self.cover is None and seen(self.shift) is None
        return self.mine and loose and self.shift.starts_at > self.now


def seen(shift: DutyShift):
    """Its check-in, or None; no query for rows read with it."""
    return getattr(shift, "check_in", None)


def state_of(shift: DutyShift, now: datetime) -> ShiftState:
    """How the shift, read with its check-in, stands at ``now``."""
    there = seen(shift)
    if there is not None and shift.ends_at > now:
        return ShiftState.THERE
    if there is not None:
        return ShiftState.LATE if there.late else ShiftState.SERVED
    if shift.ends_at <= now:
        return ShiftState.MISSED
    if shift.user_id is None:
        return ShiftState.OPEN
    return ShiftState.DUE if shift.starts_at <= now else ShiftState.AHEAD


def rota(workshop: int, user: User, since: datetime, until: datetime) -> list[ShiftLine]:
    """The shifts of a main workshop that end after ``since`` and begin before ``until``.

    Three queries.
    """
    rows = DutyShift.objects.filter(workshop=workshop, ends_at__gt=since, starts_at__lt=until)
    return _lines(rows.select_related("user", "check_in"), user)


def own_shifts(user: User, most: int = 20) -> list[ShiftLine]:
    """The user's shifts in all workshops that are not over, the next first. Three queries."""
    rows = DutyShift.objects.filter(user=user, ends_at__gt=timezone.now())
    places = ("organisation", "programme", "parent__organisation")
    joined = (f"workshop__{one}" for one in places)
    rows = rows.select_related("user", "check_in", *joined)
    lines = _lines(rows.defer("workshop__programme__rule_pack"), user, most)
    return [replace(line, title=title_of(line.shift.workshop)) for line in lines]


def on_duty(workshop: int, now: datetime) -> DutyShift | None:
    """Who answers for the family now: whose shift runs, else whose begins next. One query."""
    rows = DutyShift.objects.filter(workshop=workshop, ends_at__gt=now, user__isnull=False)
    return rows.select_related("user", "check_in").order_by("starts_at").first()


def colleagues_shifts(shift: DutyShift, now: datetime) -> QuerySet[DutyShift]:
    """Shifts of others in the family for which ``shift`` may be swapped."""
    taken = DutySwap.objects.pending(now)
    rows = DutyShift.objects.ahead(now).filter(workshop=shift.workshop_id, user__isnull=False)
    rows = rows.exclude(user=shift.user_id).exclude(
        Q(pk__in=taken.values("shift"))
        | Q(pk__in=taken.exclude(against=None).values("against"))
        | Q(pk__in=DutyCover.objects.open(now).values("shift"))
    )
    return rows.select_related("user").order_by("starts_at")


def _lines(rows: QuerySet[DutyShift], user: User, most: int | None = None) -> list[ShiftLine]:
    now = timezone.now()
    swaps = DutySwap.objects.pending(now).select_related("offered_by", "to", "against")
    covers = DutyCover.objects.open(now).select_related("asked_by")
    found = rows.prefetch_related(
        Prefetch("swaps", swaps, to_attr="offers"), Prefetch("covers", covers, to_attr="calls")
    ).order_by("starts_at")[:most]
    return [
        ShiftLine(one, now, one.user_id == user.pk, _first(one.offers), _first(one.calls))
        for one in found
    ]


def _first(rows: list):
    return rows[0] if rows else None
