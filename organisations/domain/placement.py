"""Where a unit may stand. The database refuses the same; here it is said in words."""

from __future__ import annotations

from django.db import connection

from organisations.enums import Level
from organisations.errors import (
    ActingCountyElsewhere,
    ActingCountyMissing,
    OrganisationClosed,
    WrongLevel,
)
from organisations.models import Organisation

REWRITE_PATHS = """
UPDATE organisations_organisation
SET path = %(new)s || substr(path, length(%(old)s) + 1)
WHERE path LIKE %(below)s AND path <> %(old)s
"""


def rewrite_paths(old: str, new: str) -> int:
    """Let everything that stood below ``old`` stand below ``new``, in one statement.

    Returns: the number of units rewritten.
    """
    with connection.cursor() as cursor:
        cursor.execute(REWRITE_PATHS, {"old": old, "new": new, "below": f"{old}%"})
        return cursor.rowcount


def lock(*organisations: Organisation) -> list[Organisation]:
    """The rows as they are now, locked in the order of their keys, returned in the given one.

    Raises: OrganisationClosed when one of them no longer exists.
    """
    keys = [organisation.pk for organisation in organisations]
    held = Organisation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    rows = {organisation.pk: organisation for organisation in held}
    for organisation in rows.values():
        if organisation.valid_to is not None:
            raise OrganisationClosed(name=organisation.name)
    return [rows[key] for key in keys]


def check_place(
    name: str, level: int, parent: Organisation, acting_county: Organisation | None
) -> None:
    """A unit stands below one of a higher level; a city-run school names its acting county.

    Raises: WrongLevel, ActingCountyMissing, ActingCountyElsewhere.
    Source: R62, A15.
    """
    if parent.level >= level:
        raise WrongLevel(name=name, parent=parent.name)
    city_run = level == Level.SCHOOL and parent.level < Level.COUNTY
    if city_run and acting_county is None:
        raise ActingCountyMissing
    if acting_county is not None:
        check_acting_county(parent, acting_county)


def check_acting_county(parent: Organisation, acting_county: Organisation) -> None:
    """The acting unit is the school's own city or one of its counties.

    Raises: ActingCountyElsewhere.
    Source: A15.
    """
    stands_right = parent.level == Level.CITY and parent.pk in (
        acting_county.pk,
        acting_county.parent_id,
    )
    if not stands_right or acting_county.level not in (Level.CITY, Level.COUNTY):
        raise ActingCountyElsewhere
