"""How lessons leave the pool, and how a person is kept from one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from lessons.domain.pool.errors import NobodyExcluded, NoSuchStanding, PoolReasonMissing
from lessons.models import CaseExclusion, OutstandingLesson

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def withdraw_outstanding(
    pk: int, *, why: str, by: User, now: datetime | None = None
) -> OutstandingLesson:
    """Take a lesson out of the pool for good, with a reason.

    Announced files stay as they are: after the draw the next supplement gives another lesson
    to everybody who has not reviewed this one.

    Raises: PoolReasonMissing; NoSuchStanding when it was withdrawn before.
    """
    if not why.strip():
        raise PoolReasonMissing
    lesson = OutstandingLesson.objects.select_for_update(no_key=True).get(pk=pk)
    if lesson.withdrawn_at is not None:
        raise NoSuchStanding
    lesson.withdrawn_at, lesson.why_withdrawn = now or timezone.now(), why.strip()
    lesson.save(update_fields=["withdrawn_at", "why_withdrawn"])
    record_act("lesson.withdraw_from_pool", lesson, by=by, why=why.strip())
    return lesson


@transaction.atomic
def declare_exclusion(
    lesson: OutstandingLesson, user: User, *, reason: str, by: User
) -> CaseExclusion:
    """Keep a person from reviewing a lesson. Safe to repeat: the first reason stands.

    Raises: PoolReasonMissing.
    """
    if not reason.strip():
        raise PoolReasonMissing
    exclusion, created = CaseExclusion.objects.get_or_create(
        lesson=lesson, user=user, defaults={"reason": reason.strip(), "declared_by": by}
    )
    if created:
        record_act("draw.exclude", exclusion, by=by, why=reason.strip())
    return exclusion


@transaction.atomic
def lift_exclusion(pk: int, *, by: User) -> None:
    """Let the person be given the lesson again. Raises: NobodyExcluded when it was lifted."""
    exclusion = CaseExclusion.objects.select_for_update().filter(pk=pk).first()
    if exclusion is None:
        raise NobodyExcluded
    record_act("draw.lift_exclusion", exclusion, by=by, why=exclusion.reason)
    exclusion.delete()
