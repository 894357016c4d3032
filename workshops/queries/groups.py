"""Reads of schools' study groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.enums import Role
from workshops.models import Workshop
from workshops.models.workshop import READERS
from workshops.queries.lists import with_hosts

if TYPE_CHECKING:
    from accounts.models import User


def groups_for(user: User) -> QuerySet[Workshop]:
    """Groups in which one sits or that one leads, those of the schools that one heads or that are
    in an officer's scope; the latest first. Two queries."""
    scope = user.scope("organisation", Role.PRINCIPAL, *READERS)
    seen = Workshop.objects.visible_to(user).groups() | Workshop.objects.groups().filter(scope)
    return with_hosts(seen.with_place().order_by("-pk"))
