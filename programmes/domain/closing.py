"""For whom something ends on a given day, as SQL over all schools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from organisations.enums import Level
from programmes.domain.phases import last_day_sql

CLOSING = f"""
SELECT school.id AS school_id, school.name, school.path, school.acting_county_id,
       coalesce(school.acting_county_id, school.parent_id) AS county_id,
       programme.id AS programme_id, phased.last_day
  FROM programmes_programme programme
  JOIN organisations_organisation school ON school.level = %s
 CROSS JOIN LATERAL (
       SELECT min({last_day_sql("phase", "school")}) AS last_day FROM programmes_phase phase
        WHERE phase.programme_id = programme.id AND phase.key = ANY (%s)
       ) phased
 WHERE programme.is_current AND phased.last_day = %s
"""  # noqa: S608 - names of this product only
"""The schools for which the earliest end of some phases is one day, extensions included (A6)."""


def closing_values(last_day: date, *keys: str) -> Sequence[Any]:
    """What fills ``CLOSING``: schools for which the first of the phases to end ends then."""
    return [Level.SCHOOL, [str(key) for key in keys], last_day]
