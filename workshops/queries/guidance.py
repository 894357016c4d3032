"""A family's guidance plan: its versions, and what was planned beside what took place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from workshops.models import ActivityOutcome, GuidanceActivity, GuidancePlan
from workshops.queries.guidance_links import CarriedOut, carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User


@dataclass(frozen=True)
class ActivityLine:
    """An activity with its outcome, if somebody noted one, and the seminar that carries it out.

    Where there is a seminar, it alone says what came of the activity.
    """

    activity: GuidanceActivity
    outcome: ActivityOutcome | None
    today: date
    carried: CarriedOut | None = None

    @property
    def took_place_on(self) -> date | None:
        if self.carried is not None:
            return self.carried.held_on
        return self.outcome.took_place_on if self.outcome else None

    @property
    def note(self) -> str:
        if self.carried is not None:
            return self.carried.gathering.why_cancelled
        return self.outcome.note if self.outcome else ""

    @property
    def took_place(self) -> bool:
        return self.took_place_on is not None

    @property
    def fell_through(self) -> bool:
        if self.carried is not None:
            return not self.carried.gathering.holds
        return self.outcome is not None and not self.took_place

    @property
    def is_due(self) -> bool:
        """Its day is over and nobody has said what came of it."""
        said = self.outcome is not None or self.carried is not None
        return not said and self.activity.on < self.today


def newest_version(main: int) -> GuidancePlan | None:
    """The version that holds, of the main workshop with that key. One query."""
    return versions_of(main).first()


def versions_of(main: int):
    """Published versions, the newest first, with their authors."""
    rows = GuidancePlan.objects.published().filter(workshop=main)
    return rows.select_related("written_by").order_by("-number")


def draft_of_plan(main: int) -> GuidancePlan | None:
    return GuidancePlan.objects.filter(workshop=main, number=None).first()


def activity_lines(plan: GuidancePlan, *, now: datetime, reader: User) -> list[ActivityLine]:
    """The activities of a version by their days, with what came of them. Three queries."""
    activities = list(plan.activities.order_by("on", "position"))
    keys = [one.key for one in activities]
    rows = ActivityOutcome.objects.filter(workshop=plan.workshop_id, key__in=keys)
    outcomes: dict[UUID, ActivityOutcome] = {one.key: one for one in rows}
    seminars = carried_out(plan.workshop_id, keys, now=now, reader=reader)
    today = timezone.localdate(now)
    return [
        ActivityLine(one, outcomes.get(one.key), today, seminars.get(one.key)) for one in activities
    ]
