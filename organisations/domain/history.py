"""Writes the dated history of the tree after its rows have changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, models
from django.utils import timezone

from organisations.errors import DayBeforeLastChange, DayInFuture
from organisations.models import Organisation, OrganisationPeriod

CHANGED = """
FROM organisations_organisation org
WHERE org.id = period.organisation_id AND org.path LIKE %(prefix)s
  AND org.valid_to IS NULL AND period.valid_to IS NULL
  AND (period.name, period.parent_id, period.path)
      IS DISTINCT FROM (org.name, org.parent_id, org.path)
"""
REWRITE_SAME_DAY = f"""
UPDATE organisations_organisationperiod period
SET name = org.name, parent_id = org.parent_id, path = org.path, reason = %(reason)s
{CHANGED} AND period.valid_from = %(on)s
"""  # noqa: S608 - nothing of it comes from outside
END_FORMER = f"""
UPDATE organisations_organisationperiod period SET valid_to = %(on)s::date - 1
{CHANGED}
"""  # noqa: S608
BEGIN_NEW = """
INSERT INTO organisations_organisationperiod
    (organisation_id, name, parent_id, path, valid_from, valid_to, reason)
SELECT org.id, org.name, org.parent_id, org.path, %(on)s, NULL, %(reason)s
FROM organisations_organisation org
WHERE org.path LIKE %(prefix)s AND org.valid_to IS NULL AND NOT EXISTS (
    SELECT 1 FROM organisations_organisationperiod period
    WHERE period.organisation_id = org.id AND period.valid_to IS NULL
)
"""


def write_history(prefix: str, *, on: date, reason: str) -> None:
    """Let the present names and places below ``prefix`` hold from ``on``, the former until then.

    Three statements, whatever the size of the subtree; units that did not change are left.
    """
    values: dict[str, Any] = {"prefix": f"{prefix}%", "on": on, "reason": reason}
    with connection.cursor() as cursor:
        for statement in (REWRITE_SAME_DAY, END_FORMER, BEGIN_NEW):
            cursor.execute(statement, values)


def end_history(organisation: Organisation, *, last_day: date) -> None:
    """Close the open period of an organisation that exists until ``last_day``."""
    organisation.periods.open().update(valid_to=last_day)


def check_day(on: date, periods: models.QuerySet[OrganisationPeriod]) -> None:
    """A change is dated today or earlier, and not before what ``periods`` have on record.

    Raises: DayInFuture, DayBeforeLastChange.
    """
    if on > timezone.localdate():
        raise DayInFuture
    latest = periods.filter(valid_to=None).aggregate(day=models.Max("valid_from"))["day"]
    if latest and on < latest:
        raise DayBeforeLastChange(day=latest.isoformat())


def below(prefix: str) -> models.QuerySet[OrganisationPeriod]:
    """The periods of everything that stands below ``prefix``."""
    return OrganisationPeriod.objects.filter(path__startswith=prefix)
