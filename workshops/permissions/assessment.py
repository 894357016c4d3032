"""Who assesses hosts and rules on their corrections."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from workshops.models import Assessment, Correction, Host, HostResult
from workshops.models.workshop import READERS
from workshops.permissions.seats import OFFICERS, can_place
from workshops.policy import APPEAL_DAYS


def can_assess(user: Any, organisation: Organisation) -> bool:
    """Write the formula, assess and decide: the officers of the unit or of one above it."""
    return can_place(user, organisation)


def can_read_assessment(user: Any, assessment: Assessment) -> bool:
    """Its ranking list: officers and auditors of the unit and above, nobody among the hosts."""
    return user.is_authenticated and user.serves(READERS, assessment.organisation)


def can_rule_correction(user: Any, correction: Correction) -> bool:
    """The unit's office on corrections, the officers one level up on appeals; never on one's own.

    Above the province there is nobody; there its own officers decide.
    """
    if not user.is_authenticated or correction.user_id == user.pk:
        return False
    unit = correction.result.assessment.organisation
    if correction.is_appeal and unit.parent_id is not None:
        unit = unit.parent
    return user.serves(OFFICERS, unit)


def can_ask(user: Any, result: HostResult) -> bool:
    """A host about the own standing result, while corrections or appeals are open."""
    if not user.is_authenticated or result.user_id != user.pk:
        return False
    held = result.assessment
    if held.is_confirmed:
        return timezone.now() <= held.confirmed_at + timedelta(days=APPEAL_DAYS)
    return timezone.localdate() <= held.corrections_until


def has_hosted(user: Any) -> bool:
    """Whether there is a service record to show: any term, whatever became of it."""
    return Host.objects.filter(user=user).exists()
