"""Appointments begin and end here; each time the person's sessions end with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import (
    AlreadyAppointed,
    AppointmentEnded,
    DatesOutOfOrder,
    NotYourself,
    OrganisationNotOpen,
    PersonInactive,
    ReasonMissing,
    RoleNotAtThisLevel,
)
from accounts.models import Appointment, User
from core.domain.audit import record_act
from organisations.enums import Level
from organisations.models import Organisation

BUREAUS = frozenset({Level.PROVINCE, Level.CITY, Level.COUNTY})
LEVELS_OF: dict[str, frozenset[int]] = {
    Role.ADMINISTRATOR: frozenset(Level),
    Role.PROJECT_OFFICER: BUREAUS,
    Role.PRINCIPAL: frozenset({Level.SCHOOL}),
    Role.EDITOR: frozenset({Level.PROVINCE}),
    Role.MARKER: frozenset(Level),
    Role.AUDITOR: frozenset(Level),
}


@transaction.atomic
def appoint(
    user: User,
    role: Role | str,
    organisation: Organisation,
    *,
    by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Appointment:
    """Give ``user`` a role in ``organisation`` and everything below it.

    Units: days, both inclusive; without ``ends_on`` it holds until it is ended.
    Raises: NotYourself, PersonInactive, OrganisationNotOpen, DatesOutOfOrder;
    RoleNotAtThisLevel (a principal only at a school, an editor only at the province);
    AlreadyAppointed when the same role there covers one of the days.
    Source: R62.
    """
    starts_on = starts_on or timezone.localdate()
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _check_person(user, by)
    _check_place(role, organisation)
    if ends_on and ends_on < starts_on:
        raise DatesOutOfOrder
    _refuse_overlap(user, role, organisation, starts_on, ends_on)
    appointment = Appointment.objects.create(
        user=user,
        role=role,
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by=by,
    )
    raise_epochs([user.pk])
    record_act("accounts.appointed", appointment, by=by, to_state=_in_words(appointment))
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User | None, why: str) -> Appointment:
    """End an appointment at this moment; what it opened is shut with the next request.

    Raises: AppointmentEnded, NotYourself, ReasonMissing.
    """
    why = clean_why(why)
    appointment = (
        Appointment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(pk=appointment.pk)
    )
    today = timezone.localdate()
    if appointment.ended_at or (appointment.ends_on and appointment.ends_on < today):
        raise AppointmentEnded
    if by is not None and by.pk == appointment.user_id:
        raise NotYourself
    appointment.ended_at = timezone.now()
    appointment.ends_on = max(appointment.starts_on, today)
    appointment.save(update_fields=["ended_at", "ends_on"])
    raise_epochs([appointment.user_id])
    record_act(
        "accounts.appointment_ended",
        appointment,
        by=by,
        from_state=_in_words(appointment),
        why=why,
    )
    return appointment


def raise_epochs(user_ids: Iterable[int]) -> None:
    """End every session of these people: their rights have changed."""
    User.objects.filter(pk__in=list(user_ids)).update(session_epoch=F("session_epoch") + 1)


def clean_why(text: str) -> str:
    """Why something was done.

    Raises: ReasonMissing when there is nothing to read.
    """
    why = " ".join(text.split())[:200]
    if len(why) < 2:
        raise ReasonMissing
    return why


def _check_person(user: User, by: User | None) -> None:
    if not user.is_active:
        raise PersonInactive(name=user.real_name)
    if by is not None and by.pk == user.pk:
        raise NotYourself


def _check_place(role: str, organisation: Organisation) -> None:
    if organisation.valid_to is not None:
        raise OrganisationNotOpen(name=organisation.name)
    if organisation.level not in LEVELS_OF[role]:
        raise RoleNotAtThisLevel(role=Role(role).label, name=organisation.name)


def _refuse_overlap(
    user: User, role: str, organisation: Organisation, starts_on: date, ends_on: date | None
) -> None:
    same = Appointment.objects.filter(
        user=user, role=role, organisation=organisation, ended_at=None
    )
    same = same.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if ends_on:
        same = same.filter(starts_on__lte=ends_on)
    if same.exists():
        raise AlreadyAppointed(name=user.real_name)


def _in_words(appointment: Appointment) -> str:
    return f"{appointment.role} · {appointment.organisation.name} · {appointment.organisation.code}"
