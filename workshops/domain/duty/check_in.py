"""Being there: a check-in at the start of a shift, by the server's clock; and stated absences."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.domain.audit import record_act
from workshops.domain.duty.locks import locked_shifts
from workshops.enums.duty import SwapState
from workshops.errors.duty import AbsenceOutOfOrder, CheckInTooEarly, CheckInTooLate, NotYourShift
from workshops.models import DutyAbsence, DutyCheckIn, DutyCover, DutyShift, DutySwap
from workshops.policy import CHECK_IN_EARLY_MINUTES, LATE_AFTER_MINUTES

if TYPE_CHECKING:
    from accounts.models import User


def check_in_opens(shift: DutyShift) -> datetime:
    """From when on one can check in."""
    return shift.starts_at - timedelta(minutes=CHECK_IN_EARLY_MINUTES)


@transaction.atomic
def check_in(shift: DutyShift, *, by: User) -> DutyCheckIn:
    """Say that one is there. Safe to repeat: the first moment stands.

    From a few minutes before the shift until its end; late is written down. What was on
    offer about the shift is taken back.

    Raises: NotYourShift; CheckInTooEarly; CheckInTooLate.
    Source: R38.
    """
    held = locked_shifts([shift.pk]).get(shift.pk)
    if held is None or held.user_id != by.pk:
        raise NotYourShift
    if known := DutyCheckIn.objects.filter(shift=held).first():
        return known
    now = timezone.now()
    if now < check_in_opens(held):
        raise CheckInTooEarly(minutes=CHECK_IN_EARLY_MINUTES)
    if now >= held.ends_at:
        raise CheckInTooLate
    late = now > held.starts_at + timedelta(minutes=LATE_AFTER_MINUTES)
    made = DutyCheckIn.objects.create(shift=held, user=by, at=now, late=late)
    record_act("workshops.check_in", held, by=by, to_state="late" if late else "on time")
    swaps = DutySwap.objects.filter(Q(shift=held) | Q(against=held), state=SwapState.OFFERED)
    swaps.update(state=SwapState.WITHDRAWN, answered_at=now)
    asked = DutyCover.objects.filter(shift=held, taken_by=None, withdrawn_at=None)
    asked.update(withdrawn_at=now)
    return made


@transaction.atomic
def state_absence(user: User, *, starts_on: date, ends_on: date, note: str = "") -> DutyAbsence:
    """Days on which the user takes no shifts when a rota is planned. Safe to repeat.

    Shifts that stand are not touched: they are swapped, or colleagues are asked to cover.

    Raises: AbsenceOutOfOrder.
    """
    if ends_on < starts_on:
        raise AbsenceOutOfOrder
    note = note.replace("\x00", "").strip()[:60]
    row, created = DutyAbsence.objects.get_or_create(
        user=user, starts_on=starts_on, ends_on=ends_on, defaults={"note": note}
    )
    if created:
        record_act("workshops.state_absence", row, by=user, to_state=f"{starts_on} {ends_on}")
    return row


@transaction.atomic
def drop_absence(absence: DutyAbsence, *, by: User) -> None:
    """Be there after all. Safe to repeat."""
    if DutyAbsence.objects.filter(pk=absence.pk, user=by).delete()[0]:
        record_act(
            "workshops.drop_absence", by, by=by, from_state=f"{absence.starts_on} {absence.ends_on}"
        )
