"""A teacher says that hours are missing; a unit owes an answer by a named day.

Who owes it goes one level up when nobody answered in time or the teacher is not satisfied.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Appointment
from core.domain.audit import record_act
from credits.domain.evidence import keep_evidence
from credits.enums import NEXT_DISPUTE_STATES, DisputeOutcome, DisputeState
from credits.errors import (
    AnswerNotForOneself,
    DisputeMoved,
    DisputeOpenAlready,
    NoHigherUnit,
    NotYetOverdue,
    PartUnknown,
    ReasonMissing,
    TooManyDisputes,
)
from credits.models import DisputeStep, HourDispute
from credits.models.scope import OFFICERS, reviewing_unit
from credits.policy import DISPUTES_OPEN_AT_ONCE
from notifications.domain.notify import notify
from programmes.domain.rulepacks import rule_pack_of
from programmes.domain.working_days import add_working_days
from programmes.queries import enrolment_of

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Organisation
    from programmes.models import Programme


def answer_due(programme: Programme, start: date) -> date:
    """The last day for an answer. Units: working days of the rule pack."""
    return add_working_days(start, rule_pack_of(programme).dispute_answer_working_days)


@transaction.atomic
def raise_dispute(
    *,
    user: User,
    programme: Programme,
    part: str,
    subject: str,
    text: str,
    files: Sequence[UploadedFile] = (),
) -> HourDispute:
    """Ask the county to look at hours of ``part``; possible at any time of the year.

    Raises: PartUnknown, ReasonMissing, TooManyDisputes, DisputeOpenAlready and the refusals
        of ``keep_evidence``.
    """
    if rule_pack_of(programme).part(part) is None:
        raise PartUnknown(part=part)
    if not text.strip():
        raise ReasonMissing
    mine = HourDispute.objects.filter(user=user, state=DisputeState.OPEN)
    if mine.count() >= DISPUTES_OPEN_AT_ONCE:
        raise TooManyDisputes(limit=DISPUTES_OPEN_AT_ONCE)
    enrolment = enrolment_of(user, programme)
    school = enrolment.school if enrolment else user.school
    county = reviewing_unit(school)
    try:
        with transaction.atomic():
            dispute = HourDispute.objects.create(
                programme=programme,
                user=user,
                school=school,
                county=county,
                handler=county,
                part=part,
                subject=subject.strip(),
                text=text.strip(),
                due_on=answer_due(programme, timezone.localdate()),
            )
    except IntegrityError as refusal:
        raise DisputeOpenAlready from refusal
    keep_evidence(files, by=user, dispute=dispute)
    _write_step(dispute, by=user, text=dispute.text, before="")
    _tell_handlers(dispute)
    return dispute


@transaction.atomic
def answer_dispute(dispute: HourDispute, *, by: User, outcome: str, text: str) -> HourDispute:
    """Tell the teacher what was found.

    Raises: ReasonMissing, AnswerNotForOneself, DisputeMoved.
    """
    if not text.strip():
        raise ReasonMissing
    dispute = _lock(dispute, DisputeState.ANSWERED)
    if by.pk == dispute.user_id:
        raise AnswerNotForOneself
    dispute.outcome, dispute.answer, dispute.answered_by = outcome, text.strip(), by
    _move(dispute, DisputeState.ANSWERED, by=by, text=dispute.answer)
    _tell_teacher(dispute, "credits.dispute_answered", answer=dispute.answer[:120])
    return dispute


@transaction.atomic
def go_one_level_up(dispute: HourDispute, *, by: User, why: str) -> HourDispute:
    """The teacher asks the unit above: after an answer, or once its day has passed.

    Raises: NoHigherUnit, NotYetOverdue, ReasonMissing, DisputeMoved.
    """
    dispute = _lock(dispute, DisputeState.OPEN)
    if dispute.state == DisputeState.OPEN and not dispute.is_overdue:
        raise NotYetOverdue(day=date_format(dispute.due_on, "DATE_FORMAT"))
    if dispute.handler.parent is None:
        raise NoHigherUnit
    if not why.strip():
        raise ReasonMissing
    _hand_over(dispute, dispute.handler.parent, by=by, text=why.strip())
    return dispute


@transaction.atomic
def accept_answer(dispute: HourDispute, *, by: User) -> HourDispute:
    """The teacher is satisfied. Raises: DisputeMoved."""
    dispute = _lock(dispute, DisputeState.CLOSED)
    _move(dispute, DisputeState.CLOSED, by=by)
    return dispute


@transaction.atomic
def withdraw_dispute(dispute: HourDispute, *, by: User) -> HourDispute:
    """The teacher takes it back. Raises: DisputeMoved."""
    dispute = _lock(dispute, DisputeState.WITHDRAWN)
    _move(dispute, DisputeState.WITHDRAWN, by=by)
    return dispute


def escalate_overdue() -> int:
    """The clock hands every overdue dispute one level up, those of the province excepted.

    Safe to repeat. A daily act over the few that were forgotten; each is locked by itself, so
    an answer that comes at the same moment wins or waits. Returns: disputes handed over.
    """
    due = HourDispute.objects.overdue().filter(handler__parent__isnull=False)
    return sum(_escalate(pk) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def close_settled(*, before_days: int = 30) -> int:
    """Close answers that nobody contested for ``before_days``. Returns: disputes closed."""
    limit = timezone.now() - timedelta(days=before_days)
    settled = HourDispute.objects.filter(state=DisputeState.ANSWERED, moved_at__lt=limit)
    closed = 0
    for dispute in settled.select_for_update(skip_locked=True, no_key=True):
        _move(dispute, DisputeState.CLOSED, by=None)
        closed += 1
    return closed


@transaction.atomic
def _escalate(pk: int) -> bool:
    rows = HourDispute.objects.overdue().filter(pk=pk)
    dispute = rows.select_for_update(skip_locked=True, no_key=True).first()
    if dispute is None or dispute.handler.parent is None:
        return False
    _hand_over(dispute, dispute.handler.parent, by=None, text="")
    return True


def _hand_over(dispute: HourDispute, handler: Organisation, *, by: User | None, text: str) -> None:
    dispute.handler = handler
    dispute.due_on = answer_due(dispute.programme, timezone.localdate())
    dispute.outcome, dispute.answer, dispute.answered_by = DisputeOutcome.NONE, "", None
    _move(dispute, DisputeState.OPEN, by=by, text=text)
    _tell_handlers(dispute)
    if by is None:
        _tell_teacher(dispute, "credits.dispute_went_up", handler=handler.name)


def _lock(dispute: HourDispute, to: DisputeState) -> HourDispute:
    rows = HourDispute.objects.select_for_update(no_key=True)
    dispute = rows.get(pk=dispute.pk)
    if to not in NEXT_DISPUTE_STATES[DisputeState(dispute.state)]:
        raise DisputeMoved(state=dispute.get_state_display())
    return dispute


def _move(dispute: HourDispute, to: DisputeState, *, by: User | None, text: str = "") -> None:
    before, dispute.state, dispute.moved_at = dispute.state, to, timezone.now()
    dispute.save()
    _write_step(dispute, by=by, text=text, before=before)


def _write_step(dispute: HourDispute, *, by: User | None, text: str, before: str) -> None:
    DisputeStep.objects.create(
        dispute=dispute,
        by=by,
        handler=dispute.handler,
        state=dispute.state,
        outcome=dispute.outcome,
        text=text,
    )
    record_act(
        "credits.move_dispute", dispute, by=by, from_state=before, to_state=dispute.state, why=text
    )


def _tell_handlers(dispute: HourDispute) -> None:
    officers = Appointment.objects.current().filter(organisation=dispute.handler, role__in=OFFICERS)
    notify(
        officers.values_list("user_id", flat=True),
        "credits.dispute_to_answer",
        {"subject": dispute.subject, "due_on": str(dispute.due_on)},
        reverse("credits:dispute", args=[dispute.pk]),
        key=f"credits.dispute_to_answer:{dispute.pk}:{dispute.handler_id}",
    )


def _tell_teacher(dispute: HourDispute, kind: str, **parameters: str) -> None:
    notify(
        [dispute.user_id],
        kind,
        {"subject": dispute.subject, **parameters},
        reverse("credits:dispute", args=[dispute.pk]),
        key=f"{kind}:{dispute.pk}:{dispute.steps.count()}",
    )
