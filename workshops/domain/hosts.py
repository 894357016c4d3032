"""Hosts come and go by dated terms; nothing of an earlier term is lost (R33, R39)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.domain.duty.covers import release_shifts
from workshops.domain.seats import leave_workshop, lock_family
from workshops.enums.seats import Leaving
from workshops.errors.hosting import AlreadyHost, TermEnded, TermOutOfOrder
from workshops.errors.moderation import ReasonMissing
from workshops.models import Host, Membership, Workshop
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def appoint_host(
    workshop: Workshop,
    user: User,
    *,
    qualification: str,
    starts_on: date,
    ends_on: date | None = None,
    by: User,
    replaces: Host | None = None,
) -> Host:
    """Let ``user`` host ``workshop`` and its sub-workshops for a term.

    The family's row is locked, so that two officers do not appoint one person twice. A seat
    that the person holds in the family is freed: hosts do not count among the members.
    ``replaces`` ends that term on the day before, with its row kept.

    Raises: TermOutOfOrder; AlreadyHost when a term of the person here overlaps; TermEnded when
    the term to be replaced has ended meanwhile.
    Source: R33, R39.
    """
    if ends_on is not None and ends_on < starts_on:
        raise TermOutOfOrder
    lock_family(workshop)
    if _overlapping(workshop, user, starts_on, ends_on):
        raise AlreadyHost(name=user.real_name)
    if replaces is not None:
        _end(replaces, why="replaced", by=by)
    _free_seat(workshop, user, by=by)
    term = Host.objects.create(
        workshop=workshop,
        user=user,
        qualification=qualification,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by=by,
        replaces=replaces,
    )
    record_act("workshops.appoint_host", term, by=by, to_state=qualification)
    notify(
        [user.pk],
        "workshops.appointed",
        {"workshop": title_of(workshop)},
        reverse("workshops:workshop", args=[workshop.pk]),
        key=f"workshops.appointed:{term.pk}",
    )
    return term


@transaction.atomic
def end_term(term: Host, *, why: str, by: User) -> None:
    """End a term now, with a reason that stays on record. Its coming shifts are open for cover.

    Raises: ReasonMissing; TermEnded.
    Source: R39.
    """
    if not why.strip():
        raise ReasonMissing
    _end(term, why=why.strip(), by=by)


def _end(term: Host, *, why: str, by: User) -> None:
    standing = Host.objects.filter(pk=term.pk, ended_at=None)
    if not standing.update(ended_at=timezone.now(), ended_by=by, why_ended=why):
        raise TermEnded
    record_act("workshops.end_term", term, by=by, why=why)
    release_shifts(term, by=by)


def _overlapping(workshop: Workshop, user: User, starts_on: date, ends_on: date | None) -> bool:
    terms = Host.objects.filter(workshop=workshop, user=user, ended_at=None)
    terms = terms.exclude(ends_on__lt=starts_on)
    return (terms.filter(starts_on__lte=ends_on) if ends_on else terms).exists()


def _free_seat(workshop: Workshop, user: User, *, by: User) -> None:
    family = Workshop.objects.family(workshop.main_id)
    held = Membership.objects.current().filter(teacher=user, workshop__in=family).first()
    if held is not None:
        leave_workshop(held, by=by, leaving=Leaving.HOST)
