"""Swaps: a host offers a shift to a colleague, maybe for one of theirs, who accepts or refuses."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from core.domain.audit import record_act
from workshops.domain.duty.locks import lock_terms, locked_shifts, require_free
from workshops.domain.duty.news import tell
from workshops.enums.duty import SwapState
from workshops.errors.duty import NotYourShift, OfferOver, ShiftArranged, ShiftBegun
from workshops.models import DutyCheckIn, DutyCover, DutyShift, DutySwap

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def offer_swap(
    shift: DutyShift, *, to: User, against: DutyShift | None = None, by: User
) -> DutySwap:
    """Offer the own ``shift`` to ``to``, or in exchange for ``against``. It may be taken back.

    The offer holds until one of the shifts begins.

    Raises: NotYourShift; ShiftBegun; ShiftArranged; NotHostThen, BusyThen of either.
    Source: R38.
    """
    lock_terms([by.pk, to.pk])
    keys = [shift.pk] if against is None else [shift.pk, against.pk]
    held = locked_shifts(keys)
    own = _owned(held.get(shift.pk), by)
    require_loose(held.values(), timezone.now())
    if to.pk == by.pk:
        raise NotYourShift
    if against is not None:
        other = _owned(held.get(against.pk), to)
        if other.workshop_id != own.workshop_id:
            raise NotYourShift
        require_free(by, other, giving=own.pk)
    require_free(to, own, giving=against.pk if against else None)
    swap = DutySwap.objects.create(shift=own, offered_by=by, to=to, against=against)
    record_act("workshops.offer_shift", own, by=by, to_state=str(to.pk))
    tell([to.pk], "duty_offered", own, str(swap.pk), name=by.real_name)
    return swap


@transaction.atomic
def answer_swap(swap: DutySwap, *, accept: bool, by: User) -> DutySwap:
    """Take the offered shift, or refuse it; who offered is told.

    Terms, then both shifts, then the offer are locked: a second answer finds the first.
    Safe to repeat.

    Raises: OfferOver when it was taken back, has expired or names somebody else; NotHostThen,
    BusyThen when something came between.
    Source: R38.
    """
    held, shifts = _locked_swap(swap)
    wanted = SwapState.ACCEPTED if accept else SwapState.REFUSED
    if held.to_id == by.pk and held.state == wanted:
        return held
    if held.to_id != by.pk or not _stands(held, shifts, timezone.now()):
        raise OfferOver
    if accept:
        _exchange(held, shifts)
    own = shifts[held.shift_id]
    _close(held, wanted, own, by)
    what = "duty_accepted" if accept else "duty_refused"
    tell([held.offered_by_id], what, own, str(held.pk), name=by.real_name)
    return held


@transaction.atomic
def withdraw_swap(swap: DutySwap, *, by: User) -> DutySwap:
    """Take the own offer back. Safe to repeat. Raises: OfferOver when it was answered."""
    held, shifts = _locked_swap(swap)
    if held.offered_by_id != by.pk or held.state not in (SwapState.OFFERED, SwapState.WITHDRAWN):
        raise OfferOver
    if held.state == SwapState.OFFERED:
        _close(held, SwapState.WITHDRAWN, shifts[held.shift_id], by)
    return held


def require_loose(shifts, now: datetime) -> None:
    """Refuse shifts that have begun, whose host is there already, or that are on offer.

    Raises: ShiftBegun; ShiftArranged.
    """
    keys = [one.pk for one in shifts]
    if any(one.starts_at <= now for one in shifts):
        raise ShiftBegun
    if DutyCheckIn.objects.filter(shift__in=keys).exists():
        raise ShiftBegun
    swaps = DutySwap.objects.pending(now).filter(Q(shift__in=keys) | Q(against__in=keys))
    if swaps.exists() or DutyCover.objects.open(now).filter(shift__in=keys).exists():
        raise ShiftArranged


def _owned(shift: DutyShift | None, user: User) -> DutyShift:
    if shift is None or shift.user_id != user.pk:
        raise NotYourShift
    return shift


def _locked_swap(swap: DutySwap) -> tuple[DutySwap, dict[int, DutyShift]]:
    lock_terms([swap.offered_by_id, swap.to_id])
    shifts = locked_shifts([swap.shift_id, *([swap.against_id] if swap.against_id else [])])
    rows = DutySwap.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("offered_by", "to").get(pk=swap.pk), shifts


def _stands(held: DutySwap, shifts: dict[int, DutyShift], now: datetime) -> bool:
    """Whether it is still offered by who has the shift, for a shift of who is asked."""
    owners = held.state == SwapState.OFFERED and shifts[held.shift_id].user_id == held.offered_by_id
    if held.against_id:
        owners = owners and shifts[held.against_id].user_id == held.to_id
    begun = DutyCheckIn.objects.filter(shift__in=shifts).exists()
    return owners and not begun and all(one.starts_at > now for one in shifts.values())


def _exchange(held: DutySwap, shifts: dict[int, DutyShift]) -> None:
    require_free(held.to, shifts[held.shift_id], giving=held.against_id)
    changes = [When(pk=held.shift_id, then=Value(held.to_id))]
    if held.against_id:
        require_free(held.offered_by, shifts[held.against_id], giving=held.shift_id)
        changes.append(When(pk=held.against_id, then=Value(held.offered_by_id)))
    DutyShift.objects.filter(pk__in=shifts).update(user_id=Case(*changes))


def _close(held: DutySwap, state: str, shift: DutyShift, by: User) -> None:
    record_act("workshops.answer_shift", shift, by=by, from_state=held.state, to_state=state)
    held.state, held.answered_at = state, timezone.now()
    held.save(update_fields=["state", "answered_at"])
