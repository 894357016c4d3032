"""Whose hours an appointment lets one read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.enums import Role

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Organisation

OFFICERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)
READERS = (*OFFICERS, Role.PRINCIPAL, Role.AUDITOR)


def in_scope(user: User, *path_fields: str) -> Q:
    """Rows whose organisation lies in a subtree where ``user`` reads hours.

    ``path_fields`` name the paths that may say so ("school__path", "county__path"): a
    city-run school lies below its city, yet the unit acting as its county reads it too.
    """
    within = Q(pk__in=[])
    for path in user.appointed_paths(*READERS):
        for field in path_fields:
            within |= Q(**{f"{field}__startswith": path})
    return within


def reviewing_unit(school: Organisation) -> Organisation:
    """The county of a school, the unit acting as such (A15), or else what stands above."""
    return school.acting_county or school.parent or school
