"""Hours that no course gave: one person proposes with evidence, a second one gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from credits.domain.evidence import keep_evidence
from credits.domain.ledger import post_entry
from credits.enums import NEXT_AWARD_STATES, AwardState
from credits.errors import (
    AlreadyDecided,
    AwardDayWrong,
    AwardForOneself,
    AwardTooLarge,
    EvidenceMissing,
    NotEnrolled,
    PartUnknown,
    ReasonMissing,
    SecondPersonNeeded,
)
from credits.models import HourDispute, ManualAward
from credits.models.scope import reviewing_unit
from credits.signals import award_decided
from notifications.domain.notify import notify
from programmes.domain.phases import BEIJING
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState
from programmes.queries import enrolment_of

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme


@transaction.atomic
def propose_award(
    *,
    user: User,
    programme: Programme,
    part: str,
    class_hours: Decimal,
    earned_on: date,
    subject: str,
    reason: str,
    files: Sequence[UploadedFile],
    by: User,
    dispute: HourDispute | None = None,
) -> ManualAward:
    """Ask a second person to give ``user`` hours; nothing is in the ledger yet.

    Units: class hours, at most what the part asks for.
    Raises: AwardForOneself, NotEnrolled, PartUnknown, AwardTooLarge, AwardDayWrong,
        ReasonMissing, EvidenceMissing and the refusals of ``keep_evidence``.
    """
    if by.pk == user.pk:
        raise AwardForOneself
    enrolment = enrolment_of(user, programme)
    if enrolment is None or enrolment.state != EnrolmentState.APPROVED:
        raise NotEnrolled(name=user.real_name)
    known = rule_pack_of(programme).part(part)
    if known is None:
        raise PartUnknown(part=part)
    if class_hours > known.class_hours:
        raise AwardTooLarge(part=known.title, needed=known.class_hours)
    if not programme.starts_on <= earned_on <= timezone.localdate():
        raise AwardDayWrong
    if not reason.strip():
        raise ReasonMissing
    if not files:
        raise EvidenceMissing
    award = ManualAward.objects.create(
        programme=programme,
        user=user,
        school=enrolment.school,
        county=reviewing_unit(enrolment.school),
        part=known.key,
        category=known.category,
        class_hours=class_hours,
        earned_on=earned_on,
        subject=subject.strip(),
        reason=reason.strip(),
        dispute=dispute,
        proposed_by=by,
    )
    keep_evidence(files, by=by, award=award)
    record_act("credits.propose_award", award, by=by, to_state=award.state, why=award.reason)
    return award


@transaction.atomic
def approve_award(award: ManualAward, *, by: User) -> ManualAward:
    """Give the hours: one ledger line, earned on the day that the award names.

    Raises: SecondPersonNeeded, AwardForOneself, AlreadyDecided.
    """
    award = _lock(award, by, AwardState.APPROVED)
    award.entry = post_entry(
        user=award.user,
        programme=award.programme,
        part=award.part,
        category=award.category,
        class_hours=award.class_hours,
        source=f"credits.award:{award.pk}",
        label=award.subject,
        earned_at=_end_of(award.earned_on),
    )
    return _decide(award, AwardState.APPROVED, by=by, why="")


@transaction.atomic
def refuse_award(award: ManualAward, *, by: User, why: str) -> ManualAward:
    """Give no hours, with the reason.

    Raises: ReasonMissing, SecondPersonNeeded, AwardForOneself, AlreadyDecided.
    """
    if not why.strip():
        raise ReasonMissing
    return _decide(_lock(award, by, AwardState.REFUSED), AwardState.REFUSED, by=by, why=why)


@transaction.atomic
def withdraw_award(award: ManualAward, *, by: User) -> ManualAward:
    """The proposer takes the proposal back. Raises: AlreadyDecided."""
    award = _lock_waiting(award, AwardState.WITHDRAWN)
    award.state = AwardState.WITHDRAWN
    award.save(update_fields=["state"])
    record_act(
        "credits.move_award", award, by=by, from_state=AwardState.PROPOSED, to_state=award.state
    )
    return award


def _lock(award: ManualAward, by: User, to: AwardState) -> ManualAward:
    if by.pk == award.user_id:
        raise AwardForOneself
    if by.pk == award.proposed_by_id:
        raise SecondPersonNeeded
    return _lock_waiting(award, to)


def _lock_waiting(award: ManualAward, to: AwardState) -> ManualAward:
    rows = ManualAward.objects.select_related("user", "programme")
    award = rows.select_for_update(of=("self",), no_key=True).get(pk=award.pk)
    if to not in NEXT_AWARD_STATES[AwardState(award.state)]:
        raise AlreadyDecided(state=award.get_state_display())
    return award


def _decide(award: ManualAward, state: AwardState, *, by: User, why: str) -> ManualAward:
    before, award.state = award.state, state
    award.decided_by, award.decided_at = by, timezone.now()
    award.decision_reason = why.strip()
    award.save(update_fields=["state", "decided_by", "decided_at", "decision_reason", "entry"])
    record_act("credits.move_award", award, by=by, from_state=before, to_state=state, why=why)
    parameters = {
        "subject": award.subject,
        "hours": f"{award.class_hours.normalize():f}",
        "reason": award.decision_reason,
    }
    address = reverse("credits:award", args=[award.pk])
    kind = f"credits.award_{state}"
    notify([award.proposed_by_id], kind, parameters, address, key=f"{kind}:{award.pk}")
    notify([award.user_id], kind, parameters, address, key=f"{kind}:{award.pk}")
    award_decided.send(ManualAward, award=award, by=by)
    return award


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, BEIJING) - timedelta(seconds=1)
