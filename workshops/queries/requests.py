"""What hosts asked to have corrected: what waits, and which act each request is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from workshops.enums.assessment import Plea
from workshops.models import Correction, HostResult
from workshops.queries.acts import CountedAct, acts_named

if TYPE_CHECKING:
    from accounts.models import User


def awaiting_of(user: User, *roles: str) -> QuerySet[Correction]:
    """Requests that are the user's to rule on: corrections of the units served, appeals of
    those directly below (of the province's own, where nobody is above). The oldest first."""
    unit = "result__assessment__organisation"
    own = Q(plea="correction") & user.scope(unit, *roles)
    below = user.scope(f"{unit}__parent", *roles)
    top = user.scope(unit, *roles) & Q(**{f"{unit}__parent": None})
    rows = Correction.objects.awaiting().filter(own | Q(plea="appeal") & (below | top))
    joined = rows.exclude(user=user).select_related("user__school", unit)
    return joined.order_by("asked_at", "pk")


def acts_of_requests(requests: Iterable[Correction]) -> list[tuple[Correction, CountedAct | None]]:
    """Each request about one host with the act that it names, if that counts still. Two queries."""
    rows = list(requests)
    named = {(one.act_kind, one.act_key) for one in rows if one.act_key}
    if not named:
        return [(one, None) for one in rows]
    mains = {one.result.workshop_id for one in rows}
    found = acts_named(rows[0].user, mains, named)
    return [(one, found.get((one.act_kind, one.act_key or 0))) for one in rows]


def asked_of(
    acts: Iterable[CountedAct], results: Sequence[HostResult]
) -> list[tuple[CountedAct, HostResult | None, HostResult | None]]:
    """Each act, the result in which its host may still ask about it, and that in which it was.

    ``results`` are those that still may be asked about; one being corrected comes before an
    appeal, which is once per result. One query, none without results.
    """
    places = sorted(results, key=lambda one: one.assessment.is_confirmed)
    rows = Correction.objects.filter(result__in=places)
    named = rows.values_list("result", "plea", "act_kind", "act_key")
    asked = set(named) if places else set()
    return [(act, *_door(act, places, asked)) for act in acts]


def _door(
    act: CountedAct, places: Sequence[HostResult], asked: set[tuple]
) -> tuple[HostResult | None, HostResult | None]:
    day = timezone.localdate(act.at)
    for one in places:
        held = one.assessment
        if one.workshop_id != act.workshop.main_id or not held.starts_on <= day <= held.ends_on:
            continue
        plea = Plea.APPEAL if held.is_confirmed else Plea.CORRECTION
        if (one.pk, plea, act.kind, act.key) in asked:
            return None, one
        if plea == Plea.CORRECTION or all(row[:2] != (one.pk, plea) for row in asked):
            return one, None
    return None, None
