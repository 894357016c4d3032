"""Hosts ask for corrections and appeal; somebody else rules, and the counts are never edited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Appointment
from core.domain.audit import record_act
from courses.domain.homework_files import checked_digest
from notifications.domain.notify import notify
from workshops.domain.assessment.methods import formula_of
from workshops.domain.assessment.rounds import locked
from workshops.domain.assessment.scoring import score
from workshops.domain.assessment.service import revoke_service_certificate
from workshops.enums.assessment import Plea
from workshops.errors.assessment import (
    AppealOver,
    AskedAlready,
    CorrectionOutOfRange,
    CorrectionsOver,
    OwnCause,
    ResultReplaced,
)
from workshops.errors.moderation import NothingToRule, ReasonMissing
from workshops.models import Adjustment, Assessment, Correction, HostResult, ServiceCertificate
from workshops.policy import APPEAL_DAYS, MOST_CORRECTED, REASON_LENGTH

if TYPE_CHECKING:
    from accounts.models import User

REVISED = "申诉后结果更正，另发新证"
RULERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)


@transaction.atomic
def ask_correction(
    result: HostResult,
    *,
    kind: str,
    asked: int,
    why: str,
    act: str = "",
    file: UploadedFile | None = None,
    by: User,
) -> Correction:
    """Say that a count is wrong by ``asked`` acts; the office rules on it.

    Once the results are confirmed the same is an appeal, once per result, and one level up
    rules. The assessment's row is locked, so that no request slips in while it is confirmed.

    Raises: ReasonMissing; CorrectionOutOfRange; CorrectionsOver, AppealOver; AskedAlready;
    ResultReplaced; FileRefused.
    Source: R39.
    """
    why = _reason(why)
    if not asked or abs(asked) > MOST_CORRECTED:
        raise CorrectionOutOfRange(most=MOST_CORRECTED)
    if file is not None:
        checked_digest(file)
    held = locked(result.assessment)
    plea = _plea(held, result)
    same = Q(plea=plea) if plea == Plea.APPEAL else Q(kind=kind, ruled_at=None)
    if Correction.objects.filter(same, result=result).exists():
        raise AskedAlready
    made = Correction.objects.create(
        result=result,
        user=result.user,
        plea=plea,
        kind=kind,
        asked=asked,
        why=why,
        act=act,
        file=file or "",
        file_name=PurePath(file.name or "").name[-120:] if file else "",
    )
    record_act("workshops.ask_correction", made, by=by, to_state=plea, why=why)
    _tell_rulers(made, held)
    return made


@transaction.atomic
def rule_correction(correction: Correction, *, granted: int, why: str, by: User) -> None:
    """Decide a request: so many acts are added or taken away, none when it is refused.

    While results are shown the next computation takes the adjustment in; an appeal that is
    upheld adds a revised result at once, and the frozen one stays on record.

    Raises: ReasonMissing; CorrectionOutOfRange; NothingToRule; OwnCause.
    """
    why = _reason(why)
    assessment = locked(correction.result.assessment)
    rows = Correction.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("result").get(pk=correction.pk)
    if held.ruled_at:
        raise NothingToRule
    if by.pk == held.user_id or held.is_appeal and by.pk == assessment.confirmed_by_id:
        raise OwnCause
    if granted and (granted < 0) != (held.asked < 0) or abs(granted) > MOST_CORRECTED:
        raise CorrectionOutOfRange(most=MOST_CORRECTED)
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
                revoke_service_certificate(printed, why=REVISED, by=by)
    _tell(held, shown, why)


def _plea(held: Assessment, result: HostResult) -> Plea:
    if not held.is_confirmed:
        if timezone.localdate() > held.corrections_until:
            raise CorrectionsOver
        return Plea.CORRECTION
    if timezone.now() > held.confirmed_at + timedelta(days=APPEAL_DAYS):
        raise AppealOver(days=APPEAL_DAYS)
    if HostResult.objects.filter(replaces=result).exists():
        raise ResultReplaced
    return Plea.APPEAL


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


def _tell_rulers(made: Correction, held: Assessment) -> None:
    """The unit's officers; for an appeal those above it."""
    unit = held.organisation
    above = unit.parent_id if made.is_appeal and unit.parent_id else unit.pk
    officers = Appointment.objects.current().filter(organisation=above, role__in=RULERS)
    people = set(officers.values_list("user", flat=True)) - {made.user_id}
    _notify(people, "correction_asked", made, "workshops:correction", made.pk)


def _tell(held: Correction, shown: HostResult, why: str) -> None:
    _notify([held.user_id], "correction_ruled", held, "workshops:host_result", shown.pk, why=why)


def _notify(people: Iterable[int], what: str, made: Correction, page: str, key: int, **words: str):
    words |= {"name": made.user.real_name}
    url = reverse(page, args=[key])
    notify(people, f"workshops.{what}", words, url, key=f"workshops.{what}:{made.pk}")


def _reason(why: str) -> str:
    why = why.replace("\x00", "").strip()[:REASON_LENGTH]
    if not why:
        raise ReasonMissing
    return why
