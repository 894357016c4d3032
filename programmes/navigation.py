"""Doors of the programme year."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem, signed_in
from organisations.enums import Level
from programmes.models.enrolment import READERS
from programmes.permissions import can_see_approvals


def of_a_school(user):
    """Principals and others who are appointed in a school."""
    return user.is_authenticated and any(
        appointment.organisation.level == Level.SCHOOL and appointment.role in READERS
        for appointment in user.current_appointments
    )


def approves(user):
    return user.is_authenticated and can_see_approvals(user)


ITEMS = [
    NavItem(_("Enrolment"), "programmes:school", 40, of_a_school, "/programmes/school/"),
    NavItem(_("Enrolments"), "programmes:approvals", 41, approves, "/programmes/approvals/"),
    NavItem(_("My enrolment"), "programmes:enrolment", 60, signed_in, place="me"),
    NavItem(_("Calendar of the year"), "programmes:overview", 61, signed_in, place="me"),
]
