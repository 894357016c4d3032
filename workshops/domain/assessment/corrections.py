"""Somebody rules on what hosts asked; the counts themselves are never edited."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from workshops.domain.assessment.asking import notify_of, reason_of
from workshops.domain.assessment.methods import formula_of
from workshops.domain.assessment.rounds import locked
from workshops.domain.assessment.scoring import score
from workshops.domain.assessment.service import take_back
from workshops.errors.assessment import CorrectionOutOfRange, OwnCause
from workshops.errors.moderation import NothingToRule
from workshops.models import Adjustment, Assessment, Correction, HostResult, ServiceCertificate
from workshops.policy import MOST_CORRECTED

if TYPE_CHECKING:
    from accounts.models import User

REVISED = "申诉后结果更正，另发新证"


@transaction.atomic
def rule_correction(correction: Correction, *, granted: int, why: str, by: User) -> None:
    """Decide a request: so many acts are added or taken away, none when it is refused.

    While results are shown the next computation takes the adjustment in; an appeal that is
    upheld adds a revised result at once, and the frozen one stays on record.

    Raises: ReasonMissing; CorrectionOutOfRange; NothingToRule; OwnCause.
    """
    why = reason_of(why)
    assessment = locked(correction.result.assessment)
    rows = Correction.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("result").get(pk=correction.pk)
    if held.ruled_at:
        raise NothingToRule
    if by.pk == held.user_id or held.is_appeal and by.pk == assessment.confirmed_by_id:
        raise OwnCause
    if granted not in _grantable(held):
        raise CorrectionOutOfRange(most=abs(held.asked) if held.act_key else MOST_CORRECTED)
    held.granted, held.ruling, held.ruled_by, held.ruled_at = granted, why, by, timezone.now()
    held.save(update_fields=["granted", "ruling", "ruled_by", "ruled_at"])
    record_act("workshops.rule_correction", held, by=by, to_state=f"{granted:+}", why=why)
    shown = held.result
    if granted:
        Adjustment.objects.create(
            correction=held, result=shown, kind=held.kind, change=granted, made_by=by
        )
        if held.is_appeal:
            shown = _revise(assessment, shown, held.kind, granted)
            for printed in ServiceCertificate.objects.filter(result=held.result):
                take_back(printed, why=REVISED, by=by)
    _tell(held, shown, why)


def _grantable(held: Correction) -> Collection[int]:
    """Nothing, or acts in the asked direction; of one act itself or nothing."""
    if held.act_key:
        return (0, held.asked)
    return range(MOST_CORRECTED + 1) if held.asked > 0 else range(-MOST_CORRECTED, 1)


def _revise(assessment: Assessment, result: HostResult, kind: str, change: int) -> HostResult:
    adjusted = result.adjusted | {kind: result.adjusted.get(kind, 0) + change}
    made = score(formula_of(assessment.method), result.counts, adjusted)
    now = timezone.now()
    return HostResult.objects.create(
        assessment=assessment,
        workshop_id=result.workshop_id,
        user_id=result.user_id,
        term_id=result.term_id,
        revision=result.revision + 1,
        replaces=result,
        counts=result.counts,
        adjusted=adjusted,
        points=made.points,
        total=made.total,
        grade=made.grade,
        computed_at=now,
        confirmed_at=now,
    )


def _tell(held: Correction, shown: HostResult, why: str) -> None:
    notify_of([held.user_id], "correction_ruled", held, "workshops:host_result", shown.pk, why=why)
