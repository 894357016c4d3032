"""The verbs of the tree: open, rename, move; merging and closing stand in ``succession``.

Each verb locks the rows it reads, writes the dated history and leaves an audit record.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from core.domain.audit import record_act
from organisations.domain.cleaning import clean_code, clean_organisation_name, clean_reason
from organisations.domain.history import below, check_day, write_history
from organisations.domain.placement import check_place, lock, rewrite_paths
from organisations.domain.succession import (
    close_organisation,
    merge_organisations,
    refuse_while_acting,
)
from organisations.enums import Level
from organisations.errors import CodeTaken
from organisations.models import Organisation

__all__ = [
    "close_organisation",
    "merge_organisations",
    "move_organisation",
    "name_acting_county",
    "open_organisation",
    "rename_organisation",
]


@transaction.atomic
def open_organisation(
    *,
    level: Level,
    name: str,
    code: str,
    parent: Organisation,
    on: date,
    by: Any,
    kind: str = "",
    licence_number: str = "",
    acting_county: Organisation | None = None,
) -> Organisation:
    """Add a unit below ``parent``, existing from ``on``.

    Raises: NameInvalid, CodeInvalid, CodeTaken, DayInFuture, OrganisationClosed, WrongLevel;
    ActingCountyMissing for a school directly below a city that names none (A15).
    Source: R26 (licence number of a kindergarten), R62.
    """
    name, code = clean_organisation_name(name), clean_code(code)
    (parent,) = lock(parent)
    check_place(name, level, parent, acting_county)
    check_day(on, parent.periods.all())
    if taken := Organisation.objects.filter(code=code).first():
        raise CodeTaken(code=code, name=taken.name)
    organisation = Organisation.objects.create(
        level=level,
        name=name,
        code=code,
        kind=kind,
        licence_number=licence_number.strip(),
        parent=parent,
        acting_county=acting_county,
        valid_from=on,
    )
    organisation.refresh_from_db(fields=["path"])
    write_history(organisation.path, on=on, reason="")
    record_act("organisations.opened", organisation, by=by, to_state=name)
    return organisation


@transaction.atomic
def rename_organisation(
    organisation: Organisation, name: str, *, on: date, by: Any, reason: str
) -> Organisation:
    """Let ``organisation`` bear ``name`` from ``on``; before that day it keeps the former one.

    Raises: NameInvalid, ReasonMissing, OrganisationClosed, DayInFuture, DayBeforeLastChange.
    """
    name, reason = clean_organisation_name(name), clean_reason(reason)
    (organisation,) = lock(organisation)
    check_day(on, organisation.periods.all())
    former, organisation.name = organisation.name, name
    organisation.save(update_fields=["name"])
    write_history(organisation.path, on=on, reason=reason)
    record_act(
        "organisations.renamed", organisation, by=by, from_state=former, to_state=name, why=reason
    )
    return organisation


@transaction.atomic
def move_organisation(
    organisation: Organisation,
    parent: Organisation,
    *,
    on: date,
    by: Any,
    reason: str,
    acting_county: Organisation | None = None,
) -> Organisation:
    """Let ``organisation`` and all below it stand below ``parent`` from ``on``.

    The paths of the whole subtree are rewritten by one statement.

    Raises: ReasonMissing, OrganisationClosed, WrongLevel, ActingCountyMissing,
    ActingCountyElsewhere, DayInFuture, DayBeforeLastChange; ActsForSchools while the unit acts
    as county for schools of the city it would leave.
    Source: R62, A15.
    """
    reason = clean_reason(reason)
    organisation, parent = lock(organisation, parent)
    check_place(organisation.name, organisation.level, parent, acting_county)
    check_day(on, below(organisation.path))
    former, former_path = organisation.parent, organisation.path
    if parent == former:
        return organisation
    refuse_while_acting(organisation)
    organisation.parent, organisation.acting_county = parent, acting_county
    organisation.save(update_fields=["parent", "acting_county"])
    organisation.refresh_from_db(fields=["path"])
    rewrite_paths(former_path, organisation.path)
    write_history(organisation.path, on=on, reason=reason)
    record_act(
        "organisations.moved",
        organisation,
        by=by,
        from_state=str(former),
        to_state=parent.name,
        why=reason,
    )
    return organisation


@transaction.atomic
def name_acting_county(
    school: Organisation, unit: Organisation, *, by: Any, reason: str
) -> Organisation:
    """Let ``unit`` do a county's work for a city-run school.

    Raises: ReasonMissing, OrganisationClosed, ActingCountyElsewhere.
    Source: A15.
    """
    reason = clean_reason(reason)
    school, unit = lock(school, unit)
    check_place(school.name, school.level, school.parent, unit)
    former, school.acting_county = school.acting_county, unit
    school.save(update_fields=["acting_county"])
    record_act(
        "organisations.acting_county_named",
        school,
        by=by,
        from_state=str(former or ""),
        to_state=unit.name,
        why=reason,
    )
    return school
