"""Finding a colleague by name inside one's own school; finding those responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import Appointment, User
from organisations.queries import keys_of_path

if TYPE_CHECKING:
    from organisations.models import Organisation

SHOWN = 20
OFFICERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)


def colleagues(school: Organisation, name: str) -> QuerySet[User]:
    """Active people of ``school`` whose name begins with ``name``; nobody for an empty one."""
    name = name.strip()[:40]
    if not name:
        return User.objects.none()
    found = User.objects.filter(school=school, is_active=True, real_name__startswith=name)
    return found.order_by("real_name", "pk")[:SHOWN]


def officers_over(school: Organisation, *levels: int) -> list[int]:
    """Keys of the administrators and project officers of the units above ``school``.

    ``levels`` narrows them; a unit that acts as the school's county counts as one above (A15).
    """
    units = set(keys_of_path(school.path)[:-1]) | {school.acting_county_id or 0}
    held = Appointment.objects.current().filter(organisation__in=units, role__in=OFFICERS)
    if levels:
        held = held.filter(organisation__level__in=levels)
    return list(held.values_list("user", flat=True).distinct())


def principals_of(school: Organisation) -> list[int]:
    """Keys of those who are first responsible in the school (R66)."""
    held = Appointment.objects.current().filter(organisation=school, role=Role.PRINCIPAL)
    return list(held.values_list("user", flat=True).distinct())
