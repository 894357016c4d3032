"""Which organisations a bureau page may be about: the scope, never a parameter's word."""

from django.http import Http404

from bureau import permissions
from bureau.policy import VIEWERS
from organisations.models import Organisation


def units_of(user, allowed=permissions.can_see_unit):
    """The organisations that the user serves, highest first."""
    held = {
        appointment.organisation_id: appointment.organisation
        for appointment in user.current_appointments
        if appointment.role in VIEWERS and allowed(user, appointment.organisation)
    }
    return sorted(held.values(), key=lambda unit: (unit.level, unit.pk))


def unit_of(user, pk):
    """The organisation, when it lies in the user's scope; else it does not exist."""
    unit = Organisation.objects.select_related("acting_county").filter(pk=pk).first()
    if unit is None or not permissions.can_see_unit(user, unit):
        raise Http404
    return unit
