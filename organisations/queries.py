"""Reads of the tree: who stands above, who acts as county, how it was on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from organisations.enums import Level
from organisations.models import Organisation, OrganisationPeriod


def keys_of_path(path: str) -> list[int]:
    """The keys a path is made of, the root's first."""
    return [int(key) for key in path.split("/") if key]


def ancestors(organisation: Organisation, *, itself: bool = False) -> list[Organisation]:
    """What stands above, the province first, in one query; with ``itself`` at the end."""
    keys = keys_of_path(organisation.path)
    keys = keys if itself else keys[:-1]
    return list(Organisation.objects.filter(pk__in=keys).order_by("level"))


def reports_to(organisation: Organisation) -> list[Organisation]:
    """What the organisation's figures go up through, the province first, itself left out.

    For a city-run school that is the unit acting as its county and what stands above it (A15).
    """
    if organisation.acting_county is not None:
        return ancestors(organisation.acting_county, itself=True)
    return ancestors(organisation)


def reach(organisation: Organisation, lead: str = "") -> Q:
    """Rows of the organisation, of all below it and of the schools for which it acts (A15).

    ``lead``: the lookup that leads to the row's organisation ("school", "" for itself).
    """
    lead = f"{lead}__" if lead else ""
    below = Q(**{f"{lead}path__startswith": organisation.path})
    return below | Q(**{f"{lead}acting_county": organisation.pk})


def stands_above_sql(unit: str, organisation: str) -> str:
    """A SQL condition: ``unit`` is the organisation, above it, or acts as its county (A15).

    Both are aliases written in the code, of ``organisations_organisation``.
    """
    return (
        f"(starts_with({organisation}.path, {unit}.path)"
        f" OR {unit}.id = {organisation}.acting_county_id)"
    )


def reach_sql(school: str) -> str:
    """The same as a SQL condition on an alias of the school; ``reach_values`` fill it."""
    return f"(starts_with({school}.path, %(path)s) OR {school}.acting_county_id = %(unit)s)"


def reach_values(organisation: Organisation) -> dict[str, Any]:
    """What fills ``reach_sql``."""
    return {"path": organisation.path, "unit": organisation.pk}


def ancestors_as_of(organisation: Organisation, day: date) -> list[OrganisationPeriod]:
    """What stood above on ``day``, by its names of then, itself last; empty if it did not exist.

    Source: R62; finding on reports of earlier years (a 2017 report says 莱芜市).
    """
    periods = OrganisationPeriod.objects.as_of(day)
    own = periods.filter(organisation=organisation).first()
    if own is None:
        return []
    above = periods.filter(organisation__in=keys_of_path(own.path)).select_related("organisation")
    return sorted(above, key=lambda period: period.organisation.level)


def names_as_of(keys: Iterable[int], day: date) -> dict[int, str]:
    """The names that the organisations ``keys`` bore on ``day``, in one query."""
    periods = OrganisationPeriod.objects.as_of(day).filter(organisation__in=list(keys))
    return dict(periods.values_list("organisation", "name"))


def county_of(organisation: Organisation) -> Organisation | None:
    """The unit that does a county's work for a school: its county, or the one acting (A15).

    A county is its own; above counties there is none.
    """
    if organisation.acting_county_id:
        return organisation.acting_county
    for unit in reversed(ancestors(organisation, itself=True)):
        if unit.level == Level.COUNTY:
            return unit
    return None
