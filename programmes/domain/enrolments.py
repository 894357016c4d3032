"""Entering, confirming, returning, correcting and withdrawing an enrolment, one at a time.

Sets of people are entered by ``domain.bulk_enrolment`` and approved by ``domain.approvals``.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.domain.audit import record_act
from notifications.domain.notify import notify
from organisations.models import Organisation
from programmes.domain.approvals import approve_enrolments
from programmes.domain.bulk_enrolment import enter_enrolments_bulk
from programmes.domain.phases import require_open
from programmes.domain.places import Place, require_place
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import NEXT_STATES, EnrolmentState, PersonType, PhaseKey
from programmes.errors import (
    AlreadyEnrolled,
    MoveRefused,
    NothingToCorrect,
    NotYourEnrolment,
    ReasonMissing,
)
from programmes.models import Enrolment, Programme
from programmes.signals import enrolment_changed

__all__ = [
    "approve_enrolments",
    "confirm_enrolment",
    "correct_enrolment",
    "enter_enrolment",
    "enter_enrolments_bulk",
    "move_enrolment",
    "return_enrolment",
    "withdraw_enrolment",
]


@transaction.atomic
def enter_enrolment(
    user: User,
    programme: Programme,
    *,
    stage: str,
    subject: str,
    school: Organisation,
    by: User | None,
    person_type: str = PersonType.TEACHER,
    certificate_number: str = "",
) -> Enrolment:
    """Put ``user`` on the list of ``school`` and ask the person to confirm.

    Safe to repeat with the same values. A returned or withdrawn enrolment is entered again.

    Raises: PhaseClosed outside the enrolment window of the school; PlaceRefused when stage,
    subject, school and type do not fit; AlreadyEnrolled when the person is on a list with
    other values.
    Source: R23-R28.
    """
    require_open(programme, PhaseKey.ENROLMENT, school)
    place = Place(stage, subject, school, person_type, certificate_number)
    require_place(rule_pack_of(programme), place)
    enrolment, created = Enrolment.objects.select_for_update(no_key=True).get_or_create(
        programme=programme, user=user, defaults=asdict(place) | {"school": school}
    )
    if created:
        record_act("enter_enrolment", enrolment, by=by, to_state=enrolment.state)
    elif enrolment.state in (EnrolmentState.RETURNED, EnrolmentState.WITHDRAWN):
        _write_place(enrolment, place)
        _move(enrolment, EnrolmentState.ENTERED, by=by)
    elif place_of(enrolment) != place:
        raise AlreadyEnrolled(name=user.real_name, school=enrolment.school.name)
    else:
        return enrolment
    _tell(enrolment, "programmes.enrolment_entered", by=by)
    _announce(enrolment, "entered")
    return enrolment


@transaction.atomic
def confirm_enrolment(enrolment: Enrolment, *, by: User) -> Enrolment:
    """The person says that what is registered is right. Safe to repeat.

    Who was approved on the school's word confirms afterwards and stays approved.

    Raises: NotYourEnrolment; MoveRefused when it was returned or withdrawn meanwhile.
    """
    enrolment = _locked(enrolment)
    if by.pk != enrolment.user_id:
        raise NotYourEnrolment
    if enrolment.state not in (EnrolmentState.ENTERED, EnrolmentState.APPROVED):
        if enrolment.state == EnrolmentState.CONFIRMED:
            return enrolment
        raise MoveRefused(state=enrolment.get_state_display())
    if enrolment.state == EnrolmentState.APPROVED and enrolment.confirmed_at:
        return enrolment
    enrolment.confirmed_at = timezone.now()
    if enrolment.state == EnrolmentState.APPROVED:
        enrolment.save(update_fields=["confirmed_at"])
        record_act("confirm_enrolment", enrolment, by=by, to_state=enrolment.state)
        return enrolment
    _move(enrolment, EnrolmentState.CONFIRMED, by=by)
    _announce(enrolment, "moved")
    return enrolment


@transaction.atomic
def return_enrolment(enrolment: Enrolment, *, by: User, reason: str) -> Enrolment:
    """Send the enrolment back to the school with what is wrong, by the person or the county.

    Raises: ReasonMissing; MoveRefused once it is approved (then it is corrected instead).
    """
    enrolment = _locked(enrolment)
    if not reason.strip():
        raise ReasonMissing
    enrolment.return_reason = reason.strip()
    _move(enrolment, EnrolmentState.RETURNED, by=by, why=enrolment.return_reason)
    if by.pk != enrolment.user_id:
        _tell(enrolment, "programmes.enrolment_returned", by=by, reason=enrolment.return_reason)
    _announce(enrolment, "moved")
    return enrolment


@transaction.atomic
def withdraw_enrolment(enrolment: Enrolment, *, by: User, reason: str) -> Enrolment:
    """Take the person off the year's list; hours already earned stay in the ledger.

    Raises: ReasonMissing; MoveRefused when it is withdrawn already.
    """
    enrolment = _locked(enrolment)
    if not reason.strip():
        raise ReasonMissing
    _move(enrolment, EnrolmentState.WITHDRAWN, by=by, why=reason.strip())
    _tell(enrolment, "programmes.enrolment_withdrawn", by=by, reason=reason.strip())
    _announce(enrolment, "moved")
    return enrolment


@transaction.atomic
def correct_enrolment(enrolment: Enrolment, *, by: User, reason: str, **changes: Any) -> Enrolment:
    """Put another stage, subject, school, type or certificate on record, at any time.

    An approved enrolment stays approved and all hours stay where they are; the upper floors
    hear of it and push the courses of the new stage and subject (R11). The person is asked to
    confirm again.

    Raises: ReasonMissing; PlaceRefused; NothingToCorrect; MoveRefused when it is withdrawn.
    """
    enrolment = _locked(enrolment)
    if not reason.strip():
        raise ReasonMissing
    before = place_of(enrolment)
    after = replace(before, **changes)
    if after == before:
        raise NothingToCorrect
    if enrolment.state == EnrolmentState.WITHDRAWN:
        raise MoveRefused(state=enrolment.get_state_display())
    require_place(rule_pack_of(enrolment.programme), after)
    _write_place(enrolment, after)
    record_act(
        "correct_enrolment",
        enrolment,
        by=by,
        from_state=_place_text(before),
        to_state=_place_text(after),
        why=reason.strip(),
    )
    if enrolment.state in (EnrolmentState.CONFIRMED, EnrolmentState.RETURNED):
        _move(enrolment, EnrolmentState.ENTERED, by=by)
    else:
        enrolment.save()
    _tell(enrolment, "programmes.enrolment_corrected", by=by, reason=reason.strip())
    _announce(enrolment, "corrected")
    return enrolment


@transaction.atomic
def move_enrolment(
    enrolment: Enrolment, state: EnrolmentState, *, by: User | None, why: str = ""
) -> Enrolment:
    """The one verb for a state: looks at ``NEXT_STATES`` under lock and writes the audit.

    Raises: MoveRefused.
    """
    enrolment = _locked(enrolment)
    _move(enrolment, state, by=by, why=why)
    return enrolment


@transaction.atomic
def opt_into_contests(enrolment: Enrolment, opted_in: bool, *, by: User) -> Enrolment:
    """A school lets a special-education teacher enter contests, or takes that back (A10).

    Raises: MoveRefused for other person types, which need no opting in.
    """
    enrolment = _locked(enrolment)
    if enrolment.person_type != PersonType.SPECIAL_EDUCATION:
        raise MoveRefused(state=enrolment.get_person_type_display())
    record_act(
        "opt_into_contests",
        enrolment,
        by=by,
        from_state=str(enrolment.contest_opt_in),
        to_state=str(opted_in),
    )
    enrolment.contest_opt_in = opted_in
    enrolment.save(update_fields=["contest_opt_in"])
    return enrolment


def place_of(enrolment: Enrolment) -> Place:
    return Place(
        enrolment.stage,
        enrolment.subject,
        enrolment.school,
        enrolment.person_type,
        enrolment.certificate_number,
    )


def _locked(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("school", "programme", "user").get(pk=enrolment.pk)


def _move(enrolment: Enrolment, state: EnrolmentState, *, by: User | None, why: str = "") -> None:
    before = EnrolmentState(enrolment.state)
    if state not in NEXT_STATES[before]:
        raise MoveRefused(state=before.label)
    enrolment.state = state
    if state == EnrolmentState.ENTERED:
        enrolment.confirmed_at = enrolment.approved_at = None
    if state != EnrolmentState.RETURNED:
        enrolment.return_reason = ""
    if state == EnrolmentState.APPROVED:
        enrolment.approved_at = timezone.now()
    enrolment.save()
    record_act("move_enrolment", enrolment, by=by, from_state=before, to_state=state, why=why)


def _write_place(enrolment: Enrolment, place: Place) -> None:
    enrolment.stage, enrolment.subject = place.stage, place.subject
    enrolment.school, enrolment.person_type = place.school, place.person_type
    enrolment.certificate_number = place.certificate_number
    if place.person_type != PersonType.SPECIAL_EDUCATION:
        enrolment.contest_opt_in = False
    if enrolment.state != EnrolmentState.CONFIRMED:
        enrolment.confirmed_at = None


def _place_text(place: Place) -> str:
    return f"{place.stage} {place.subject} {place.school.code} {place.person_type}"


def _tell(enrolment: Enrolment, kind: str, *, by: User | None, **parameters: str) -> None:
    if by is not None and by.pk == enrolment.user_id:
        return
    values = {"school": enrolment.school.name, "programme": enrolment.programme_id} | parameters
    notify([enrolment.user_id], kind, values, reverse("programmes:enrolment"))


def _announce(enrolment: Enrolment, what: str) -> None:
    enrolment_changed.send(
        Enrolment, programme_id=enrolment.programme_id, user_ids=[enrolment.user_id], what=what
    )
