"""What somebody is in a workshop, in one query; and who belongs to it, as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User
    from workshops.models import Workshop

# Persons who sit in the workshop or host it (or its main one) today.
PEOPLE = """
SELECT teacher_id AS user_id, FALSE AS hosts FROM workshops_membership
 WHERE workshop_id = %(workshop)s AND left_at IS NULL
UNION
SELECT user_id, TRUE FROM workshops_host
 WHERE workshop_id IN (%(workshop)s, %(main)s) AND ended_at IS NULL
   AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)
"""
STANDING = f"""
SELECT coalesce(bool_or(NOT hosts), FALSE), coalesce(bool_or(hosts), FALSE)
  FROM ({PEOPLE}) people WHERE user_id = %(user)s
"""  # noqa: S608 - ours


@dataclass(frozen=True)
class Standing:
    """What a person is in a workshop."""

    member: bool
    host: bool


def people_of(workshop: Workshop) -> dict[str, Any]:
    """The values that ``PEOPLE`` needs."""
    return {"workshop": workshop.pk, "main": workshop.main_id, "today": timezone.localdate()}


def standing_of(user: User, workshop: Workshop) -> Standing:
    """Member, host, both or neither. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, people_of(workshop) | {"user": user.pk})
        return Standing(*cursor.fetchone())
