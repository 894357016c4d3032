"""Who works at a unit and who serves it: what accounts shows on a unit's page."""

from accounts.models import Appointment, User
from accounts.permissions import can_manage_people, can_open_people
from organisations.enums import Level
from organisations.panels import Panel

SHOWN = 20


def people_panel(organisation, user):
    if not can_open_people(user):
        return None
    return {
        "wide": False,
        "unit": organisation,
        "count": User.objects.filter(school=organisation, is_active=True).count(),
        "whole": organisation.level < Level.SCHOOL,
        "may_add": can_manage_people(user, organisation) and organisation.valid_to is None,
    }


def appointments_panel(organisation, user):
    if not can_open_people(user):
        return None
    current = Appointment.objects.current().filter(organisation=organisation)
    listed = current.select_related("user").order_by("role", "user__real_name")
    return {"wide": True, "appointments": listed[:SHOWN], "unit": organisation}


PANELS = [
    Panel(order=10, template="accounts/panels/people.html", context=people_panel),
    Panel(order=20, template="accounts/panels/appointments.html", context=appointments_panel),
]
