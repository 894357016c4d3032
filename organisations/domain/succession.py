"""The ends of a unit: taken over by another, or closed for good."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Max, When

from core.domain.audit import record_act
from organisations.domain.cleaning import clean_reason
from organisations.domain.history import below, check_day, end_history, write_history
from organisations.domain.placement import lock, rewrite_paths
from organisations.enums import Level
from organisations.errors import (
    ActsForSchools,
    DayBeforeLastChange,
    NotMergeable,
    StillHasChildren,
)
from organisations.models import Organisation
from organisations.signals import organisation_closing, organisation_succeeded


@transaction.atomic
def merge_organisations(
    source: Organisation, into: Organisation, *, on: date, by: Any, reason: str
) -> Organisation:
    """Let ``into`` take over from ``source`` on ``on``: its units, its people, its acting.

    The row of ``source`` stays, closed and with its successor, so a report of an earlier year
    still finds it. Six statements for the tree, whatever its size.

    Raises: ReasonMissing, OrganisationClosed, NotMergeable (another level or kind of unit),
    DayInFuture, DayBeforeLastChange.
    Source: R62.
    """
    reason = clean_reason(reason)
    if source.pk == into.pk:
        raise NotMergeable
    source, into = lock(source, into)
    if source.level != into.level or source.level == Level.PROVINCE:
        raise NotMergeable
    check_day(on, below(source.path))
    _hand_over(source, into)
    _close(source, on=on, successor=into)
    write_history(into.path, on=on, reason=reason)
    organisation_succeeded.send(Organisation, source=source, into=into, on=on, by=by)
    record_act(
        "organisations.merged",
        source,
        by=by,
        from_state=source.name,
        to_state=into.name,
        why=reason,
    )
    return into


@transaction.atomic
def close_organisation(
    organisation: Organisation, *, on: date, by: Any, reason: str
) -> Organisation:
    """Let ``organisation`` exist no longer from ``on``; what belonged to it must have left.

    Raises: ReasonMissing, OrganisationClosed, DayInFuture, DayBeforeLastChange,
    StillHasChildren, ActsForSchools, and what the floors above refuse (people still there).
    Source: R62.
    """
    reason = clean_reason(reason)
    (organisation,) = lock(organisation)
    check_day(on, organisation.periods.all())
    if count := organisation.children.filter(valid_to=None).count():
        raise StillHasChildren(name=organisation.name, count=count)
    refuse_while_acting(organisation)
    organisation_closing.send(Organisation, organisation=organisation, on=on, by=by)
    _close(organisation, on=on, successor=None)
    record_act("organisations.closed", organisation, by=by, why=reason)
    return organisation


def refuse_while_acting(organisation: Organisation) -> None:
    """A unit that acts as county for schools of its city cannot leave them.

    Raises: ActsForSchools.
    Source: A15.
    """
    if count := organisation.schools_acted_for.filter(valid_to=None).count():
        raise ActsForSchools(name=organisation.name, count=count)


def _hand_over(source: Organisation, into: Organisation) -> None:
    """Counties before schools: a city-run school follows the county that acts for it."""
    source.children.exclude(level=Level.SCHOOL).update(parent=into)
    takes_over = Case(
        When(acting_county=source, then=into.pk),
        default=F("acting_county"),
        output_field=BigIntegerField(),
    )
    source.children.filter(level=Level.SCHOOL).update(parent=into, acting_county=takes_over)
    if source.parent_id != into.parent_id:
        refuse_while_acting(source)
    source.schools_acted_for.update(acting_county=into)
    rewrite_paths(source.path, into.path)


def _close(organisation: Organisation, *, on: date, successor: Organisation | None) -> None:
    latest = organisation.periods.open().aggregate(day=Max("valid_from"))["day"]
    if latest and on <= latest:
        raise DayBeforeLastChange(day=(latest + timedelta(days=1)).isoformat())
    organisation.valid_to, organisation.successor = on - timedelta(days=1), successor
    organisation.save(update_fields=["valid_to", "successor"])
    end_history(organisation, last_day=on - timedelta(days=1))
