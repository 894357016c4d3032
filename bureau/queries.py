"""Reads that several rooms of the bureau ask for."""

from __future__ import annotations

from accounts.models import User
from bureau.policy import IMPORTERS
from organisations.models import Organisation


def upload_scopes(user: User, kind: str) -> list[Organisation]:
    """Organisations for which the user may upload this list, highest first. No query of its own."""
    roles, levels = IMPORTERS[kind]
    held = {
        appointment.organisation_id: appointment.organisation
        for appointment in user.current_appointments
        if appointment.role in roles and appointment.organisation.level in levels
    }
    return sorted(held.values(), key=lambda organisation: (organisation.level, organisation.pk))
