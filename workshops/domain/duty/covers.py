"""Covers: a shift that all hosts of the family may take; the first one has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.domain.audit import record_act
from workshops.domain.duty.locks import days_of, lock_terms, locked_shifts, require_free
from workshops.domain.duty.news import hosts_beside, tell
from workshops.domain.duty.swaps import require_loose
from workshops.enums.duty import SwapState
from workshops.errors.duty import NotYourShift, OfferOver
from workshops.models import DutyCover, DutyShift, DutySwap, Host

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def ask_cover(shift: DutyShift, *, why: str = "", by: User) -> DutyCover:
    """Ask all hosts of the family to take the own shift; it stays one's own until then.

    Raises: NotYourShift; ShiftBegun; ShiftArranged.
    Source: R38.
    """
    lock_terms([by.pk])
    own = locked_shifts([shift.pk]).get(shift.pk)
    if own is None or own.user_id != by.pk:
        raise NotYourShift
    require_loose([own], timezone.now())
    why = why.replace("\x00", "").strip()[:100]
    cover = DutyCover.objects.create(shift=own, asked_by=by, why=why)
    record_act("workshops.ask_cover", own, by=by, why=why)
    people = hosts_beside(own.workshop_id, but=by.pk)
    tell(people, "cover_asked", own, str(cover.pk), name=by.real_name)
    return cover


@transaction.atomic
def take_cover(cover: DutyCover, *, by: User) -> DutyCover:
    """Take the shift over. The shift's row is locked: the first who comes has it.

    Possible until the shift ends, for whoever was asked for may still be missing. Safe to repeat.

    Raises: OfferOver when somebody else was first, it was taken back or is over; NotHostThen;
    BusyThen.
    Source: R38.
    """
    held, shift = _locked_cover(cover, by)
    if held.taken_by_id == by.pk:
        return held
    now = timezone.now()
    if not DutyCover.objects.open(now).filter(pk=held.pk).exists() or shift.user_id == by.pk:
        raise OfferOver
    require_free(by, shift)
    record_act(
        "workshops.take_cover", shift, by=by, from_state=str(shift.user_id), to_state=str(by.pk)
    )
    DutyShift.objects.filter(pk=shift.pk).update(user=by)
    held.taken_by, held.taken_at = by, now
    held.save(update_fields=["taken_by", "taken_at"])
    tell([held.asked_by_id], "cover_taken", shift, str(held.pk), name=by.real_name)
    return held


@transaction.atomic
def withdraw_cover(cover: DutyCover, *, by: User) -> DutyCover:
    """Keep the own shift after all. Safe to repeat. Raises: OfferOver when it was taken."""
    held, shift = _locked_cover(cover, by)
    if held.asked_by_id != by.pk or held.taken_by_id:
        raise OfferOver
    if held.withdrawn_at is None:
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        record_act("workshops.withdraw_cover", shift, by=by)
    return held


def release_shifts(term: Host, *, by: User) -> int:
    """Open the shifts that an ended term leaves; the colleagues are told.

    For the transaction that ends the term, whose row it has locked. Shifts of days on which
    another term of the same person holds stay. Offers about them end with it.

    Returns: shifts opened.
    Source: R38, R39.
    """
    now = timezone.now()
    rows = DutyShift.objects.ahead(now).filter(workshop=term.workshop_id, user=term.user_id)
    held = locked_shifts(rows.values_list("pk", flat=True)).values()
    freed = [one for one in held if one.user_id == term.user_id and not _holds(term, one)]
    keys = [one.pk for one in freed]
    if not keys:
        return 0
    DutyShift.objects.filter(pk__in=keys).update(user=None)
    DutySwap.objects.filter(
        Q(shift__in=keys) | Q(against__in=keys), state=SwapState.OFFERED
    ).update(state=SwapState.WITHDRAWN, answered_at=now)
    asked = DutyCover.objects.filter(shift__in=keys, taken_by=None, withdrawn_at=None)
    asked.update(withdrawn_at=now)
    DutyCover.objects.bulk_create(DutyCover(shift=one, asked_at=now) for one in freed)
    record_act("workshops.open_shifts", term, by=by, to_state=str(len(keys)))
    first = min(freed, key=lambda one: one.starts_at)
    people = hosts_beside(term.workshop_id, but=term.user_id)
    tell(people, "shifts_open", first, str(term.pk), shifts=str(len(keys)))
    return len(keys)


def _holds(ended: Host, shift: DutyShift) -> bool:
    """Whether another term of the person reaches over the shift."""
    first, last = days_of(shift.starts_at, shift.ends_at)
    terms = Host.objects.filter(user=ended.user_id, workshop=ended.workshop_id, ended_at=None)
    terms = terms.exclude(pk=ended.pk).filter(Q(ends_on=None) | Q(ends_on__gte=last))
    return terms.filter(starts_on__lte=first).exists()


def _locked_cover(cover: DutyCover, by: User) -> tuple[DutyCover, DutyShift]:
    lock_terms([by.pk])
    shift = locked_shifts([cover.shift_id])[cover.shift_id]
    return DutyCover.objects.select_for_update(no_key=True).get(pk=cover.pk), shift
