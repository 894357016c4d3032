"""Hosts come and go by dated terms; nothing of an earlier term is lost (R33, R39)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act, record_each
from notifications.domain.notify import Told, notify_each
from workshops.domain.duty.covers import release_shifts
from workshops.domain.seats import free_seats, lock_families
from workshops.enums.seats import Leaving
from workshops.errors.hosting import AlreadyHost, TermEnded, TermOutOfOrder
from workshops.errors.moderation import ReasonMissing
from workshops.models import Host, Workshop
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Appointed:
    """Who is to host which workshop, and whose term ends for it."""

    workshop: Workshop
    user: User
    qualification: str
    replaces: Host | None = None


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
    """Let ``user`` host ``workshop`` and its sub-workshops for a term. See ``appoint_hosts``."""
    one = Appointed(workshop, user, qualification, replaces)
    return appoint_hosts([one], starts_on=starts_on, ends_on=ends_on, by=by)[0]


@transaction.atomic
def appoint_hosts(
    appointed: Sequence[Appointed], *, starts_on: date, ends_on: date | None, by: User
) -> list[Host]:
    """Let everybody of ``appointed`` host their workshop for a term, or nobody.

    The families' rows are locked, so that two officers do not appoint one person twice. A seat
    that a person holds in the family is freed: hosts do not count among the members.
    ``replaces`` ends that term on the day before, with its row kept. Each step is one statement
    for all; only the terms that are replaced end one by one.

    Returns: the terms, in the order of ``appointed``.
    Raises: TermOutOfOrder; AlreadyHost when a term of a person there overlaps; TermEnded when
    the term to be replaced has ended meanwhile.
    Source: R33, R39.
    """
    if ends_on is not None and ends_on < starts_on:
        raise TermOutOfOrder
    lock_families({one.workshop.main_id for one in appointed})
    _refuse_overlapping(appointed, starts_on, ends_on)
    for one in appointed:
        if one.replaces is not None:
            _end(one.replaces, why="replaced", by=by)
    free_seats(
        {(one.user.pk, one.workshop.main_id) for one in appointed}, by=by, leaving=Leaving.HOST
    )
    terms = Host.objects.bulk_create(
        Host(
            workshop=one.workshop,
            user=one.user,
            qualification=one.qualification,
            starts_on=starts_on,
            ends_on=ends_on,
            appointed_by=by,
            replaces=one.replaces,
        )
        for one in appointed
    )
    acts = [(term.pk, "", term.qualification) for term in terms]
    record_each("workshops.appoint_host", Host, acts, by=by)
    notify_each([_news_of(term) for term in terms], "workshops.appointed")
    return terms


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


def _refuse_overlapping(
    appointed: Sequence[Appointed], starts_on: date, ends_on: date | None
) -> None:
    """Raises: AlreadyHost for whom a term stands there already, or who is named twice."""
    people = {one.user.pk for one in appointed}
    rooms = {one.workshop.pk for one in appointed}
    terms = Host.objects.filter(workshop__in=rooms, user__in=people, ended_at=None)
    terms = terms.exclude(ends_on__lt=starts_on)
    terms = terms.filter(starts_on__lte=ends_on) if ends_on else terms
    taken = set(terms.values_list("user", "workshop"))
    for one in appointed:
        if (one.user.pk, one.workshop.pk) in taken:
            raise AlreadyHost(name=one.user.real_name)
        taken.add((one.user.pk, one.workshop.pk))


def _news_of(term: Host) -> Told:
    url = reverse("workshops:workshop", args=[term.workshop_id])
    key = f"workshops.appointed:{term.pk}"
    return Told(term.user_id, {"workshop": title_of(term.workshop)}, url, key)
