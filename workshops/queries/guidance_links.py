"""The seminars that carry out a guidance plan: when they were held, and how many came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from workshops.models import (
    ActivityGathering,
    Attendance,
    Gathering,
    GuidanceActivity,
    Workshop,
)

if TYPE_CHECKING:
    from accounts.models import User

MOST_TO_CHOOSE = 100


@dataclass(frozen=True)
class CarriedOut:
    """A seminar with its first meeting. ``people`` were present at one meeting at least."""

    gathering: Gathering
    begins_at: datetime
    people: int
    shown: bool
    now: datetime

    @property
    def held_on(self) -> date | None:
        """The day of its first meeting, once that has begun; None when it was called off."""
        held = self.gathering.holds and self.begins_at <= self.now
        return timezone.localdate(self.begins_at) if held else None


def carried_out(
    main: int, keys: Sequence[UUID], *, now: datetime, reader: User
) -> dict[UUID, CarriedOut]:
    """The seminars of these activities of a family, by the activities' keys. One query.

    ``shown``: the reader may open the seminar's page.
    Source: R38.
    """
    present = (
        Attendance.objects.present()
        .filter(attendee__gathering=OuterRef("gathering"))
        .values("attendee__gathering")
        .annotate(people=Count("attendee", distinct=True))
    )
    seen = Gathering.objects.visible_to(reader).filter(pk=OuterRef("gathering"))
    rows = (
        ActivityGathering.objects.filter(workshop=main, key__in=keys)
        .select_related("gathering")
        .annotate(
            begins_at=Min("gathering__meetings__begins_at"),
            people=Coalesce(Subquery(present.values("people")), 0),
            shown=Exists(seen),
        )
    )
    return {
        one.key: CarriedOut(one.gathering, one.begins_at, one.people, one.shown, now)
        for one in rows
    }


def seminars_to_link(workshop: Workshop, reader: User) -> list[Gathering]:
    """Seminars of the family that carry out nothing yet, the latest first. One query."""
    rows = Gathering.objects.visible_to(reader).seminars()
    free = rows.filter(workshop__in=Workshop.objects.family(workshop.main_id), activity=None)
    timed = free.annotate(begins_at=Min("meetings__begins_at"))
    return list(timed.order_by("-begins_at", "-pk")[:MOST_TO_CHOOSE])


def activity_of(gathering: Gathering) -> GuidanceActivity | None:
    """What the seminar carries out, as the newest version that has it says. One query."""
    link = ActivityGathering.objects.filter(gathering=gathering, key=OuterRef("key"))
    rows = GuidanceActivity.objects.filter(
        Exists(link), plan__workshop=gathering.workshop.main_id, plan__number__isnull=False
    )
    return rows.order_by("-plan__number").first()
