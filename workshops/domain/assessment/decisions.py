"""What follows from a result: hosts stay, are warned, go on or leave (R39)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.domain.assessment.rounds import locked
from workshops.domain.hosts import appoint_host, end_term
from workshops.enums.assessment import Consequence
from workshops.errors.assessment import AlreadyDecided, NotConfirmedYet, OwnCause, TermWithoutEnd
from workshops.errors.hosting import TermEnded
from workshops.errors.moderation import ReasonMissing
from workshops.models import Decision, Host, HostResult
from workshops.policy import REASON_LENGTH
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def decide(
    result: HostResult, verdict: Consequence, *, why: str, until: date | None = None, by: User
) -> Decision:
    """Record what follows from a confirmed result and do it.

    ENDED ends the term that holds; RENEWED adds a term from the day after its last one to
    ``until``. The assessment's row is locked: one decision per result.

    Raises: ReasonMissing; OwnCause; NotConfirmedYet; AlreadyDecided; TermEnded; TermWithoutEnd;
    TermOutOfOrder.
    Source: R39.
    """
    why = why.replace("\x00", "").strip()[:REASON_LENGTH]
    if not why:
        raise ReasonMissing
    held = locked(result.assessment)
    if by.pk == result.user_id:
        raise OwnCause
    if not held.is_confirmed:
        raise NotConfirmedYet
    if Decision.objects.filter(result=result).exists():
        raise AlreadyDecided
    if verdict == Consequence.ENDED:
        end_term(_standing_term(result), why=why[:200], by=by)
    elif verdict == Consequence.RENEWED:
        _renew(_standing_term(result), until, by)
    made = Decision.objects.create(result=result, verdict=verdict, why=why, decided_by=by)
    record_act("workshops.decide_host", made, by=by, to_state=verdict, why=why)
    words = {"workshop": title_of(result.workshop), "verdict": str(verdict), "why": why}
    url = reverse("workshops:host_result", args=[result.pk])
    notify([result.user_id], "workshops.decided", words, url, key=f"workshops.decided:{made.pk}")
    return made


def _standing_term(result: HostResult) -> Host:
    """The last term of this host here that was not ended; the row is locked."""
    terms = Host.objects.standing().filter(workshop=result.workshop_id, user=result.user_id)
    rows = terms.select_for_update(no_key=True, of=("self",)).order_by("starts_on", "pk")
    term = rows.select_related("workshop__organisation", "workshop__programme", "user").last()
    if term is None:
        raise TermEnded
    return term


def _renew(term: Host, until: date | None, by: User) -> None:
    if term.ends_on is None:
        raise TermWithoutEnd
    appoint_host(
        term.workshop,
        term.user,
        qualification=term.qualification,
        starts_on=term.ends_on + timedelta(days=1),
        ends_on=until,
        by=by,
    )
