"""Addresses that a host hands out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from workshops.models import Invitation, Workshop
from workshops.policy import INVITATION_DAYS

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def invite(workshop: Workshop, *, by: User) -> Invitation:
    """Make an invitation that holds for two weeks."""
    last_day = timezone.localdate() + timedelta(days=INVITATION_DAYS)
    made = Invitation.objects.create(workshop=workshop, created_by=by, expires_on=last_day)
    record_act("workshops.invite", workshop, by=by, to_state=str(last_day))
    return made


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back. Safe to repeat."""
    standing = Invitation.objects.filter(pk=invitation.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=timezone.now()):
        record_act("workshops.withdraw_invitation", invitation.workshop, by=by)
