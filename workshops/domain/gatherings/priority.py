"""Issuing the priority list for the national training (R37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from core.domain.audit import record_act
from organisations.models import Organisation
from programmes.models import Programme
from workshops.domain.gatherings.ranking import Candidate, ranked
from workshops.errors.gatherings import NobodyToRank
from workshops.models import PriorityLine, PriorityList
from workshops.queries.priority import host_facts

if TYPE_CHECKING:
    from accounts.models import User


def candidates_of(programme: Programme, organisation: Organisation) -> list[Candidate]:
    """Today's hosts at or below the unit in their order. One query."""
    return ranked(Candidate(*facts) for facts in host_facts(programme, organisation))


@transaction.atomic
def issue_list(
    programme: Programme, organisation: Organisation, *, quota: int | None = None, by: User
) -> PriorityList:
    """Freeze the order of today as the next version.

    The unit's row is locked, so that two officers do not issue the same version.

    Raises: NobodyToRank while there is no host.
    Source: R37.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    order = candidates_of(programme, organisation)
    if not order:
        raise NobodyToRank
    lists = PriorityList.objects.filter(programme=programme, organisation=organisation)
    version = (lists.aggregate(last=Max("version"))["last"] or 0) + 1
    issued = PriorityList.objects.create(
        programme=programme,
        organisation=organisation,
        version=version,
        quota=quota,
        issued_by=by,
    )
    PriorityLine.objects.bulk_create(
        (
            PriorityLine(
                listing=issued,
                rank=rank,
                user_id=one.user,
                name=one.name,
                school=one.school,
                unit=one.unit,
                level=one.level,
                trainings=one.trainings,
                host_since=one.host_since,
            )
            for rank, one in enumerate(order, 1)
        ),
        batch_size=2000,
    )
    record_act("workshops.issue_priority", issued, by=by, to_state=str(version))
    return issued
