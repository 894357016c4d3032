"""Finding a colleague by name: inside one's own school, never beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.models import User

if TYPE_CHECKING:
    from organisations.models import Organisation

SHOWN = 20


def colleagues(school: Organisation, name: str) -> QuerySet[User]:
    """Active people of ``school`` whose name begins with ``name``; nobody for an empty one."""
    name = name.strip()[:40]
    if not name:
        return User.objects.none()
    found = User.objects.filter(school=school, is_active=True, real_name__startswith=name)
    return found.order_by("real_name", "pk")[:SHOWN]
