"""Who may plan and serve the duty, and write the guidance plan."""

from __future__ import annotations

from accounts.models import User
from workshops.models import DutyCover, DutyShift, DutySwap, Workshop
from workshops.permissions.seats import can_run, hosts


def can_plan_duty(user: User, workshop: Workshop) -> bool:
    """Say when a workshop is on duty and plan its rota: its hosts and its own office."""
    return can_run(user, workshop)


def can_serve(user: User, shift: DutyShift) -> bool:
    """Check in, offer, ask for cover: who has the shift."""
    return shift.user_id == user.pk


def can_answer_swap(user: User, swap: DutySwap) -> bool:
    """Accept or refuse: the colleague to whom the shift is offered."""
    return swap.to_id == user.pk


def can_withdraw_swap(user: User, swap: DutySwap) -> bool:
    return swap.offered_by_id == user.pk


def can_take_cover(user: User, cover: DutyCover) -> bool:
    """Whoever hosts the family, but the one who asks."""
    return cover.asked_by_id != user.pk and hosts(user, cover.shift.workshop)


def can_withdraw_cover(user: User, cover: DutyCover) -> bool:
    return cover.asked_by_id == user.pk


def can_write_plan(user: User, workshop: Workshop) -> bool:
    """The guidance plan is its hosts' own; everybody of the workshop reads it."""
    return workshop.is_open and hosts(user, workshop)
