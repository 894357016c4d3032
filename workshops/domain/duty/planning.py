"""Planning the rota: tried first, carried out as it was shown, planned anew when needed."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.domain.duty.fair import Candidate, carried, share_out
from workshops.domain.duty.locks import days_of, lock_terms
from workshops.domain.duty.slots import Slot, slots_of
from workshops.domain.seats import lock_family
from workshops.errors.duty import NobodyToPlan, PlanChanged, SchemeMissing
from workshops.models import DutyCover, DutyScheme, DutyShift, Host, Workshop
from workshops.queries.duty_basis import Basis, basis_of
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class PlannedShift:
    """A line of the plan; ``shift`` is one that stands and stays as it is."""

    starts_at: datetime
    ends_at: datetime
    user: int | None
    shift: DutyShift | None = None


@dataclass(frozen=True)
class Load:
    """What one host carries before the plan and in it. Units: shifts."""

    user: User
    before: int
    planned: int

    @property
    def total(self) -> int:
        return self.before + self.planned


@dataclass(frozen=True)
class Plan:
    """A rota as it would come out; ``fingerprint`` changes with anything that it rests on."""

    lines: list[PlannedShift]
    loads: list[Load]
    fingerprint: str

    @property
    def unserved(self) -> int:
        """Shifts that nobody can take."""
        return sum(one.user is None for one in self.lines)


def try_plan(workshop: Workshop, *, first: date, weeks: int, now: datetime) -> Plan:
    """What a plan of ``weeks`` weeks from ``first`` on would come to; nothing is written.

    Past and running shifts stay, and so do those that hosts have swapped, offered, covered or
    that questions were handed to. The same facts give the same plan.

    Raises: SchemeMissing; NobodyToPlan when no term reaches into that time.
    Source: R38.
    """
    scheme = DutyScheme.objects.filter(workshop=workshop.main_id).first()
    if scheme is None:
        raise SchemeMissing
    first = max(first, timezone.localdate(now))
    last = first + timedelta(days=7 * weeks - 1)
    basis = basis_of(workshop.main_id, first, last, now)
    if not basis.terms:
        raise NobodyToPlan
    slots = [slot for slot in slots_of(scheme, first, last) if _is_open(slot, basis, now)]
    loads = carried(basis.joined, basis.served)
    people = [
        Candidate(user, loads[user], frozenset(_free(user, slots, basis))) for user in basis.joined
    ]
    chosen = share_out(len(slots), people)
    lines = [
        PlannedShift(start, end, user) for (start, end), user in zip(slots, chosen, strict=True)
    ]
    lines += [PlannedShift(one.starts_at, one.ends_at, one.user_id, one) for one in basis.kept]
    lines.sort(key=lambda one: one.starts_at)
    return Plan(lines, _loads(basis, loads, chosen), _fingerprint(lines, loads))


@transaction.atomic
def carry_out_plan(
    workshop: Workshop, *, first: date, weeks: int, fingerprint: str, by: User
) -> Plan:
    """Write the rota exactly as it was shown; its hosts are told.

    The family's row is locked, then the hosts' terms: two planners follow each other, and the
    second finds what the first wrote. Safe to repeat: the same plan changes nothing.

    Raises: PlanChanged when it would come out differently now; what ``try_plan`` raises.
    """
    now = timezone.now()
    main = lock_family(workshop)
    lock_terms(Host.objects.filter(workshop=main).values_list("user", flat=True))
    plan = try_plan(main, first=first, weeks=weeks, now=now)
    if plan.fingerprint != fingerprint:
        raise PlanChanged
    first = max(first, timezone.localdate(now))
    basis = basis_of(main.pk, first, first + timedelta(days=7 * weeks - 1), now)
    _write(main, plan, basis, now)
    record_act("workshops.plan_duty", main, by=by, to_state=f"{first} +{weeks}", why=fingerprint)
    told = {one.user for one in plan.lines if one.shift is None}
    url = reverse("workshops:duty", args=[main.pk])
    words = {"workshop": title_of(Workshop.objects.with_place().get(pk=main.pk))}
    notify(told, "workshops.rota", words, url, key=f"workshops.rota:{main.pk}:{fingerprint[:16]}")
    return plan


def _write(main: Workshop, plan: Plan, basis: Basis, now: datetime) -> None:
    """One statement for what goes, one for what changes hands, one for what is new."""
    wanted = {(one.starts_at, one.ends_at): one.user for one in plan.lines if one.shift is None}
    standing = {(one.starts_at, one.ends_at): one for one in basis.replaceable}
    gone = [one.pk for key, one in standing.items() if key not in wanted]
    DutyShift.objects.filter(pk__in=gone).delete()
    changed = []
    for key, one in standing.items():
        if key in wanted and one.user_id != wanted[key]:
            one.user_id, one.planned_at = wanted[key], now
            changed.append(one)
    DutyShift.objects.bulk_update(changed, ["user", "planned_at"])
    asked = DutyCover.objects.filter(shift__in=changed, taken_by=None, withdrawn_at=None)
    asked.update(withdrawn_at=now)
    new = DutyShift.objects.bulk_create(
        DutyShift(workshop=main, user_id=user, starts_at=start, ends_at=end, planned_at=now)
        for (start, end), user in wanted.items()
        if (start, end) not in standing
    )
    DutyCover.objects.bulk_create(
        DutyCover(shift=one, asked_at=now) for one in [*new, *changed] if one.user_id is None
    )


def _is_open(slot: Slot, basis: Basis, now: datetime) -> bool:
    """Not begun, and no shift that stays lies there."""
    start, end = slot
    return start > now and not any(
        one.starts_at < end and start < one.ends_at for one in basis.kept
    )


def _free(user: int, slots: list[Slot], basis: Basis) -> list[int]:
    """The slots within a term of the user, outside absences and duty elsewhere."""
    found = []
    for place, (start, end) in enumerate(slots):
        first, last = days_of(start, end)
        if (
            any(a <= first and (b is None or last <= b) for a, b in basis.terms[user])
            and not any(a <= last and first <= b for a, b in basis.absences.get(user, ()))
            and not any(a < end and start < b for a, b in basis.elsewhere.get(user, ()))
        ):
            found.append(place)
    return found


def _loads(basis: Basis, before: dict[int, int], chosen: list[int | None]) -> list[Load]:
    planned = Counter(chosen)
    return [Load(basis.people[user], before[user], planned[user]) for user in basis.joined]


def _fingerprint(lines: list[PlannedShift], loads: dict[int, int]) -> str:
    basis = [(one.starts_at.isoformat(), one.ends_at.isoformat(), one.user) for one in lines]
    return hashlib.sha256(repr((basis, sorted(loads.items()))).encode()).hexdigest()
