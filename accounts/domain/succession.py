"""People and appointments follow their organisation when another takes it over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from accounts.domain.appointments import raise_epochs
from accounts.models import User
from core.domain.audit import record_acts
from organisations.errors import StillHasPeople
from organisations.models import Organisation

MOVE_PEOPLE = """
UPDATE accounts_user SET school_id = %(into)s WHERE school_id = %(source)s RETURNING id
"""
CONTINUE_APPOINTMENTS = """
INSERT INTO accounts_appointment
    (user_id, role, organisation_id, starts_on, ends_on, appointed_by_id)
SELECT standing.user_id, standing.role, %(into)s, greatest(standing.starts_on, %(on)s),
       standing.ends_on, standing.appointed_by_id
FROM accounts_appointment standing
WHERE standing.organisation_id = %(source)s AND standing.ended_at IS NULL
  AND (standing.ends_on IS NULL OR standing.ends_on >= %(on)s)
  AND NOT EXISTS (
    SELECT 1 FROM accounts_appointment other
    WHERE other.user_id = standing.user_id AND other.role = standing.role
      AND other.organisation_id = %(into)s AND other.ended_at IS NULL
      AND (other.ends_on IS NULL OR other.ends_on >= %(on)s))
"""
END_APPOINTMENTS = """
UPDATE accounts_appointment
SET ended_at = now(), ends_on = greatest(starts_on, %(on)s::date - 1)
WHERE organisation_id = %(source)s AND ended_at IS NULL
  AND (ends_on IS NULL OR ends_on >= %(on)s)
RETURNING user_id
"""


def follow(source: Organisation, into: Organisation, *, on: date, by: Any) -> int:
    """Let the people and standing appointments of ``source`` belong to ``into``.

    The former appointments stay on record, ended the day before. One statement per step.

    Returns: people moved.
    Source: R62.
    """
    keys: dict[str, Any] = {"source": source.pk, "into": into.pk, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(MOVE_PEOPLE, keys)
        moved = [key for (key,) in cursor.fetchall()]
        cursor.execute(CONTINUE_APPOINTMENTS, keys)
        cursor.execute(END_APPOINTMENTS, keys)
        appointed = [key for (key,) in cursor.fetchall()]
    raise_epochs(appointed)
    names = {"from_state": source.name, "to_state": into.name}
    record_acts("accounts.moved", User, moved, by=by, **names)
    return len(moved)


def leave(organisation: Organisation, *, on: date, by: Any) -> None:
    """End the appointments at a unit that closes; people must have left it before.

    Raises: StillHasPeople.
    """
    if count := User.objects.filter(school=organisation, is_active=True).count():
        raise StillHasPeople(name=organisation.name, count=count)
    with connection.cursor() as cursor:
        cursor.execute(END_APPOINTMENTS, {"source": organisation.pk, "on": on})
        ended = [key for (key,) in cursor.fetchall()]
    raise_epochs(ended)
