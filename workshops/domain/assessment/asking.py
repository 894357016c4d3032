"""Hosts say that a count is wrong, or that one act is; once results stand this is the appeal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

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
from workshops.domain.assessment.rounds import locked
from workshops.enums.assessment import Fault, Plea
from workshops.errors.assessment import (
    ActNotCounted,
    AppealOver,
    AskedAlready,
    CorrectionOutOfRange,
    CorrectionsOver,
    OtherKindMissing,
    ResultReplaced,
)
from workshops.errors.moderation import ReasonMissing
from workshops.models import Assessment, Correction, HostResult
from workshops.policy import APPEAL_DAYS, MOST_CORRECTED, REASON_LENGTH
from workshops.queries.acts import CountedAct, acts_named

if TYPE_CHECKING:
    from accounts.models import User

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
    if not asked or abs(asked) > MOST_CORRECTED:
        raise CorrectionOutOfRange(most=MOST_CORRECTED)
    open_ = Q(kind=kind, act_key=None, ruled_at=None)
    return _ask(result, open_, why, file, by, kind=kind, asked=asked, act=act)


@transaction.atomic
def ask_about_act(
    result: HostResult,
    *,
    act_kind: str,
    act_key: int,
    fault: str,
    counts_as: str = "",
    why: str,
    file: UploadedFile | None = None,
    by: User,
) -> Correction:
    """Say what is wrong with one act that counts in ``result``; the same people rule.

    MISSING asks for one act more of the kind ``counts_as``, the others for one less of its own.
    Each act is asked about once, and once more in the appeal.

    Raises: ActNotCounted when it is no act of this host here in these days; OtherKindMissing;
    and as ``ask_correction``.
    Source: R39.
    """
    missing = fault == Fault.MISSING
    if missing and counts_as in ("", act_kind):
        raise OtherKindMissing
    found = _counted(result, act_kind, act_key)
    named = {"act_kind": act_kind, "act_key": act_key, "kind": counts_as if missing else act_kind}
    changed = {"asked": 1 if missing else -1, "fault": fault, "act": found.name[:40]}
    return _ask(result, Q(**named), why, file, by, **named, **changed)


def _ask(
    result: HostResult, same: Q, why: str, file: UploadedFile | None, by: User, **fields: Any
) -> Correction:
    """Write the request unless the ``same`` was asked already, and tell whoever rules."""
    why = reason_of(why)
    if file is not None:
        checked_digest(file)
    held = locked(result.assessment)
    plea = _plea(held, result)
    same = Q(plea=plea) if plea == Plea.APPEAL else same & Q(plea=plea)
    if Correction.objects.filter(same, result=result).exists():
        raise AskedAlready
    made = Correction.objects.create(
        result=result,
        user=result.user,
        plea=plea,
        why=why,
        file=file or "",
        file_name=PurePath(file.name or "").name[-120:] if file else "",
        **fields,
    )
    record_act("workshops.ask_correction", made, by=by, to_state=plea, why=why)
    _tell_rulers(made, held)
    return made


def _counted(result: HostResult, kind: str, key: int) -> CountedAct:
    found = acts_named(result.user, [result.workshop_id], {(kind, key)}).get((kind, key))
    held = result.assessment
    if found is None or not held.starts_on <= timezone.localdate(found.at) <= held.ends_on:
        raise ActNotCounted
    return found


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


def _tell_rulers(made: Correction, held: Assessment) -> None:
    """The unit's officers; for an appeal those above it."""
    unit = held.organisation
    above = unit.parent_id if made.is_appeal and unit.parent_id else unit.pk
    officers = Appointment.objects.current().filter(organisation=above, role__in=RULERS)
    people = set(officers.values_list("user", flat=True)) - {made.user_id}
    notify_of(people, "correction_asked", made, "workshops:correction", made.pk)


def notify_of(
    people: Iterable[int], what: str, made: Correction, page: str, key: int, **words: str
):
    words |= {"name": made.user.real_name}
    url = reverse(page, args=[key])
    notify(people, f"workshops.{what}", words, url, key=f"workshops.{what}:{made.pk}")


def reason_of(why: str) -> str:
    why = why.replace("\x00", "").strip()[:REASON_LENGTH]
    if not why:
        raise ReasonMissing
    return why
