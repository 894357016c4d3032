"""A placement's life: tried and shown, then carried out exactly so."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from core.domain.audit import record_act
from notifications.domain.notify import notify_select
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from workshops.domain.placing.pools import Options, Place, Planned, Room, plan
from workshops.domain.placing.storing import store_plan
from workshops.domain.placing.summary import digest_of, summary_of
from workshops.enums.seats import NEXT_STATES, PlacementState
from workshops.errors.seats import NobodyToPlace, RosterChanged
from workshops.models import Placement, Workshop
from workshops.policy import OWN_WORKSHOP_FROM
from workshops.queries.roster import open_rooms, roster_groups, write_roster

if TYPE_CHECKING:
    from accounts.models import User

Report = Callable[[int, int, str], None]
PLACED = """
SELECT seat.teacher_id AS user_id,
       jsonb_build_object('place', unit.name, 'seat', seat.seat) AS parameters,
       '/workshops/' || seat.workshop_id || '/' AS url,
       'workshops.placed:' || seat.workshop_id AS key
  FROM workshops_membership seat
  JOIN workshops_workshop workshop ON workshop.id = seat.workshop_id
  JOIN organisations_organisation unit ON unit.id = workshop.organisation_id
 WHERE seat.programme_id = %s AND seat.way = 'placement' AND seat.left_at IS NULL
   AND seat.joined_at = %s
"""


def ask_placement(
    programme: Programme,
    organisation: Organisation,
    *,
    by: User,
    field: str = "",
    minimum: int = OWN_WORKSHOP_FROM,
    seed: str = "",
) -> Placement:
    """Note what is to be placed. Trying it is background work."""
    return Placement.objects.create(
        programme=programme,
        organisation=organisation,
        field=field,
        minimum=minimum,
        cap=rule_pack_of(programme).workshop_cap,
        seed=seed or secrets.token_hex(4),
        asked_by=by,
    )


@transaction.atomic
def try_placement(placement_id: int, report: Report) -> dict[str, Any]:
    """Find out what would come out and keep it for the officer to see. Safe to repeat."""
    placement = _locked(placement_id)
    if placement.state == PlacementState.DONE:
        return placement.preview
    report(0, 2, gettext_noop("Reading the list of teachers"))
    planned = _planned(placement)
    report(1, 2, gettext_noop("Adding up"))
    return _keep_preview(placement, planned)


def carry_out(placement_id: int, report: Report, *, by: User) -> dict[str, Any]:
    """Open the workshops and seat everybody as the preview said; tell them. Safe to repeat.

    All main workshops of the year are locked, in the order of their keys: joins wait until
    everybody sits.

    Raises: RosterChanged when the same placement would now come out differently (the new
    preview is then kept instead); NobodyToPlace.
    Source: R30, A11.
    """
    seated, changed = _carry_out(placement_id, report, by)
    if changed:
        raise RosterChanged
    placement = Placement.objects.select_related("programme").get(pk=placement_id)
    told = notify_select(PLACED, [placement.programme_id, placement.done_at], "workshops.placed")
    return {"seated": seated, "told": told}


@transaction.atomic
def _carry_out(placement_id: int, report: Report, by: User) -> tuple[int, bool]:
    placement = _locked(placement_id)
    if placement.state == PlacementState.DONE:
        return placement.preview["people"], False
    if PlacementState.DONE not in NEXT_STATES[PlacementState(placement.state)]:
        raise RosterChanged
    report(0, 3, gettext_noop("Reading the list of teachers"))
    mains = Workshop.objects.select_for_update(no_key=True).filter(
        programme=placement.programme_id, number=1
    )
    list(mains.order_by("pk").values_list("pk"))
    planned = _planned(placement)
    if digest_of(planned) != placement.digest:
        _keep_preview(placement, planned)
        return 0, True
    if not planned:
        raise NobodyToPlace
    report(1, 3, gettext_noop("Giving out seats"))
    seated = store_plan(placement, planned, by=by)
    placement.state, placement.done_by = PlacementState.DONE, by
    placement.done_at = _transaction_time()
    placement.save(update_fields=["state", "done_by", "done_at"])
    record_act("workshops.place", placement, by=by, to_state=str(seated))
    report(3, 3, gettext_noop("Giving out seats"))
    return seated, False


def _planned(placement: Placement) -> list[Planned]:
    write_roster(placement)
    rooms: dict[Place, list[Room]] = defaultdict(list)
    for field, organisation, number, cap, taken in open_rooms(placement):
        rooms[field, organisation].append(Room(number, cap, taken))
    options = Options(placement.organisation_id, placement.minimum, placement.cap, placement.seed)
    return plan(roster_groups(), rooms, options)


def _keep_preview(placement: Placement, planned: list[Planned]) -> dict[str, Any]:
    placement.preview, placement.digest = summary_of(planned), digest_of(planned)
    placement.state = PlacementState.READY
    placement.save(update_fields=["preview", "digest", "state"])
    return placement.preview


def _locked(placement_id: int) -> Placement:
    rows = Placement.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation", "programme").get(pk=placement_id)


def _transaction_time() -> datetime:
    """The database's own time of this transaction, which every new seat carries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]
